"""Drawings: safe under a strict policy, themed by class, named for listeners, kept by digest."""

import re
import xml.etree.ElementTree as ET

import pytest

from palermo.ui.charts import kinds
from palermo.ui.charts.keep import drawing, drawn
from palermo.ui.charts.svg import finished, painted
from palermo.ui.charts.theme import colours
from palermo.ui.maps.tiles import cell_map, state_map
from palermo.ui.pages.sample_charts import charts

HOSTILE = "<script>alert('x')</script> & \"quoted\""
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def gallery():
    """Every figure of the gallery with its drawing, drawn once."""
    return [(figure, drawing(figure)) for figure in charts(None)["figures"]]


def test_every_kind_is_in_the_gallery(gallery):
    assert {figure.kind for figure, _ in gallery} == {
        "bars", "stacked", "lines", "waiting", "funnel", "multiples", "states", "cells",
    }  # fmt: skip


def test_every_drawing_is_well_formed_named_and_plain(gallery):
    for figure, svg in gallery:
        root = ET.fromstring(svg)
        assert root.get("role") == "img"
        assert root.find(f"{SVG}title").text == figure.title
        assert root.find(f"{SVG}title").get("id") == root.get("aria-labelledby")
        assert re.findall(r"<style|<script| style=|href=| on\w+=", svg) == []
        assert "NaN" not in svg
        assert "null" not in svg


def test_every_colour_of_a_drawing_follows_the_theme(gallery):
    known = set(colours().values())
    for _, svg in gallery:
        assert set(re.findall(r'(?:fill|stroke)="(#[0-9a-fA-F]+)"', svg)) <= known
        painted_with_class = re.findall(r'<[^>]*(?:fill|stroke)="#[^>]*class="', svg)
        assert len(painted_with_class) == len(re.findall(r'<[^>]*(?:fill|stroke)="#[^>]*>', svg))


def test_hostile_words_stay_words():
    figure = kinds.stacked(
        [{"a": HOSTILE, "b": "x'\\\"]", "n": 1}], category="a", value="n", part="b", title=HOSTILE, lead=HOSTILE
    )
    root = ET.fromstring(drawing(figure))
    assert root.find(f"{SVG}title").text == HOSTILE
    assert [node.tag for node in root.iter() if "script" in node.tag] == []
    cells = cell_map([{"code": "<b>", "name": HOSTILE, "column": 0, "row": 0, "value": 1}], title=HOSTILE)
    assert ET.fromstring(drawing(cells)).find(f"{SVG}title").text == HOSTILE


def test_an_unknown_value_is_said_in_words():
    svg = drawing(kinds.bars([{"a": "x", "n": None}, {"a": "y", "n": 2}], category="a", value="n", title="t"))
    assert ">not known<" in svg


def test_what_a_page_must_not_hold_is_refused():
    for inside in ("<style/>", "<script/>", '<a href="x"/>', '<rect style="fill:red"/>', '<rect onload="x"/>'):
        with pytest.raises(ValueError, match="must not show"):
            finished(f'<svg viewBox="0 0 1 1">{inside}</svg>', "t", "", "0" * 64)


def test_painting_adds_a_class_and_keeps_the_colour():
    ink = colours()["ink"]
    assert painted(f'<rect fill="{ink}"/>') == f'<rect fill="{ink}" class="f-ink"/>'
    assert painted(f'<text stroke="{ink}">') == f'<text stroke="{ink}" class="s-ink">'
    assert painted('<rect fill="#123456"/>') == '<rect fill="#123456"/>'


def test_a_drawing_is_made_once_a_change():
    from django.core.cache import cache

    figure = state_map({"AL": 3}, title="Once")
    first = drawn(figure)
    assert cache.get(f"drawing:{figure.digest}") == first
    cache.set(f"drawing:{figure.digest}", "<svg>kept</svg>")
    assert drawn(figure) == "<svg>kept</svg>"
    assert drawn(state_map({"AL": 4}, title="Once")) != first


def test_the_same_figure_is_drawn_the_same(gallery):
    figure, svg = gallery[0]
    assert drawing(figure) == svg


def test_two_drawings_on_a_page_share_no_id(gallery):
    ids = [found for _, svg in gallery for found in re.findall(r' id="([^"]+)"', svg)]
    assert len(set(ids)) == len(ids)
    for _, svg in gallery:
        assert set(re.findall(r"url\(#([^)]+)\)", svg)) <= set(re.findall(r' id="([^"]+)"', svg))


def test_a_day_is_the_same_day_in_every_time_zone(monkeypatch):
    """Vega reads dates in the zone of the process; ours are drawn in UTC."""
    import subprocess
    import sys

    rows = [{"day": f"2026-03-0{n}", "n": n} for n in range(1, 6)]
    code = f"""
from palermo.ui.charts import kinds, specs
figure = kinds.Figure("lines", "t", tuple({rows!r}), (), (), {{"time": "day", "value": "n", "series": "", "labels": {{"n": "n"}}}})
print(specs.svg_of(figure))
"""
    drawn_in = {
        zone: subprocess.run(
            [sys.executable, "-c", code],
            env={"TZ": zone, "PYTHONPATH": ":".join(sys.path)},
            capture_output=True,
            check=True,
        ).stdout
        for zone in ("America/Los_Angeles", "Asia/Tokyo")
    }
    first, second = (re.findall(rb">([0-9.]+)</text>", svg) for svg in drawn_in.values())
    assert first == second
    assert b"1.3." in first


def test_nothing_to_draw_says_so(render):
    html = render("{% figure chart %}", chart=kinds.bars([], category="a", value="n", title="Empty"))
    assert "There is nothing to draw yet" in html
    assert "<details" not in html


def test_a_figure_comes_with_the_same_as_a_table(render):
    figure = kinds.bars([{"a": "x", "n": 5}], category="a", value="n", title="Bars", source="Screenings")
    html = render("{% figure chart %}", chart=figure)
    assert re.findall(r'<td data-label="(\w)"[^>]*>(\w)</td>', html) == [("a", "x"), ("n", "5")]
    assert "Source: Screenings" in html
