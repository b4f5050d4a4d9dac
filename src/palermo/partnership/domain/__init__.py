"""Verbs of partnership."""
