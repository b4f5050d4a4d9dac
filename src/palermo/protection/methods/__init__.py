"""The science of protection: pure functions, no records, no clock."""
