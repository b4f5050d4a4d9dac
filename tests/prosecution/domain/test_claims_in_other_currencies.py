"""A claim in another currency takes part at a dated rate, shown in its share; without a rate it waits."""

import datetime as dt

import pytest
from hunting import MAY, Hunt
from records import do

from palermo.office.domain.acting import acting_as
from palermo.prosecution.domain.sharing import share_rest
from palermo.prosecution.queries.restitution import claims_of, claims_waiting, sharings, victims_wait
from palermo.vocabulary.errors import Refusal


@pytest.fixture
def hunt(case_of):
    """Two victims: 900 euro approved for one, 1,000 dollars for the other."""
    found = Hunt(case_of())
    found.claim("900", approved="900")
    found.claim("1000", party=found.other, approved="1000", currency="USD")
    return found


def claims(hunt):
    with acting_as(hunt.member):
        return {one.claim.label: (one.open, one.shared, one.paid, one.waits) for one in claims_of(hunt.it.pk)}


def test_a_share_settles_the_claim_in_its_own_currency_by_the_rate_that_it_shows(hunt):
    first, second = hunt.take(hunt.asset("900")), hunt.take(hunt.asset("850"))
    with pytest.raises(Refusal, match="no date, two currencies"):
        hunt.share({first: "900"}, rates="0.9")
    one = hunt.share({first: "900"}, rates="2026-04-30,USD,EUR,0.90\n2026-05-02,USD,EUR,0.50")
    shares = hunt.shares(one)
    assert {name: (each.amount, each.settles) for name, each in shares.items()} == {
        "C-1": (45_000, 45_000), "C-2": (45_000, 50_000),
    }  # fmt: skip
    assert (shares["C-2"].rate, shares["C-2"].rate_of) == ("1 USD = 0.9 EUR", dt.date(2026, 4, 30))
    assert (shares["C-1"].rate, shares["C-1"].rate_of) == ("", None)
    with acting_as(hunt.member):
        (kept,) = sharings(hunt.it.pk)
        assert kept.told["converted"] == [
            {"claim": "C-2", "currency": "USD", "open": 100_000, "rate": "1 USD = 0.9 EUR", "of": "2026-04-30",
             "counts": 90_000}
        ]  # fmt: skip
    for share in shares.values():
        hunt.pay(share)
    assert claims(hunt) == {"C-1": (45_000, 45_000, 45_000, True), "C-2": (50_000, 50_000, 50_000, True)}
    two = hunt.shares(hunt.share({second: "1000"}, rates="2026-05-01,EUR,USD,1.25"))
    assert {name: (each.amount, each.settles, each.rate) for name, each in two.items()} == {
        "C-1": (45_000, 45_000, ""), "C-2": (40_000, 50_000, "1 EUR = 1.25 USD"), "state": (15_000, 0, ""),
    }  # fmt: skip
    with pytest.raises(Refusal, match="undecided or not paid in full"):
        hunt.pay(two["state"])
    for name in ("C-1", "C-2", "state"):
        hunt.pay(two[name])
    with acting_as(hunt.member):
        assert (claims_waiting(hunt.it.pk), victims_wait(hunt.it.pk)) == (0, False)


def test_without_a_rate_the_claim_takes_no_part_and_the_state_waits_for_it(hunt):
    shares = hunt.shares(one := hunt.share({hunt.take(hunt.asset("1500")): "1500"}))
    assert {name: each.amount for name, each in shares.items()} == {"C-1": 90_000, "state": 60_000}
    hunt.pay(shares["C-1"])
    with pytest.raises(Refusal, match="undecided or not paid in full"):
        hunt.pay(shares["state"])
    terms = {"order": hunt.order, "decided_by": "Court of Example", "on": MAY}
    with pytest.raises(Refusal, match="no approved claim is open"):
        do(hunt.member, share_rest, sharing=one, **terms)
    anew = hunt.shares(do(hunt.member, share_rest, sharing=one, rates="2026-05-01,USD,EUR,0.333", **terms))
    assert {name: (each.amount, each.settles) for name, each in anew.items()} == {
        "C-2": (33_300, 100_000), "state": (26_700, 0),
    }  # fmt: skip
