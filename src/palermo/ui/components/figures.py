"""A chart or a map in its place on a page."""

from typing import Any

from django.template.loader import render_to_string

from palermo.ui.charts.keep import drawn


def figure(chart: Any) -> str:
    """`{% figure chart %}`: title, drawing, source, and the same data as a table under a fold."""
    return render_to_string("ui/components/figure.html", {"chart": chart, "svg": drawn(chart) if chart.data else ""})
