"""Files of records: one real year whole, and what is refused with table and line."""

import contextlib
import datetime as dt
import os
import tomllib
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from palermo.office.figures import Bound
from palermo.partnership.formats.records_file import read_records, slug
from palermo.vocabulary.errors import Refusal

SHARED = Path(os.environ.get("PALERMO_SHARED", Path(__file__).resolve().parents[4] / "shared"))
YEAR = SHARED / "reference" / "records-2017.toml"
OFFICE = b'[office]\nname = "An office"\nyear = 2017\n'

real_year = pytest.mark.skipif(not YEAR.exists(), reason="the shared reference files are not here")


def numbers(value, name):
    """Every figure of a parsed file by our name for it, found without our reader: a walk over TOML's own types."""
    if isinstance(value, dict) and "count" in value:
        yield name, value["count"], value.get("bound", "exact")
    elif isinstance(value, dict) and "value" in value:
        yield name, value["value"], "exact"
    elif isinstance(value, dict):
        for key, one in value.items():
            yield from numbers(one, f"{name}.{key}")
    elif isinstance(value, list) and value and isinstance(value[0], dict):
        for place, one in enumerate(value, start=1):
            yield from numbers(one, f"{name}.{place}")
    elif isinstance(value, int) and not isinstance(value, bool) and name.rsplit(".", 1)[1] not in {"year", "planned"}:
        yield name, value, "exact"


def every_figure(found):
    for table, rows in found.items():
        for row in rows if isinstance(rows, list) else [rows]:
            reference = row.get("id") or slug(row.get("title") or row.get("country") or "")
            prefix = f"{table}.{reference}" if isinstance(rows, list) else table
            for key, value in row.items():
                yield from numbers(value, f"{prefix}.{key}")


def said(value):
    return Decimal(25) if value == "almost one in four" else Decimal(value)


@real_year
def test_every_figure_of_the_real_year_is_found_with_its_bound():
    found = read_records(YEAR.read_bytes(), file=YEAR.name)
    bounds = {"min": Bound.OVER, "max": Bound.UP_TO, "exact": Bound.EXACT}
    expected = {
        name: (said(value), bounds[bound]) for name, value, bound in every_figure(tomllib.loads(YEAR.read_text()))
    }
    expected["context.child_share_of_detected_victims"] = (Decimal(25), Bound.UP_TO)
    assert {one.name: (one.value, one.bound) for one in found.figures} == expected
    assert len(expected) == 33
    assert expected["event.alliance-17.participants"] == (Decimal(350), Bound.OVER)


@real_year
def test_every_record_of_the_real_year_is_read():
    found = read_records(YEAR.read_bytes(), file=YEAR.name)
    rows = tomllib.loads(YEAR.read_text())
    counted = {table: len(value) for table, value in rows.items() if isinstance(value, list)}
    assert {table: sum(one.table == table for one in found.records) for table in counted} == counted
    assert found.year == 2017
    assert found.records[0].where.endswith("line 16")


def figure(text):
    return read_records(OFFICE + text.encode()).figures


def test_figures_in_every_form():
    found = figure(
        '[[event]]\nid = "one"\nkind = "conference"\nyear = 2017\nparticipants = { count = 7, bound = "max" }\n'
        "states = { participating = 5, partners = 2 }\n"
    )
    assert [(one.name, one.value, one.bound, one.unit) for one in found] == [
        ("event.one.participants", 7, Bound.UP_TO, "persons"),
        ("event.one.states.participating", 5, Bound.EXACT, "States"),
        ("event.one.states.partners", 2, Bound.EXACT, "Partners"),
    ]


