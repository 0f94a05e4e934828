"""Dialogs: small windows over a screen that are answered or closed with Esc."""
