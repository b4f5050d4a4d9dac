"""The directory as CSV: what goes out comes back; what is hostile gets one clear error that names its place."""

import csv
import datetime as dt
import io

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from palermo.partnership.formats.directory_csv import COLUMNS, DirectoryRow, read_directory, write_directory
from palermo.vocabulary.errors import Refusal

HEADER = "name,email,phone,languages,post,state,since,document\n"
TEXT = st.text(st.characters(exclude_categories=("C",)), max_size=30).map(str.strip)
DAYS = st.none() | st.dates(dt.date(1990, 1, 1), dt.date(2030, 1, 1))


@settings(deadline=None)
@example([DirectoryRow(0, "'=1"), DirectoryRow(0, "''-")])
@given(
    st.lists(
        st.builds(
            DirectoryRow,
            number=st.just(0),
            name=TEXT,
            name_own_script=TEXT,
            organisation=TEXT,
            position=TEXT,
            phone=TEXT,
            languages=st.lists(st.sampled_from(["ron", "rus"])).map(tuple),
            consented_on=DAYS,
            post=st.sampled_from(["", "co_ordinator"]),
            since=DAYS,
            until=DAYS,
            document=TEXT,
            shared=st.booleans(),
        ),
        max_size=5,
    )
)
def test_what_goes_out_comes_back(rows):
    data = write_directory(rows)
    back = read_directory(data)
    assert [(one.name, one.document, one.languages, one.since, one.shared) for one in back] == [
        (one.name, one.document, one.languages, one.since, one.shared) for one in rows
    ]
    assert [one.number for one in back] == list(range(2, len(rows) + 2))
    for line in csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")):
        assert [cell for cell in line if cell.startswith(("=", "+", "-", "@", "\t", "\r"))] == []


def test_a_semicolon_and_a_mark_at_the_beginning_are_read_as_well():
    data = "\ufeffname;phone\nAna;+373 22 000000\n\n;\nBoris;'=1\n".encode()
    assert [(row.number, row.name, row.phone) for row in read_directory(data)] == [
        (2, "Ana", "+373 22 000000"),
        (5, "Boris", "=1"),
    ]


@pytest.mark.parametrize(
    ("data", "where", "says"),
    [
        (b"", "d.csv, row 1", "the column 'name' is missing"),
        (b"\xff\xfen\x00a\x00", "d.csv, row 1", "not UTF-8"),
        ((HEADER + "Ana,\n").encode() + b"\xe9", "d.csv, row 3", "not UTF-8"),
        (b"email\nx\n", "d.csv, row 1", "the column 'name' is missing"),
        (b"name,shoe\nAna,42\n", "d.csv, row 1", "'shoe' is no column"),
        (b"name,name\nAna,42\n", "d.csv, row 1", "stands there twice"),
        (b"name,email\nAna\n", "d.csv, row 2", "the row has 1 cells, 2 were expected"),
        (b"name,email\nAna,a,b\n", "d.csv, row 2", "the row has 3 cells"),
        (b'name\n"Ana\n', "d.csv, row 2", "no CSV table"),
        (b"name\n=cmd|' /C calc'!A0\n", "d.csv, row 2, name", "begins like a formula"),
        (b"name\n@SUM(A1)\n", "d.csv, row 2, name", "begins like a formula"),
        (b"name,phone\nAna,+1+cmd\n", "d.csv, row 2, phone", "begins like a formula"),
        (b"name\nAna\x00\n", "d.csv, row 2, name", "control characters"),
        ("name\nAna\u202egnp\n".encode(), "d.csv, row 2, name", "control characters"),
        (b"name,since\nAna,1.3.2017\n", "d.csv, row 2, since", "'1.3.2017' is no date"),
        (b"name,since\nAna,2017-02-30\n", "d.csv, row 2, since", "is no date"),
        (b"name,shared\nAna,perhaps\n", "d.csv, row 2, shared", "neither yes nor no"),
        (b"name\n" + b"A" * 401 + b"\n", "d.csv, row 2, name", "longer than 400"),
        (b"name\n" + b"A" * 200_000 + b"\n", "d.csv, row 2", "no CSV table"),
        (b"name\n" + b"A" * 10_000_000 + b"\n", "d.csv", "larger than 5 MB"),
        (b"name\n" + b"A\n" * 5_001, "d.csv", "more than 5000 rows"),
        (b'name\n"' + b'""' * 300_000, "d.csv, row 2", "no CSV table"),
    ],
)
def test_what_is_hostile_gets_one_clear_error(data, where, says):
    with pytest.raises(Refusal) as refused:
        read_directory(data, where="d.csv")
    assert refused.value.where == where
    assert says in refused.value.message
    assert refused.value.remedy


def test_the_columns_are_those_of_a_row():
    assert COLUMNS[0] == "name"
    assert len(set(COLUMNS)) == len(COLUMNS) == 18
