"""What training computes without records."""
