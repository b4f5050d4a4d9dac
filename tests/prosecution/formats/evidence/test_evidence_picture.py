"""The picture in an evidence file: each box says what passed its account."""

import re

import pytest

from palermo.prosecution.formats.evidence.picture import flow
from palermo.prosecution.methods.tracing import Claim, Rule, trace

BOX = re.compile(r"<rect [^>]*/><text [^>]*>([^<]*)</text><text [^>]*>([^<]*)</text>")


@pytest.mark.parametrize(
    ("rows", "boxes"),
    [
        ([("A", "B", 3_000), ("A", "C", 7_000)], {"A": "100.00", "B": "30.00", "C": "70.00"}),
        ([("A", "B", 9_000), ("B", "C", 4_000)], {"A": "90.00", "B": "90.00", "C": "40.00"}),
    ],
)
def test_a_box_says_what_came_in_or_went_out_whichever_is_more(ledger_of, rows, boxes):
    ledger = ledger_of(rows)
    claims = [Claim("A", n, amount) for n, (source, _target, amount) in enumerate(rows) if source == "A"]
    picture, words = flow(trace(ledger, claims, Rule.FIFO))
    assert dict(BOX.findall(picture)) == boxes
    assert len(words.split("; ")) == len(rows)
