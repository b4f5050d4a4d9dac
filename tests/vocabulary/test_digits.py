"""Digits of every script."""

import pytest

from palermo.vocabulary.digits import ascii_digits


@pytest.mark.parametrize(("typed", "plain"), [("٢٠٠٨-١١", "2008-11"), ("+३९ 5", "+39 5"), ("Ⅷ²½", "Ⅷ²½"), ("", "")])
def test_decimal_digits_become_ascii_and_nothing_else_changes(typed, plain):
    assert ascii_digits(typed) == plain
