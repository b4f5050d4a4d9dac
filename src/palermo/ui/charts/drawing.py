"""Parts of a drawing that is made by hand: safe text, marks with a title, the frame."""

from html import escape


def text(x: float, y: float, words: str, *, anchor: str = "start", kind: str = "f-ink", size: int = 13) -> str:
    """A line of text; `kind` is the class that colours it (ui/static/ui/css/charts.css)."""
    place = f'x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}"'
    return f'<text {place} class="{kind}" font-size="{size}">{escape(words)}</text>'


def titled(inside: str, words: str) -> str:
    """Marks that say on pointing at them, and to a listener, what they are."""
    return f"<g><title>{escape(words)}</title>{inside}</g>"


def svg(width: float, height: float, body: str, *, label: str) -> str:
    """The whole drawing, named for those who do not see it."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height:.0f}" role="img"'
        f' aria-label="{escape(label, quote=True)}">{body}</svg>'
    )
