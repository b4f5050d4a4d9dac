"""From the page to the record: an asset frozen, seized, confiscated, shared, and the victims paid before the State."""

import datetime as dt
import re

import pytest
from hunting import MAY, Hunt
from records import do, second_factor, sign_in

from palermo.office.domain.acting import acting_as
from palermo.office.figures import Period, figure_of
from palermo.prosecution.domain.analyses import ask_trace
from palermo.prosecution.domain.books import ask_book
from palermo.prosecution.domain.evidence import record_authority
from palermo.prosecution.domain.investigations import close_investigation
from palermo.prosecution.domain.parties import add_holding
from palermo.prosecution.methods.restitution import Part
from palermo.prosecution.models import Asset, Share, Sharing, VictimClaim
from palermo.prosecution.pages.restitution import why
from palermo.vocabulary.errors import Refusal

ORDERED = {"decided_by": "Court of Example", "on": MAY.isoformat()}
SHELL = "DE89370400440532013000"


@pytest.fixture
def hunt(case_of):
    return Hunt(case_of())


@pytest.fixture
def site(client, as_owner, hunt):
    """`site(path)` and `site(path, field=…)`: pages of the investigator, read or sent."""
    with as_owner():
        second_factor(hunt.member)
    browser = sign_in(client, hunt.member)

    def go(path, **said):
        address = f"/investigations/{path}"
        answer = browser.post(address, said) if said else browser.get(address)
        if answer.status_code == 302:
            answer = browser.get(answer.headers["Location"])
        return re.sub(r"[ \n]+", " ", answer.content.decode())

    return go


def test_an_asset_is_followed_from_the_page_to_the_payment_of_victims(hunt, site):
    found = {"kind": "vehicle", "what": "A grey van", "holder": hunt.controller.pk, "currency": "EUR"}
    found |= {"value": "9000", "traced": "1500.50", "found_by": "Asset recovery office", "on": MAY.isoformat()}
    assert "A grey van" in site(f"{hunt.it.pk}/assets/add/", **found)
    with acting_as(hunt.member):
        van = Asset.objects.get()
    assert "nobody" not in site(f"assets/{van.pk}/step/", state="frozen", order=hunt.order.pk, **ORDERED)
    refused = site(f"assets/{van.pk}/step/", state="seized", order=hunt.order.pk, **ORDERED)
    assert "Say who has it now, and where. An office and a place, no name." in refused
    for state in ("seized", "confiscated"):
        site(f"assets/{van.pk}/step/", state=state, order=hunt.order.pk, note="Police garage", **ORDERED)
    page = site(f"assets/{van.pk}/")
    assert [word in page for word in ("Found", "Frozen", "Seized", "Confiscated", "17/2026")] == [True] * 5

    claim = {"party": hunt.victim.pk, "through": "court", "currency": "EUR", "amount": "3000", "ground": "Wages"}
    site(f"{hunt.it.pk}/claims/add/", made_on=MAY.isoformat(), **claim)
    claim |= {"party": hunt.other.pk, "amount": "1000"}
    site(f"{hunt.it.pk}/claims/add/", made_on=MAY.isoformat(), **claim)
    with acting_as(hunt.member):
        claims = list(VictimClaim.objects.all())
    sharing = {
        f"brought_{van.pk}": "3000",
        "currency": "EUR",
        "way": "pari-passu",
        "costs": "50",
        "order": hunt.order.pk,
    }
    assert "Nobody has decided yet on C-1, C-2." in site(f"{hunt.it.pk}/share/", **sharing, **ORDERED)
    for one, approved in zip(claims, ("2000", "1000"), strict=True):
        site(f"claims/{one.pk}/decide/", approved=approved, decided_by="Court", decided_on=MAY.isoformat())
    sharing[f"brought_{van.pk}"] = "2000"
    page = site(f"{hunt.it.pk}/share/", **sharing, **ORDERED)
    assert "1333.33…" in page
    assert "rounded up: largest remainder" in page
    with acting_as(hunt.member):
        shares = {one.claim.label: one for one in Share.objects.select_related("claim")}
    assert {name: one.amount for name, one in shares.items()} == {"C-1": 133_333, "C-2": 66_667}
    for one in shares.values():
        site(f"shares/{one.pk}/pay/", on=MAY.isoformat(), reference="TR 9")
    board = site(f"{hunt.it.pk}/assets/")
    assert "2000.00\u00a0EUR" in board
    assert "2 of 2 paid" in board
    assert "Zorvath" not in board
    with acting_as(hunt.member):
        counted = {
            name: figure_of(name=f"prosecution.{name}").count(Period(MAY, MAY.replace(day=2))).value
            for name in ("value_frozen", "value_confiscated", "paid_to_victims")
        }
    assert {name: str(value) for name, value in counted.items()} == {
        "value_frozen": "9000.00", "value_confiscated": "9000.00", "paid_to_victims": "2000.00",
    }  # fmt: skip


