"""Pages of prosecution."""
