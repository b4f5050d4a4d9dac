"""From a drawing program's SVG to ours: classes beside colours, no style attributes, one name for listeners."""

import re
from html import escape

from palermo.ui.charts.theme import colours

_NOISE = re.compile(r' (?:role|aria-[a-z]+|pointer-events|class|xmlns:xlink|version)="[^"]*"')
_EMPTY = re.compile(r'<path(?: d="(?:M0,0h0v0h0Z)?"| display="none")+/>')
_PAINT = re.compile(r'(fill|stroke)="(#[0-9a-fA-F]{6})"')
_TAG = re.compile(r"<(?:path|rect|line|text|g|circle|polygon|tspan)\b[^>]*>")
_ROOT = re.compile(r"<svg\b[^>]*>")


def painted(svg: str) -> str:
    """Give each element classes for its known colours; the plain colour stays for programs without our CSS."""
    names = {value: name for name, value in colours().items()}

    def tag(match: re.Match[str]) -> str:
        text = match.group()
        known = [f"{what[0]}-{names[value]}" for what, value in _PAINT.findall(text.lower()) if value in names]
        if not known:
            return text
        cut = 2 if text.endswith("/>") else 1
        return f'{text[:-cut]} class="{" ".join(known)}"{text[-cut:]}'

    return _TAG.sub(tag, svg)


def _own_ids(svg: str, prefix: str) -> str:
    """Number what Vega numbers by a counter of the process, so that two drawings on a page do not share an id."""
    found = dict.fromkeys(re.findall(r'\bid="([^"]+)"', svg))
    for n, old in enumerate(found):
        svg = re.sub(rf'(id="|url\(#){re.escape(old)}(?=["\)])', rf"\g<1>{prefix}-{n}-", svg)
    return svg


def finished(svg: str, title: str, summary: str, key: str) -> str:
    """A drawing that may stand in a page under `style-src 'self'`, named for those who do not see it.

    Raises:
        ValueError: if it still holds a style, a script or a link, which no drawing of ours does.
    """
    svg = _own_ids(_EMPTY.sub("", _NOISE.sub("", svg)), f"fig-{key[:12]}")
    root = _ROOT.search(svg)
    if root is None or re.search(r"<style|<script|<foreignObject| style=| on[a-z]+=|href=", svg):
        raise ValueError("The drawing holds what a page must not show.")
    box = re.search(r'viewBox="([^"]*)"', root.group())
    size = box.group(1) if box else "0 0 640 320"
    names = f"<title>{escape(title)}</title>" + (f"<desc>{escape(summary)}</desc>" if summary else "")
    label = f"fig-{key[:12]}"
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{size}" role="img" aria-labelledby="{label}">'
    names = names.replace("<title>", f'<title id="{label}">', 1)
    return head + names + painted(svg[root.end() :])
