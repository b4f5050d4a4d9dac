"""What the pictures share: colours by class (so that theme and paper change them), names cut to fit, safe text."""

from html import escape

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
    kind = "f-ink-soft" if soft else "f-ink"
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" class="{kind}" font-size="12">{escape(words)}</text>'


def titled(inside: str, words: str) -> str:
    """Marks that say on pointing at them, and to a listener, what they are."""
    return f"<g><title>{escape(words)}</title>{inside}</g>"


def svg(width: float, height: float, body: str, *, label: str) -> str:
    """The whole drawing, named for those who do not see it."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height:.0f}" role="img"'
        f' aria-label="{escape(label, quote=True)}">{body}</svg>'
    )
