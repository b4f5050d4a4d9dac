"""The science of partnership: pure functions, no records and no clock."""
