"""Questions that more than one place of partnership asks."""
