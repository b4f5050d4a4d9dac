"""Palermo: the working system of a co-ordinated response to trafficking in human beings."""

__version__ = "0.1.0"
