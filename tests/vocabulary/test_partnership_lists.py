"""Structures, commitments, parties and processes: complete, dated, equal to the reference where it is present."""

import csv
import datetime as dt
import os
from collections import Counter
from pathlib import Path

import pytest

from palermo.vocabulary import places
from palermo.vocabulary.commitments import GRADES, load_commitments
from palermo.vocabulary.conventions import load_parties, parties_on
from palermo.vocabulary.processes import load_processes
from palermo.vocabulary.states import load_states
from palermo.vocabulary.structures import load_structures
from palermo.vocabulary.themes import load_themes


def reference(name):
    shared = Path(os.environ.get("PALERMO_SHARED", Path(__file__).parents[3] / "shared"))
    path = shared / "reference" / name
    if not path.exists():
        pytest.skip(f"the reference is not present at {shared}")
    with path.open(encoding="utf-8") as file:
        return list(csv.DictReader(file, delimiter="\t"))


def test_structures_equal_the_reference():
    rows = reference("osce_structures.tsv")
    read = {(r["code"], r["name"], r["kind"], r["established"] or "None", r["ended"] or "None") for r in rows}
    kept = {(s.code, s.name, s.kind, str(s.established), str(s.ended)) for s in load_structures().values()}
    assert kept == read
    assert len(kept) == 29


def test_a_structure_exists_between_its_days_and_nobody_guesses_the_rest():
    skopje, yerevan = load_structures()["FO-MK"], load_structures()["FO-AM"]
    assert skopje.existed_on(dt.date(1992, 9, 17)) is False
    assert skopje.existed_on(dt.date(1992, 9, 18)) is True
    assert yerevan.existed_on(dt.date(2016, 12, 31)) is True
    assert yerevan.existed_on(dt.date(2017, 6, 1)) is None
    assert yerevan.existed_on(dt.date(2018, 1, 1)) is False
    assert load_structures()["GEN"].existed_on(dt.date(2017, 1, 1)) is None


def test_commitments_equal_the_reference():
    rows = reference("osce_commitments.tsv")
    read = {
        (r["symbol"], r["date"], r["title"], r["commits_states_to"], r["tasks_structures_with"], r["confidence"][0])
        for r in rows
    }
    kept = {
        (one.symbol, one.date.isoformat(), one.title, one.states, one.structures, one.grade)
        for one in load_commitments().values()
    }
    assert kept == read


def test_every_commitment_has_a_grade_themes_and_an_addressee():
    commitments = load_commitments().values()
    assert Counter(one.grade for one in commitments) == {"A": 12, "B": 7, "C": 7}
    assert set(GRADES) == {"A", "B", "C"}
    assert {theme for one in commitments for theme in one.themes} == set(load_themes())
    assert [one.symbol for one in commitments if not one.states and not one.structures] == []
    assert [one.date for one in commitments] == sorted(one.date for one in commitments)


def test_parties_equal_the_reference():
    rows = reference("greta_parties.tsv")
    assert {(r["iso2"], r["coe_member"] == "yes") for r in rows} == {
        (party.iso2, party.coe_member) for party in load_parties().values()
    }


@pytest.mark.parametrize(
    ("day", "number"),
    # Ratified by May 2010: 27, of which the last three were bound from August on; 43 in February 2015; 47 in July 2017.
    [((2008, 1, 31), 0), ((2008, 2, 1), 10), ((2010, 8, 1), 27), ((2015, 2, 1), 42), ((2017, 7, 1), 47)],
)
def test_parties_on_a_day(day, number):
    assert len(parties_on(dt.date(*day))) == number


def test_ten_participating_states_are_outside_the_convention_today():
    outside = {
        code
        for code, state in load_states().items()
        if state.kind == "participating_state" and code not in parties_on(dt.date(2026, 11, 24))
    }
    assert outside == {"CA", "VA", "KZ", "KG", "MN", "RU", "TJ", "TM", "US", "UZ"}
    assert {code for code, state in load_states().items() if state.coe_convention_party} == set(load_parties())


def test_processes_know_their_members_by_day():
    processes = load_processes()
    assert {code: len(process.taking_part(dt.date(2017, 6, 1))) for code, process in processes.items()} == {
        "bali": 43,
        "almaty": 7,
        "prague": 50,
    }
    assert processes["almaty"].taking_part(dt.date(2017, 6, 1), "observer") == {"IR", "PK"}
    assert processes["prague"].taking_part(dt.date(2009, 3, 31)) == frozenset()
    assert "GB" not in processes["prague"].taking_part(dt.date(2020, 2, 1))
    assert {one.iso2 for process in processes.values() for one in process.memberships} <= set(places.countries())
