"""Vorlage out, Rücklauf in."""
