"""Verbs of partnership: the only code that writes its records."""
