"""Findings as CSV: hostile files get one clear error; what goes out comes back."""

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from palermo.partnership.formats.findings_csv import COLUMNS, FindingRow, read_findings_csv, write_findings_csv
from palermo.vocabulary.errors import Refusal

HEAD = b"kind,title,source_kind,found_on\n"
ROW = b"recommendation,Train the inspectors,visit,2017-05-10\n"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "row 1: the column “kind” is missing"),
        (b"kind,title,source_kind,found_on,colour\n", "the column “colour” is unknown"),
        (b"kind,kind,title,source_kind,found_on\n", "unknown or stands twice"),
        (HEAD + b"recommendation,x\n", "row 2: the row has 2 cells, 4 were expected"),
        (HEAD + ROW + ROW.replace(b"2017-05-10", b"10.5.2017"), "row 3, found_on: “10.5.2017” is no day"),
        (HEAD + ROW.replace(b"Train", b"=cmd|' /C calc'!A0 "), "row 2, title: the cell begins with '='"),
        (HEAD + ROW.replace(b"Train", b"@SUM(A1) "), "begins with '@'"),
        (HEAD + ROW.replace(b"visit", b""), "row 2, source_kind: the cell is empty"),
        (HEAD + b"\xff\xfe\x00", "row 2: the file is not UTF-8"),
        ("kind,title".encode("utf-16"), "not UTF-8"),
        (HEAD + b"a,b\x00,c,d\n", "null character"),
        (HEAD + b'recommendation,"Train', "cannot be read"),
        (HEAD + b"recommendation," + b"x" * 50_001 + b",visit,2017-05-10\n", "more than 50,000 characters"),
        (HEAD + b"x" * 5_000_000, "more than 5,000,000 bytes"),
        (HEAD + b'"' + b"x" * 200_000 + b'",b,c,d\n', "cannot be read"),
        (HEAD + ROW * 20_001, "more than 20,000 rows"),
    ],
)
def test_a_hostile_file_gets_one_clear_error(data, words):
    with pytest.raises(Refusal, match=r"^file") as refused:
        list(read_findings_csv(data))
    assert words in str(refused.value)
    assert refused.value.remedy


TEXT = st.text(st.characters(blacklist_categories=("Cs", "Cc")), max_size=30).map(str.strip)
#: Whatever a person may write, a formula and an apostrophe before one among it.
ANY = st.one_of(TEXT, TEXT.map(lambda text: f"={text}"), TEXT.map(lambda text: f"'-{text}"))
SAID = ANY.filter(bool)
ROWS = st.lists(
    st.builds(
        FindingRow,
        **dict.fromkeys(COLUMNS, ANY)
        | dict.fromkeys(("kind", "title", "source_kind"), SAID)
        | {
            "themes": st.lists(st.sampled_from(["prevention", "legislation"])).map(tuple),
            "found_on": st.dates(dt.date(1990, 1, 1)),
            "deadline": st.none() | st.dates(dt.date(1990, 1, 1)),
        },
    ),
    max_size=4,
)


@given(ROWS)
def test_what_goes_out_comes_back(rows):
    assert [row for _, row in read_findings_csv(write_findings_csv(rows))] == rows


def test_a_formula_going_out_is_made_harmless():
    row = next(row for _, row in read_findings_csv(HEAD + ROW))
    assert b"'=1+1" in write_findings_csv([replace(row, title="=1+1")])
