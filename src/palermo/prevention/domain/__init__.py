"""Verbs of the analyst's room."""
