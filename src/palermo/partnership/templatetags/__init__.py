"""Template tags of partnership."""
