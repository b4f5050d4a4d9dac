"""Verbs of prosecution: the only code that writes its records."""
