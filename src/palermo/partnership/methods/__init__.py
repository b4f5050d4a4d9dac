"""What partnership computes: pure functions, no records, no clock."""
