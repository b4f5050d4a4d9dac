"""Questions about investigations that more than one place asks."""
