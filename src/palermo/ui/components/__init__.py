"""Template tags, a file a kind of part; `templatetags/ui.py` puts them together."""
