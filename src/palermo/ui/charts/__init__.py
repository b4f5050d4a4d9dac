"""Figures as SVG: pure functions from rows to a drawing, and the place where drawings are kept."""
