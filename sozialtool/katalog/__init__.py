"""Shipped domain data as TOML: Merkmale, indicators, Bausteine, sign tables."""
