"""What a pair's weight is made of: from the weight of any two records, each comparison up or down, to the whole."""

from collections.abc import Sequence

from palermo.prevention.pages.pictures.drawing import bar, cut, line
from palermo.ui.charts.drawing import svg, text, titled

_LEFT, _WIDE, _ROW, _TOP, _RIGHT = 190.0, 360.0, 30.0, 14.0, 60.0


def draw(parts: Sequence[tuple[str, float]], *, total: str, label: str) -> str:
    """Bars one below the other, each beginning where the last one ended.

    Args:
        parts: what each says and what it adds (log2 of the odds), the first beginning at nought.
        total: what the last bar is called, which goes from nought to the sum.
        label: what the picture shows, for those who do not see it.
    """
    if not parts:
        return ""
    ends, at = [0.0], 0.0
    for _, value in parts:
        at += value
        ends.append(at)
    low, high = min(ends), max(ends)
    scale = _WIDE / max(high - low, 1.0)
    tall = _TOP + _ROW * (len(parts) + 1)
    body = [line(_at(0, low, scale), _TOP - 8, _at(0, low, scale), tall, "s-edge")]
    body += [
        _bar(name, ends[n], ends[n + 1], n, low, scale, "f-series-1" if value >= 0 else "f-series-2")
        for n, (name, value) in enumerate(parts)
    ]
    body.append(_bar(total, 0.0, at, len(parts), low, scale, "f-ink"))
    return svg(_LEFT + _WIDE + _RIGHT, tall + 6, "".join(body), label=label)


def _at(value: float, low: float, scale: float) -> float:
    return _LEFT + (value - low) * scale


def _bar(name: str, start: float, end: float, row: int, low: float, scale: float, kind: str) -> str:
    y, left, right = _TOP + row * _ROW, _at(min(start, end), low, scale), _at(max(start, end), low, scale)
    told = f"{end - start:+.1f}"
    inside = (
        text(_LEFT - 12, y + _ROW / 2 + 1, cut(name), anchor="end")
        + bar(left, y + 4, max(right - left, 1.5), _ROW - 12, kind)
        + text(right + 6, y + _ROW / 2 + 1, told, size=12)
    )
    return titled(inside, f"{name}: {told}")
