"""Questions that more than one place asks."""
