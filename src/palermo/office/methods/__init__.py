"""What the office computes without records."""
