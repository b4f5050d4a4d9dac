"""The science of partnership: pure functions."""
