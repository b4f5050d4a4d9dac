"""Template tags of partnership, one file a subject."""