def test_an_asset_whose_order_is_over_is_released_or_taken_on(hunt, site):
    terms = {"kind": "order", "issuer": "Court of Example", "reference": "18/2026", "covers": "The van"}
    short = do(
        hunt.member, record_authority, investigation=hunt.it, since=MAY, until=MAY + dt.timedelta(days=9), **terms
    )
    van = hunt.asset()
    hunt.step(van, "frozen", order=short)
    page = site(f"assets/{van.pk}/")
    assert "Its order is over" in page
    assert "Release it, or take its next step on a new order." in page
    steps = re.findall(
        r'<option value="(\w+)"[^>]*>(?:Frozen|Seized|Confiscated|Released)<', site(f"assets/{van.pk}/step/")
    )
    assert steps == ["seized", "confiscated", "released"]
    hunt.step(van, "released")
    assert '<option value="frozen"' in site(f"assets/{van.pk}/step/")


def test_the_state_waits_and_the_page_says_so(hunt, site):
    van = hunt.take(hunt.asset("9000"))
    hunt.claim("1000", approved="1000")
    sharing = hunt.share({van: "1500"})
    page = site(f"sharings/{sharing.pk}/")
    assert "waits: victims first" in page
    state = hunt.shares(sharing)["state"]
    assert "Victims are paid before the State" in site(f"shares/{state.pk}/pay/", on=MAY.isoformat(), reference="T")
    with pytest.raises(Refusal, match="undecided or not paid in full"):
        do(hunt.member, close_investigation, investigation=hunt.it, reason="All is done and paid")
    hunt.decide(hunt.claim("400", hunt.other), "400")
    assert "Share the rest anew" in site(f"sharings/{sharing.pk}/")
    again = site(f"sharings/{sharing.pk}/rest/", order=hunt.order.pk, **ORDERED)
    assert "The rest of S-1" in again
    with acting_as(hunt.member):
        assert [one.recovered for one in Sharing.objects.all()] == [150_000, 50_000]


def test_a_line_of_a_freeze_list_becomes_an_asset_without_copying(hunt, site, statements_in, work):
    statements_in(hunt)
    book = do(hunt.member, ask_book, investigation=hunt.it)
    do(hunt.member, add_holding, party=hunt.controller, account=SHELL)
    work()
    with acting_as(hunt.member):
        book.refresh_from_db()
    asked = do(hunt.member, ask_trace, book=book, accounts=["Ada Client"])
    work()
    assert f"?from={asked.pk}&amp;line=1" in site(f"answers/{asked.pk}/freeze/")
    form = site(f"{hunt.it.pk}/assets/add/?from={asked.pk}&line=1")
    assert [word in form for word in (SHELL, 'value="600.00"', "Trace under every rule")] == [True] * 3
    assert f'value="{hunt.controller.pk}" selected' in form
    for odd in ("from=x&line=1", f"from={asked.pk}&line=99", f"from={hunt.it.pk}&line=1", f"from={asked.pk}&line=x"):
        assert SHELL not in site(f"{hunt.it.pk}/assets/add/?{odd}")


@pytest.mark.parametrize(
    ("numbers", "words"),
    [
        ((100, 1, 3, 50, 33), "rounded down"),
        ((100, 2, 3, 90, 67), "rounded up: largest remainder"),
        ((90, 1, 3, 50, 30), "exact"),
        ((100, 1, 1, 40, 40), "in full: all that is open"),
        ((100, 1, 4, 90, 60), "more, since other claims were full"),
    ],
)
def test_why_a_share_is_what_it_is(numbers, words):
    assert str(why(Part("", "C-1", *numbers))) == words


def test_a_claim_in_another_currency_is_shared_at_a_rate_that_the_page_shows(hunt, site):
    van = hunt.take(hunt.asset("900"))
    hunt.claim("1000", approved="1000", currency="USD")
    said = {f"brought_{van.pk}": "900", "currency": "EUR", "way": "pari-passu", "costs": "", "order": hunt.order.pk}
    assert "is no date, two currencies" in site(f"{hunt.it.pk}/share/", rates="0.9", **said, **ORDERED)
    page = site(f"{hunt.it.pk}/share/", rates="2026-04-30, USD, EUR, 0.9", **said, **ORDERED)
    assert "Claims in other currencies" in page
    assert page.count("1 USD = 0.9 EUR") == 2
    assert "1000.00\u00a0USD" in page
