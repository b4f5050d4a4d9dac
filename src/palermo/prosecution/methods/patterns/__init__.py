"""Patterns in time: shapes that payments make, with their members, and how much they may say."""

from palermo.prosecution.methods.patterns.found import KINDS, Pattern, PatternText, Strength
from palermo.prosecution.methods.patterns.search import find_patterns

__all__ = ["KINDS", "Pattern", "PatternText", "Strength", "find_patterns"]
