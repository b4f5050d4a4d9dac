"""Files of lists, sound and hostile: one clear refusal each."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from palermo.prevention.formats.lists import read_lists
from palermo.vocabulary.errors import Refusal


def test_capture_histories():
    found = read_lists(b'"police","NGO","count"\n1,0,54\n0,1,463\n1,1,15\n')
    assert found.names == ("police", "NGO")
    assert found.counts.tolist() == [0, 54, 463, 15]


def test_one_row_a_person_with_or_without_identifiers():
    plain = read_lists(b"a,b,c\n1,0,0\n1,1,0\n1,0,0\n")
    keyed = read_lists("\ufeffid;a;b;c\nx1;1;0;0\nx2; 1 ;1;0\nx3;1;0;0\n\n".encode())
    assert plain.counts.tolist() == keyed.counts.tolist() == [0, 2, 0, 1, 0, 0, 0, 0]
    assert plain.names == keyed.names


def test_counts_are_known_by_their_size_where_the_header_does_not_say():
    assert read_lists(b"a\tb\thowmany\n1\t0\t5\n0\t1\t1\n").names == ("a", "b")


@pytest.mark.parametrize(
    ("data", "where", "message"),
    [
        (b"", "f", "There is no row under the header."),
        (b"a,b,count\n", "f", "There is no row under the header."),
        (b"a,b,count\n1,0\n", "f, row 2", "The row has 2 cells, the header 3."),
        (b"a,b,count\n1,2,5\n", "f, row 2, column 'b'", "'2' is not 0 or 1."),
        (b"a,b,count\n1,,5\n", "f, row 2, column 'b'", "'' is not 0 or 1."),
        (b"a,b,count\n1,0,-5\n", "f, row 2, column 'count'", "'-5' is not a whole number of persons."),
        (b"a,b,count\n1,0,5.5\n", "f, row 2, column 'count'", "'5.5' is not a whole number of persons."),
        (b"a,b,count\n1,0,99999999999999999999\n", "f, row 2, column 'count'", "'99999999999999999999' is not a whole number of persons."),
        (b"a,a,count\n1,0,5\n", "f, column 2", "Two columns are called 'a'."),
        (b"1,0,54\n0,1,463\n", "f, column 1", "The header's cell '1' names no list."),
        (b"a,b,count\n1,0,5\n1,0,6\n", "f", "History '1 0' stands in rows 2 and 3."),
        (b"id,a,b\np7,1,0\np8,0,1\np7,1,1\n", "f", "Person 'p7' stands in rows 2 and 4."),
        (b"a,b,c\n1,0,0\n0,0,0\n", "f, row 3", "The person is on no list."),
        (
            b"name,a,b\nRossi,1,0\nBianchi,0,1\nVerdi,1,1\n",
            "f",
            "The column 'name' holds 'Rossi' and the like: names or other particulars, not a list.",
        ),
        (b"id,a,b,count\n1,1,0,5\n2,0,1,6\n", "f", "There are both identifiers and counts."),
        (b"\xff\xfe\x00a", "f", "Byte 1 is not UTF-8 text."),
        (b'a,b\n"1,0\n', "f", "It is not a CSV file (unexpected end of data)."),
    ],
)  # fmt: skip
def test_malformed_files(data: bytes, where: str, message: str):
    with pytest.raises(Refusal) as refused:
        read_lists(data, name="f")
    assert (refused.value.where, refused.value.message) == (where, message)
    assert refused.value.remedy != "" or not data


@settings(deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(data: bytes):
    try:
        found = read_lists(data)
    except Refusal:
        return
    assert found.counts.shape == (1 << found.size,)


@settings(deadline=None)
@given(st.lists(st.tuples(*[st.integers(0, 1)] * 3).filter(any), min_size=1, max_size=30))
def test_persons_and_their_histories_give_the_same_counts(people: list[tuple[int, ...]]):
    persons = "a,b,c\n" + "\n".join(",".join(map(str, p)) for p in people)
    unique, counts = np.unique(np.array(people), axis=0, return_counts=True)
    table = "a,b,c,count\n" + "\n".join(f"{','.join(map(str, u))},{n}" for u, n in zip(unique, counts, strict=True))
    assert read_lists(persons.encode()).counts.tolist() == read_lists(table.encode()).counts.tolist()
