"""The themes: those of the commitments, each once."""

import csv
import os
from pathlib import Path

import pytest

from palermo.vocabulary.errors import Refusal
from palermo.vocabulary.themes import load_themes, theme_codes


def test_themes_are_those_of_the_reference():
    shared = Path(os.environ.get("PALERMO_SHARED", Path(__file__).parents[3] / "shared"))
    path = shared / "reference" / "osce_commitments.tsv"
    if not path.exists():
        pytest.skip(f"the reference is not present at {shared}")
    with path.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    assert set(load_themes()) == {code.lower() for row in rows for code in row["themes"].split(";")}


def test_themes_have_a_label_of_their_own():
    themes = load_themes()
    assert len({theme.label for theme in themes.values()}) == len(themes) == 30
    assert {theme.grade for theme in themes.values()} <= {"A", "B", "C"}


def test_codes_come_back_in_one_form():
    assert theme_codes(["NRM", " child ", "nrm"]) == ["nrm", "child"]
    with pytest.raises(Refusal, match="'weather' is no theme"):
        theme_codes(["weather"])
