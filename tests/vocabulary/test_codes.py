"""However a code is grouped and typed, it is the same code."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from palermo.vocabulary.codes import bare, file_code

#: What stands between groups: nothing, blanks, a non-breaking one, a tab, hyphens and dashes of all lengths.
GAPS = st.sampled_from(["", " ", "  ", "\u00a0", "\t", "-", " - ", "\u2010", "\u2011", "\u2013", "\u2014", "\u2212"])


@given(st.lists(st.tuples(st.sampled_from("ABCDEFGHJKMNPQRSTUVWXYZ0123456789"), GAPS, st.booleans()), min_size=4))
def test_blanks_hyphens_and_case_do_not_count(said):
    typed = "".join((letter.lower() if low else letter) + gap for letter, gap, low in said)
    plain = "".join(letter for letter, _gap, _low in said)
    assert bare(typed) == plain
    assert file_code(typed) == f"{plain[:3]}-{plain[3:]}"


@pytest.mark.parametrize("typed", ["7412 9333", "7412-9333", "٧٤١٢٩٣٣٣", "７４１２９３３３"])
def test_digits_of_any_keyboard(typed):
    assert bare(typed) == "74129333"


@pytest.mark.parametrize(
    ("typed", "kept"), [("esy yfnt", "ESY-YFNT"), ("ESYYFNT", "ESY-YFNT"), ("es", "ES"), ("esy-", "ESY"), ("", "")]
)
def test_a_files_code_or_its_beginning(typed, kept):
    assert file_code(typed) == kept
