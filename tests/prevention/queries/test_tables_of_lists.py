"""Counts come out of their record as they went in."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from palermo.prevention.methods.estimation import Lists
from palermo.prevention.models import ListTable
from palermo.prevention.queries.tables import groups_json, groups_of, lists_of
from palermo.prevention.queries.tables_of_report import by_list

COUNTS = st.lists(st.integers(0, 1000), min_size=7, max_size=7)


@given(COUNTS, COUNTS)
def test_groups_add_up_to_the_whole(women, men):
    names = ("a", "b", "c")
    groups = {(sex,): Lists(names, np.array([0.0, *n])) for sex, n in (("f", women), ("m", men))}
    table = ListTable(lists=list(names), by=["sex"], groups=groups_json(groups.items()))
    assert lists_of(table).counts[1:].tolist() == [a + b for a, b in zip(women, men, strict=True)]
    assert {group: lists.counts[1:].tolist() for group, lists in groups_of(table).items()} == {
        ("f",): women,
        ("m",): men,
    }


def test_known_persons_by_list_and_those_on_it_alone():
    assert by_list(Lists(("a", "b"), np.array([0.0, 5, 7, 2]))) == [("a", 7, 5), ("b", 9, 7)]
