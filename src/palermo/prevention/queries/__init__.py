"""Questions about studies that more than one place asks."""
