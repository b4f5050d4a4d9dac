"""Bytes to rows and back; hostile input is expected."""
