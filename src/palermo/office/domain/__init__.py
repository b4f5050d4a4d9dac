"""Verbs of the office. The only code that writes its records."""
