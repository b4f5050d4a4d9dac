"""Pages of partnership."""
