"""Pictures say what their tables say, name what is unbounded, and let no list's name write markup."""

import xml.etree.ElementTree as ET

import pytest

from palermo.prevention.pages.pictures import estimates, trend, upset
from palermo.prevention.pages.pictures.drawing import steps, ticks
from palermo.prevention.pages.pictures.estimates import Mark

HOSTILE = '<script>"&'


def titles(svg):
    return [node.text for node in ET.fromstring(svg).iter("{http://www.w3.org/2000/svg}title")]


def test_overlaps_are_those_of_the_counts_the_commonest_first():
    found = upset.overlaps_of(["a", "b", "c"], [0, 5, 7, 2, 0, 0, 0, 1])
    assert [(one.lists, one.persons) for one in found] == [
        (("b",), 7),
        (("a",), 5),
        (("a", "b"), 2),
        (("a", "b", "c"), 1),
    ]


def test_an_upset_plot_names_every_list_and_combination():
    found = upset.overlaps_of(["a", HOSTILE], [0, 5, 7, 2])
    assert titles(upset.draw(["a", HOSTILE], found, label=HOSTILE)) == [
        "a: 7", f"{HOSTILE}: 9", f"{HOSTILE}: 7", "a: 5", f"a + {HOSTILE}: 2",
    ]  # fmt: skip


def test_an_upset_plot_of_twelve_lists_draws_the_commonest_only():
    names = [f"list {n}" for n in range(12)]
    found = upset.overlaps_of(names, [0] + [n % 97 + 1 for n in range(2**12 - 1)])
    assert len(titles(upset.draw(names, found, label="x"))) == 12 + upset.MOST


def test_models_on_one_scale_with_an_end_that_is_open():
    marks = [Mark("Stepwise", "Methods", 120, 100, None), Mark(HOSTILE, "Ties", 300)]
    drawn = estimates.draw(marks, observed=80, observed_words="known", label="x")
    assert titles(drawn) == ["Stepwise: 120 (100–∞)", f"{HOSTILE}: 300"]
    xs = [float(node.get("cx")) for node in ET.fromstring(drawn).iter("{http://www.w3.org/2000/svg}circle")]
    assert xs[0] < xs[1]


def test_weeks_carry_their_counts_and_alarms_a_mark():
    weeks = [trend.Judged(f"2026-01-{n + 1:02}", n, 2.0, 5.0, alarm=n == 8) for n in range(9)]
    drawn = trend.draw(weeks, [trend.Stretch(0, 9, 4.0, known=False)], label="x")
    assert titles(drawn)[-1] == "2026-01-09: 8"
    assert drawn.count("l-5,8z") == 1


@pytest.mark.parametrize("draw", [
    lambda: upset.draw(["a"], [], label="x"),
    lambda: estimates.draw([], observed=3, observed_words="known", label="x"),
    lambda: trend.draw([], [], label="x"),
])  # fmt: skip
def test_nothing_is_drawn_of_nothing(draw):
    assert draw() == ""


@pytest.mark.parametrize(("low", "high"), [(1, 1), (7, 12), (347, 671), (950, 43_000), (1, 10**7)])
def test_ticks_hold_the_range_and_are_few(low, high):
    found = ticks(low, high)
    assert found[0] <= low <= high <= found[-1]
    assert 1 <= len(found) <= 25


def test_steps_are_even_and_few():
    assert steps(23) == [0, 5, 10, 15, 20]
    assert steps(0) == [0]
