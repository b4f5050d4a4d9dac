"""The science of the desk: pure functions, no I/O, no clock, no Django."""
