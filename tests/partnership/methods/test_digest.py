"""A frozen figure's digest: of what was counted, not of the order of counting."""

import datetime as dt
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from palermo.partnership.methods.digest import difference, digest_of

YEAR = {"start": dt.date(2017, 1, 1), "end": dt.date(2018, 1, 1), "version": 1, "bound": "exact", "declared": False}
IDS = st.lists(st.uuids().map(str), unique=True, max_size=8)


def of(ids, **other):
    return digest_of(**{"name": "a.b", "value": Decimal(len(ids)), **YEAR, "ids": ids, **other})


@given(IDS, st.randoms())
def test_order_does_not_matter_and_content_does(ids, chance):
    mixed = list(ids)
    chance.shuffle(mixed)
    assert of(mixed) == of(ids)
    assert of([*ids, "one more"]) != of(ids)
    assert of(ids, version=2) != of(ids)
    assert of(ids, value=Decimal(f"{len(ids)}.00")) == of(ids)


@given(IDS, IDS)
def test_a_difference_names_what_came_and_what_went(old, new):
    both = {*old} & {*new}
    found = difference((Decimal(len(old)), old, of(old)), (Decimal(len(new)), new, of(new)))
    assert {*found.added} | both == {*new}
    assert {*found.removed} | both == {*old}
    assert found.unchanged == ({*old} == {*new})


def test_the_digest_stays_the_same_for_years():
    assert of(["b", "a"]) == "8a6c1d8143b8cb4f7a2cda53dcd6611991af8cb7cdf792217bbf7841f8de648b"
