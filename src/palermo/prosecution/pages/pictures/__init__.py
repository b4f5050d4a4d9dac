"""Pictures of money as SVG, drawn on the server: pure functions from figures to a drawing, no Django."""
