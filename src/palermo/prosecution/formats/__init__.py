"""Bytes to frames and back: statements, ledgers, reports. Hostile input is expected."""