@pytest.mark.parametrize(
    ("text", "where", "message"),
    [
        ("[[events]]\n", "line 4", "there is no table “events”"),
        ('[[event]]\nid = "a"\nkind = "conference"\nwhen = 1\n', "line 7", "there is no key “when”"),
        ('[[event]]\nid = "a"\n', "line 4", "the key “kind” is missing"),
        ('[[event]]\nid = "A b"\nkind = "x"\n', "line 5", "“id” is"),
        ('[[event]]\nid = "a"\nkind = "conference"\nstart = 2017-13-01\n', "line 7", ""),
        ('[[event]]\nid = "a"\nkind = "conference"\nstart = "2017-01-01"\n', "line 7", "“start” is"),
        ('[[event]]\nid = "a"\nkind = "c"\nstart = 2017-02-02\nend = 2017-02-01\n', "line 8", "it ends on 2017-02-01"),
        ('[[event]]\nid = "a"\nkind = "c"\nmonth = "2017-13"\n', "line 7", "“month” is"),
        ('[[event]]\nid = "a"\nkind = "c"\nparticipants = -1\n', "line 7", "“participants” is"),
        (
            '[[event]]\nid = "a"\nkind = "c"\nparticipants = { count = 1, bound = "some" }\n',
            "line 7",
            "“participants” is",
        ),
        ('[[event]]\nid = "a"\nkind = "c"\nparticipants = true\n', "line 7", "“participants” is"),
        (
            '[[event]]\nid = "a"\nkind = "c"\n[[event]]\nid = "a"\nkind = "c"\n',
            "no. 2, line 7",
            "“a” stands here twice",
        ),
        ('[[network]]\nid = "a"\ntitle = "t"\nmonths = [["04"]]\n', "line 7", "“months” is"),
        ('[[event]]\nid = "a"\nkind = "c"\nproject = "none"\n', "line 4", "there is no project “none”"),
        ('[context]\nx = { value = "many" }\n', "line 5", "“many” is no number"),
        ("[event]\nid = 1\n", "line 4", "event is a list of tables"),
        ('[[event]]\nid = "a"\nkind = "c"\nplace = "Vienna\\u0000"\n', "line 7", "a character that nobody sees"),
        ('[[event]]\nid = "a"\nkind = "c"\nplace = "Vienna\u202eneppO"\n', "line 7", "a character that nobody sees"),
        ('[[event]]\nid = "a"\nkind = "c"\nplaces = ["Vi\\benna"]\n', "line 7", "a character that nobody sees"),
        ("[[office]]\n", "", ""),
        ("year = \n", "line 4", "this is not TOML"),
    ],
)
def test_what_is_wrong_is_named_with_its_table_and_line(text, where, message):
    with pytest.raises(Refusal) as caught:
        read_records(OFFICE + text.encode(), file="year.toml")
    assert "year.toml" in caught.value.where
    assert where in caught.value.where
    assert message in caught.value.message
    assert caught.value.remedy


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"x = " + b"[" * 4000 + b"]" * 3900, "too deep"),
        (b"x = " + b"[\n" * 200_000, "too deep"),
        (b"x = '" + b"a" * 10_000_000 + b"'", "more than 1000000 bytes"),
        (b"x = '" + b"a" * 500_000 + b"'", "at most 8000 are read"),
        (b".".join(b"a" for _ in range(3000)) + b" = 1", "too many parts"),
        (b'"a".' + b".".join(b'"b"' for _ in range(1500)) + b" = 1", "too many parts"),
        (b"x = { " + b".".join(b"a" for _ in range(3000)) + b" = 1 }", "too many parts"),
        (b"[" + b".".join(b"a" for _ in range(3000)) + b"]", "too many parts"),
        (OFFICE.decode().encode("utf-16"), "not UTF-8"),
        ("[office]\nname = 'Büro'".encode("latin-1"), "not UTF-8"),
        (b"x = 1\x00", "not text"),
        (b"x = " + b"9" * 7000, ""),
        (b"", "[office] is missing"),
        (b"\xff\xfe\x00\x00", "not UTF-8"),
    ],
)
def test_hostile_files_get_one_clear_error(data, message):
    with pytest.raises(Refusal) as caught:
        read_records(data, file="year.toml")
    assert message in str(caught.value)


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(data):
    with contextlib.suppress(Refusal):
        assert read_records(OFFICE + data).year == 2017


def test_a_title_in_several_lines_moves_no_line():
    text = '[[event]]\nid = "a"\nkind = "c"\ntitle = """\n[[event]]\n"""\n[[event]]\nid = "b"\nkind = "c"\nwrong = 1\n'
    with pytest.raises(Refusal, match="line 13"):
        read_records(OFFICE + text.encode())


def test_dots_in_texts_and_comments_are_no_parts_of_keys():
    dots = "Wait . . . . . . . . . see."
    text = f'# {dots}\n[[event]]\nid = "a"\nkind = "c"\ntitle = """\n{dots}\n"""\naudience = "{dots}" # {dots}\n'
    (event,) = read_records(OFFICE + text.encode()).records
    assert event.values["audience"] == dots


def test_what_is_written_inline_stands_once_as_well():
    text = 'event = [{id = "a", kind = "c"}, {id = "a", kind = "c"}]\n'
    with pytest.raises(Refusal, match="“a” stands here twice"):
        read_records(text.encode() + OFFICE)


def test_dates_are_days():
    with pytest.raises(Refusal):
        read_records(OFFICE + b'[[event]]\nid = "a"\nkind = "c"\nstart = 2017-01-01T10:00:00\n')
    found = read_records(OFFICE + b'[[event]]\nid = "a"\nkind = "c"\nstart = 2017-01-01\n')
    assert found.records[0].values["start"] == dt.date(2017, 1, 1)
