"""Tile maps: every State once, none on another, and "not known" is not nought."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from palermo.ui.maps.cells import _cropped, even_breaks, shade, short
from palermo.ui.maps.tiles import cell_map, positions, state_map
from palermo.vocabulary.errors import Refusal
from palermo.vocabulary.states import load_states


def test_every_state_and_partner_has_one_tile():
    states = load_states()
    assert sorted(row["iso2"] for row in positions()) == sorted(states)
    for row in positions():
        assert (row["kind"] == "participating") == (states[row["iso2"]].kind == "participating_state")
    assert sum(row["kind"] == "participating" for row in positions()) == 57


def test_no_two_tiles_overlap():
    places = [(row["column"], row["row"]) for row in positions()]
    assert len(set(places)) == len(places)
    assert min(places)[0] == 0
    assert min(row for _, row in places) == 0


@pytest.mark.parametrize(
    ("code", "axis", "other"),
    [("NO", "row", "DK"), ("DE", "row", "IT"), ("IT", "row", "MT"), ("PT", "column", "ES"), ("UA", "column", "KZ")],
)
def test_neighbours_stand_in_their_order(code, axis, other):
    place = {row["iso2"]: row for row in positions()}
    assert place[code][axis] < place[other][axis]


def test_without_a_value_a_state_is_not_known():
    figure = state_map({"AL": 0, "GR": 12}, title="Answers")
    shades = {row["code"]: (row["value"], row["shade"]) for row in figure.data}
    assert shades["AL"] == (0, 1)
    assert shades["IT"] == (None, 0)
    assert ("Albania", 0) in figure.table
    assert len(figure.table) == 57


def test_partners_are_shown_when_asked_for():
    assert len(state_map({"MA": 1}, title="x", partners=True).data) == 68
    with pytest.raises(Refusal, match="There is no tile for MA"):
        state_map({"MA": 1}, title="x")


def test_breaks_must_rise():
    with pytest.raises(Refusal, match="four rising edges"):
        state_map({"AL": 1}, title="x", breaks=[1, 2, 2, 3])


def test_two_cells_cannot_share_a_place():
    cell = {"name": "x", "column": 1, "row": 1, "value": 2}
    with pytest.raises(Refusal, match="A and B lie on the same cell"):
        cell_map([{"code": "A", **cell}, {"code": "B", **cell}], title="x")


@given(st.lists(st.floats(0, 1e12), min_size=1))
def test_even_breaks_rise_and_leave_no_class_out_of_reach(values):
    breaks = even_breaks(values)
    top = max(values)
    assert list(breaks) == sorted(set(breaks))
    if top > 1e-6:
        assert breaks[3] * 1.25 >= top * 0.999
        assert shade(top, breaks) >= 3


@pytest.mark.parametrize(
    ("value", "expected"),
    [(None, 0), (0, 1), (9.9, 1), (10, 2), (20, 3), (30, 4), (40, 5), (1e9, 5)],
)
def test_shades(value, expected):
    assert shade(value, (10, 20, 30, 40)) == expected


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, "–"),
        (0, "0"),
        (7, "7"),
        (9999, "9999"),
        (12345, "12.3k"),
        (2_500_000, "2.5M"),
        (3e9, "3G"),
        (0.25, "0.25"),
    ],
)
def test_numbers_fit_a_cell(value, words):
    assert short(value) == words


def test_the_legend_names_whole_numbers_and_spans_of_others():
    """Of counts nobody asks in which of two classes a two stands."""
    from palermo.ui.charts.keep import drawing

    def classes(values, breaks):
        svg = drawing(state_map(values, title="t", breaks=breaks))
        words = re.findall(r">([^<>]*(?:–|≥)[^<>]*|\d+)</text>", svg)
        return [one for one in words if one != "–"][-5:]

    assert classes({"AT": 1.0, "DE": 3.0}, (2, 3, 4, 8)) == ["0–1", "2", "3", "4–7", "≥ 8"]
    assert classes({"AT": 1.5, "DE": 3.0}, (2, 3, 4, 8)) == ["0–2", "2–3", "3–4", "4–8", "≥ 8"]


@pytest.mark.parametrize("shape", ["square", "hex"])
@given(column=st.integers(0, 9), row=st.integers(0, 9))
def test_a_map_has_no_empty_land_before_its_first_cell(shape, column, row):
    cell = {"column": column, "row": row, "code": "AA", "value": 1, "shade": 1}
    (only,) = _cropped([cell], shape)
    assert (only["column"], only["row"]) == (0, row % 2 if shape == "hex" else 0)
