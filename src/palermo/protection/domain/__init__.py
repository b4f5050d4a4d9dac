"""Verbs of protection. The only code that writes its records."""
