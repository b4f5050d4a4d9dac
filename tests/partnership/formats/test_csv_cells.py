"""Cells of a CSV file: the mark between them is found, the limit of a cell is ours and not the process's."""

import csv

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from palermo.partnership.formats.csv_cells import LONGEST, Cells, bare, guarded


@pytest.fixture
def wide_limit():
    """Another reader has just raised the one limit that the process has."""
    before = csv.field_size_limit(1_000_000)
    yield
    csv.field_size_limit(before)


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_the_mark_is_the_one_that_the_first_line_has_most_of(mark):
    text = f'a{mark}b{mark}c\n1{mark}"2,;\t\n3"{mark}4\n'
    rows = Cells(text)
    assert list(rows) == [["a", "b", "c"], ["1", "2,;\t\n3", "4"]]
    assert rows.number == 2


@pytest.mark.parametrize("text", [f"a\n{'x' * (LONGEST + 1)}\n", f'a\n"{"x" * (LONGEST + 1)}"\n'])
def test_a_cell_that_is_too_long_is_an_error_whatever_others_set(wide_limit, text):
    rows = Cells(text)
    assert next(rows) == ["a"]
    with pytest.raises(csv.Error, match=r"^field larger than field limit \(131072\)$"):
        next(rows)
    assert csv.field_size_limit() == 1_000_000


def test_the_longest_cell_is_read(wide_limit):
    assert list(Cells("x" * LONGEST)) == [["x" * LONGEST]]


def test_a_quotation_mark_where_none_can_stand_is_an_error():
    with pytest.raises(csv.Error):
        list(Cells('a\n"b" c\n'))


@given(st.text(alphabet=st.sampled_from("'=+-@|\t\rab "), max_size=6))
@example("'")
@example("''=1")
@example("'Twas")
def test_what_is_guarded_is_no_formula_and_comes_back_as_it_was(text):
    cell = guarded(text)
    assert not cell.startswith(("=", "+", "-", "@", "|", "\t", "\r"))
    assert bare(cell) == text


def test_an_apostrophe_of_the_writer_stays():
    assert [bare(cell) for cell in ("'Twas", "'", "it's")] == ["'Twas", "'", "it's"]
