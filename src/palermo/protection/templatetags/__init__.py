"""Template tags of protection."""
