"""Figures of others: each with source, date and grade, and none of them in a computation."""

import datetime as dt
import re
from pathlib import Path
from typing import get_args

import pytest

from palermo.vocabulary.context import Kind, load_context

SOURCE = Path(__file__).parents[2] / "src" / "palermo"


def test_every_figure_has_source_day_and_grade():
    figures = load_context()
    assert len({one.name for one in figures}) == len(figures)
    for one in figures:
        assert one.kind in get_args(Kind)
        assert one.grade in {"A", "B", "C"}
        assert one.source
        assert one.address.startswith("https://")
        dt.date.fromisoformat(one.published if len(one.published) == 10 else f"{one.published}-01")
        assert re.fullmatch(r"[0-9.]+(-[0-9.]+)?", one.value), one
        assert one.subject, one


def test_the_four_root_causes_and_both_publishers_are_there():
    causes = {one.subject.split(":")[0] for one in load_context() if one.kind == "cause"}
    assert causes == {"Conflict", "Displacement", "Wages", "Recruitment costs"}
    sources = " ".join(one.source for one in load_context())
    assert ["Walk Free" in sources, "UNODC" in sources] == [True, True]


@pytest.mark.parametrize(
    ("name", "said"),
    [("forced_labour", "28 million"), ("detected", "202\u202f478 persons"), ("wages", "13%"),
     ("recruitment_costs", "1–7 months of pay abroad")],
)  # fmt: skip
def test_a_figure_is_said_as_people_read_it(name, said):
    assert {one.name: one.said for one in load_context()}[name] == said


def test_only_pages_read_them():
    """Nothing that computes or decides may know them: they are context."""
    users = {
        path.relative_to(SOURCE).parts[1]
        for path in SOURCE.rglob("*.py")
        if "vocabulary.context" in path.read_text(encoding="utf-8")
    }
    assert users == {"pages"}
