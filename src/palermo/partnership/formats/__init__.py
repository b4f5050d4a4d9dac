"""Calendars and plans as bytes; what comes in may be hostile."""
