"""Questions to the records of a demonstration."""
