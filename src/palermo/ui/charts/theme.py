"""The colours of drawings come from the one token file; each is known in an SVG by its value in the light theme."""

import re
from functools import cache
from pathlib import Path

TOKENS = Path(__file__).parent.parent / "static" / "ui" / "css" / "tokens.css"
SERIES = tuple(f"series-{n}" for n in range(1, 7))
SEQUENCE = tuple(f"seq-{n}" for n in range(6))
NAMES = ("surface", "ink", "ink-soft", "line", "edge", "danger", "warn", "safe", "on-seq-low", "on-seq-high")
FONT = "Noto Sans, Segoe UI, Roboto, Helvetica, Arial, sans-serif"


@cache
def colours() -> dict[str, str]:
    """Name → hex value in the light theme, for the names that drawings use."""
    light = TOKENS.read_text(encoding="utf-8").split("@media", 1)[0]
    found = dict(re.findall(r"--([a-z0-9-]+): (#[0-9a-f]{6});", light))
    return {name: found[name] for name in (*NAMES, *SERIES, *SEQUENCE)}


def config() -> dict[str, object]:
    """Vega-Lite configuration: quiet axes, no frame, text in the ink of the page."""
    c = colours()
    axis = {
        "labelColor": c["ink-soft"],
        "titleColor": c["ink-soft"],
        "gridColor": c["line"],
        "domainColor": c["edge"],
        "tickColor": c["edge"],
        "labelFontSize": 12,
        "titleFontSize": 12,
        "titleFontWeight": "normal",
        "labelFont": FONT,
        "titleFont": FONT,
        "labelPadding": 6,
    }
    return {
        "font": FONT,
        "view": {"stroke": None},
        "axis": axis,
        "text": {"color": c["ink"], "fontSize": 12, "font": FONT},
        "header": {"labelColor": c["ink"], "labelFontSize": 12, "labelFontWeight": "bold", "labelFont": FONT},
        "legend": {
            "labelColor": c["ink"],
            "labelFontSize": 12,
            "labelFont": FONT,
            "orient": "top",
            "title": None,
            "symbolType": "square",
        },
    }
