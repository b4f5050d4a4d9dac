"""Tile maps as SVG: no borders, no misplaced shapes, every State the same size."""
