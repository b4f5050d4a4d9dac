"""Lists of attendance: ours, Indico's, hostile ones."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from palermo.partnership.formats.attendance_csv import COLUMNS, AttendanceRow, read_attendance, write_attendance
from palermo.vocabulary.errors import Refusal

CODES = {
    "gender": ["woman", "man", "other", "not_known"],
    "step": ["invited", "registered", "present", "absent", "declined"],
    "mode": ["in_person", "online"],
    "publish_name": ["nobody", "all"],
    "capacity": ["participant", "speaker"],
    "sector": ["government", "other"],
    "trained": ["yes", "no"],
    "trained_as_trainer": ["yes", "no"],
}


def read(text):
    return read_attendance(text.encode(), codes=CODES, file="list.csv")


def test_our_own_columns():
    rows = read("name;state;gender;mode;trained\nАда Примерова;md;f;online;yes\n\nBen Model;;;;\n")
    assert rows == [
        AttendanceRow(name="Ада Примерова", state="md", gender="woman", mode="online", trained="yes", row=2),
        AttendanceRow(name="Ben Model", row=4),
    ]


def test_indico_s_export():
    rows = read(
        "ID,First Name,Last Name,Email Address,Affiliation,Country,Registration state,Checked in,Consent to publish\n"
        "1,Ada,Exemplar,ada@example.org,Ministry,Moldova,Completed,Yes,Everyone\n"
        "2,Ben,Model,ben@example.org,NGO,,Withdrawn,,Not given\n"
    )
    assert [(row.name, row.email, row.step, row.publish_name) for row in rows] == [
        ("Ada Exemplar", "ada@example.org", "present", "all"),
        ("Ben Model", "ben@example.org", "declined", "nobody"),
    ]


@pytest.mark.parametrize(
    ("text", "where", "message"),
    [
        ("", "list.csv", "no column with names"),
        ("colour\nred\n", "row 1", "no column with names"),
        ("name,name\na,b\n", "row 1", "stands twice"),
        ("name,state\na\n", "row 2", "1 fields, 2 were expected"),
        ("name,gender\na,purple\n", "row 2, column gender", "“purple” is not known"),
        ("name,state\n,MD\n", "row 2", "neither a name nor an organisation"),
        ("name,state\n=cmd(),MD\n", "row 2, column name", "begins with '='"),
        ("First Name,Last Name\n@ada,Exemplar\n", "row 2, column first", "begins with '@'"),
        ('name\n"a\n', "row", "not CSV"),
        ("name\n" + "x" * 3000 + "\n", "row 2", "more than 2000 characters"),
        ("name\n" + "x\n" * 20_001, "list.csv", "more than 20000 rows"),
        ("name\n" + "x" * 5_000_001, "list.csv", "more than 5000000 bytes"),
        ("name\na\x00\n", "list.csv", "not text"),
    ],
)
def test_what_is_wrong_is_named(text, where, message):
    with pytest.raises(Refusal) as caught:
        read(text)
    assert where in caught.value.where
    assert message in caught.value.message
    assert caught.value.remedy


def test_another_encoding_is_refused_with_its_row():
    with pytest.raises(Refusal, match="row 2: the text is not UTF-8"):
        read_attendance("name\nJürgen\n".encode("latin-1"), codes=CODES, file="list.csv")


@given(st.lists(st.text(st.characters(exclude_categories=["Cs", "Cc", "Zs"]), min_size=1, max_size=30)))
def test_no_cell_is_a_formula_and_all_come_back(names):
    data = write_attendance({"name": name, "organisation": "An office"} for name in names)
    cells = [row[0] for row in csv.reader(io.StringIO(data.decode("utf-8-sig")))][1:]
    assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t"))] == []
    assert [row.name for row in read_attendance(data, codes={})] == [name.strip() for name in names]


def test_the_export_has_our_columns():
    assert write_attendance([]).decode("utf-8-sig") == ",".join(COLUMNS) + "\r\n"
