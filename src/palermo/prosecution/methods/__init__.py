"""The science of following money: pure functions over frames, no files, no clock, no records."""
