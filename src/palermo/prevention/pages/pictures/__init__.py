"""Pictures of lists, estimates and trends as SVG, drawn on the server: pure functions from figures, no Django."""
