"""Bytes to frames and back for lists, links, releases and trends."""
