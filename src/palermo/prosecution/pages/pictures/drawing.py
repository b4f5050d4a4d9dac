"""What the pictures share: colours by class (so that theme and paper change them), names cut to fit."""

from palermo.ui.charts import drawing
from palermo.ui.charts.drawing import svg, titled

__all__ = ["COLOURS", "cut", "svg", "text", "titled"]

#: What an account is to the investigation → the class that colours it (ui/static/ui/css/charts.css).
COLOURS = {
    "controller": "f-danger",
    "front": "f-series-2",
    "buyer": "f-series-3",
    "victim": "f-safe",
    "witness": "f-series-6",
    "": "f-series-1",
    "outside": "f-ink-soft",
}
LONGEST = 22


def cut(name: str) -> str:
    """A name as long as a picture has room for; the whole one stands in the drawing's title."""
    return name if len(name) <= LONGEST else f"{name[:10]}…{name[-8:]}"


def text(x: float, y: float, words: str, *, anchor: str = "start", soft: bool = False) -> str:
    """A line of text."""
    return drawing.text(x, y, words, anchor=anchor, kind="f-ink-soft" if soft else "f-ink", size=12)
