"""Verbs of training."""
