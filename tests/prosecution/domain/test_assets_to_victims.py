"""Assets from found to paid, each step on an order; victims before the State, by verb and by the database."""

import datetime as dt
from decimal import Decimal

import psycopg
import pytest
from hunting import MAY, Hunt
from records import do

from palermo.office.domain.acting import acting_as
from palermo.office.domain.consent import withdraw_consent
from palermo.office.domain.rights import NotAllowed
from palermo.office.figures import Period, figure_of
from palermo.office.models import Consent
from palermo.prosecution.domain.assets import set_benefit, value_asset
from palermo.prosecution.domain.books import ask_book
from palermo.prosecution.domain.claims import withdraw_claim
from palermo.prosecution.domain.links import link_victim
from palermo.prosecution.domain.parties import add_holding, add_party
from palermo.prosecution.domain.proceedings import record_step
from palermo.prosecution.domain.sharing import share_rest, withdraw_sharing
from palermo.prosecution.enums import AssetState, ShareWay
from palermo.prosecution.methods.confiscation import State
from palermo.prosecution.methods.restitution import Way
from palermo.prosecution.models import Asset, AssetStep, Party, Share, Sharing, VictimClaim
from palermo.prosecution.queries.assets import assets, since, steps_of, takings, totals
from palermo.prosecution.queries.restitution import claims_of, claims_waiting, sharings, victims_wait
from palermo.vocabulary.errors import Refusal

TODAY = dt.datetime.now(tz=dt.UTC).date()


@pytest.fixture
def hunt(case_of):
    """An investigation whose order stands and whose controller's benefit is 9,000."""
    return Hunt(case_of())


def test_the_lists_of_the_records_are_those_of_the_methods():
    assert set(AssetState.values) == set(State)
    assert set(ShareWay.values) == set(Way)


def test_an_asset_goes_from_found_to_confiscated_each_step_on_an_order(hunt):
    car = hunt.asset()
    with pytest.raises(Refusal, match="cannot become"):
        hunt.step(car, "confiscated")
    with pytest.raises(Refusal, match="on which order"):
        hunt.step(car, "frozen", order=None)
    with pytest.raises(Refusal, match="not in force"):
        hunt.step(hunt.asset(on=dt.date(2025, 4, 1)), "frozen", on=dt.date(2025, 5, 1))
    hunt.step(car, "frozen")
    with pytest.raises(Refusal, match="before the step"):
        hunt.step(car, "seized", on=MAY - dt.timedelta(days=1))
    with pytest.raises(Refusal, match="who has it now"):
        hunt.step(car, "seized", note="")
    with pytest.raises(Refusal, match="not happened"):
        hunt.step(car, "seized", on=TODAY + dt.timedelta(days=1))
    hunt.step(car, "seized")
    with pytest.raises(Refusal, match="worth"):
        hunt.step(car, "confiscated", amount="10000.01")
    hunt.step(car, "confiscated", amount="9000")
    with pytest.raises(Refusal, match="no step"):
        hunt.step(car, "paid")
    with acting_as(hunt.member):
        told = list(AssetStep.objects.filter(asset=car).values_list("state", "amount", "order_id", "decided_by"))
    assert told == [
        ("found", 1_000_000, None, "Asset recovery office"),
        ("frozen", 1_000_000, hunt.order.pk, "Court of Example"),
        ("seized", 1_000_000, hunt.order.pk, "Court of Example"),
        ("confiscated", 900_000, hunt.order.pk, "Court of Example"),
    ]


def test_no_more_is_confiscated_than_the_benefit_and_from_others_than_was_traced(hunt):
    hunt.take(hunt.asset("5000"), amount="5000")
    flat = hunt.asset("90000", kind="property")
    with pytest.raises(Refusal, match=r"4000\.00 is left"):
        hunt.take(flat)
    brother = do(hunt.member, add_party, investigation=hunt.it, name="Abe Zorvath", roles=["witness"])
    gift = hunt.asset("8000", "1500", holder=brother, benefit_of=hunt.controller)
    with pytest.raises(Refusal, match=r"1500\.00 of it comes from the crime"):
        hunt.take(gift, amount="1500.01")
    hunt.step(gift, "confiscated", amount="1500")
    hunt.step(flat, "confiscated", amount="2500")
    with acting_as(hunt.member):
        one = takings(hunt.it.pk, list(assets(hunt.it.pk)))[0]
    assert (one.taken, one.order.in_kind, one.order.by_value, one.order.short) == (900_000, {}, {}, 0)


def test_what_may_be_taken_is_counted_in_kind_first_and_by_value_in_its_place(hunt):
    brother = do(hunt.member, add_party, investigation=hunt.it, name="Abe Zorvath", roles=["witness"])
    hunt.asset("4000", "3000")
    hunt.asset("8000", "1500", holder=brother, benefit_of=hunt.controller)
    hunt.asset("2000", currency="USD")
    hunt.asset("5000", "5000", holder=hunt.victim)
    with acting_as(hunt.member):
        one = takings(hunt.it.pk, list(assets(hunt.it.pk)))[0]
    assert one.order.in_kind == {"A-1": 300_000, "A-2": 150_000}
    assert (one.order.by_value, one.order.short) == ({"A-1": 100_000}, 350_000)


def test_nothing_is_confiscated_without_a_benefit_against_a_victim_or_while_an_appeal_is_open(hunt):
    front = do(hunt.member, add_party, investigation=hunt.it, name="Cleo Zorvath", roles=["front"])
    with pytest.raises(Refusal, match="nobody has recorded"):
        hunt.take(hunt.asset(holder=front))
    with pytest.raises(Refusal, match="victim's"):
        hunt.step(hunt.asset(holder=hunt.victim), "frozen")
    with pytest.raises(Refusal, match="victim here"):
        do(hunt.member, set_benefit, party=hunt.victim, currency="EUR", amount="1", basis="x", decided_by="y")
    for kind in ("charged", "indicted", "trial", "guilty", "appealed"):
        do(hunt.member, record_step, party=hunt.controller, kind=kind, on=MAY)
    with pytest.raises(Refusal, match="appeal is open"):
        hunt.take(hunt.asset("100"))


def test_an_asset_is_valued_anew_and_the_same_account_is_recorded_once(hunt):
    van = hunt.asset()
    do(hunt.member, value_asset, asset=van, value="7500", traced="100", on=MAY, decided_by="Expert of the court")
    with pytest.raises(Refusal, match="more comes from the crime"):
        do(hunt.member, value_asset, asset=van, value="1", traced="2", on=MAY, decided_by="Expert")
    hunt.asset(kind="account", account="DE89 3704 0044 0532 0130 00")
    with pytest.raises(Refusal, match="recorded as A-2"):
        hunt.asset(kind="account", account="DE89370400440532013000")
    with acting_as(hunt.member):
        assert Asset.objects.get(pk=van.pk).value == 750_000
        assert AssetStep.objects.filter(asset=van).count() == 2


def test_a_new_valuation_is_no_step(hunt):
    van, later = hunt.asset(), MAY + dt.timedelta(days=9)
    hunt.step(van, "frozen")
    do(hunt.member, value_asset, asset=van, value="7500", traced="100", on=later, decided_by="Expert of the court")
    with acting_as(hunt.member):
        frozen = figure_of(name="prosecution.value_frozen").count(Period(MAY, later + dt.timedelta(days=1)))
        known, steps = list(assets(hunt.it.pk)), steps_of(hunt.it.pk)
    assert frozen.value == Decimal("10000.00")
    assert totals(known, steps, AssetState.FROZEN) == {"EUR": 1_000_000}
    assert [(step.state, step.valuation) for step in steps[van.pk]] == [
        ("found", False),
        ("frozen", False),
        ("frozen", True),
    ]
    assert since(steps[van.pk]) == MAY


def test_victims_are_paid_before_the_state_and_the_asset_is_then_paid_out(hunt, owner_sql):
    van = hunt.take(hunt.asset("9000"))
    first, second = hunt.claim("3000", approved="3000"), hunt.claim("2000", hunt.other, approved="1000.01")
    sharing = hunt.share({van: "5000"}, costs="400")
    parts = hunt.shares(sharing)
    assert {name: one.amount for name, one in parts.items()} == {
        "C-1": 300_000, "C-2": 100_001, "costs": 40_000, "state": 59_999,
    }  # fmt: skip
    for payee in ("state", "costs"):
        with pytest.raises(Refusal, match="undecided or not paid in full"):
            hunt.pay(parts[payee])
    hunt.pay(parts["C-1"])
    with pytest.raises(Refusal, match="undecided or not paid in full"):
        hunt.pay(parts["state"])
    hunt.pay(parts["C-2"])
    with acting_as(hunt.member):
        assert not victims_wait(hunt.it.pk)
    hunt.pay(parts["costs"])
    with acting_as(hunt.member):
        assert Asset.objects.get(pk=van.pk).state == "confiscated"
    hunt.pay(parts["state"])
    with acting_as(hunt.member):
        assert Asset.objects.get(pk=van.pk).state == "paid"
        last = AssetStep.objects.filter(asset=van).last()
        assert (last.state, last.amount, last.note) == ("paid", 500_000, "S-1")
    with pytest.raises(Refusal, match="paid, or was withdrawn"):
        hunt.pay(parts["state"])
    with pytest.raises(Refusal, match="more has been shared"):
        hunt.decide(second, "1000")
    with pytest.raises(Refusal, match="something has been shared"):
        do(hunt.member, withdraw_claim, claim=first)
    assert owner_sql("SELECT count(*) FROM prosecution_shareevent")[0][0] == 8


def test_who_waits_is_the_same_by_record_by_count_and_by_the_database(hunt):
    van = hunt.take(hunt.asset("9000"))

    def waits():
        with acting_as(hunt.member):
            by_record = [one.waits for one in claims_of(hunt.it.pk)]
            assert (claims_waiting(hunt.it.pk), victims_wait(hunt.it.pk)) == (sum(by_record), any(by_record))
        return by_record

    assert waits() == []
    first, second = hunt.claim("10"), hunt.claim("20", hunt.other, approved="5")
    hunt.claim("30", approved="0"), do(hunt.member, withdraw_claim, claim=hunt.claim("40", hunt.other))
    assert waits() == [True, True, False, False]
    hunt.decide(first, "10")
    parts = hunt.shares(hunt.share({van: "15"}))
    assert waits() == [True, True, False, False]
    hunt.pay(parts["C-1"])
    assert waits() == [False, True, False, False]
    hunt.decide(second, "6")
    hunt.pay(parts["C-2"])
    assert waits() == [False, True, False, False]


def test_what_does_not_suffice_is_shared_by_loss_to_the_last_cent_and_told(hunt):
    van = hunt.take(hunt.asset("9000"))
    hunt.claim("1000", approved="1000"), hunt.claim("2000", hunt.other, approved="2000")
    sharing = hunt.share({van: "100"}, costs="30")
    assert {name: one.amount for name, one in hunt.shares(sharing).items()} == {"C-1": 3_333, "C-2": 6_667}
    with acting_as(hunt.member):
        told = sharings(hunt.it.pk)[0].told
        claims = claims_of(hunt.it.pk)
    assert [(part["claim"], part["weight"], part["weights"], part["paid"]) for part in told["parts"]] == [
        ("C-1", 100_000, 300_000, 3_333),
        ("C-2", 200_000, 300_000, 6_667),
    ]
    assert [(one.shared, one.paid, one.open) for one in claims] == [(3_333, 0, 96_667), (6_667, 0, 193_333)]


def test_what_is_left_over_goes_by_the_number_of_the_claim(hunt):
    van = hunt.take(hunt.asset("9000"))
    for _ in range(10):
        hunt.claim("10", approved="10")
    paid = {name: one.amount for name, one in hunt.shares(hunt.share({van: "10.02"})).items()}
    assert paid == {f"C-{number}": 101 if number <= 2 else 100 for number in range(1, 11)}


def test_what_is_owed_later_comes_before_what_the_state_has_not_got(hunt):
    van = hunt.take(hunt.asset("9000"))
    hunt.claim("1000", approved="1000")
    sharing = hunt.share({van: "5000"}, costs="100")
    hunt.pay(hunt.shares(sharing)["C-1"])
    late = hunt.claim("4500", hunt.other)
    with pytest.raises(Refusal, match="undecided"):
        hunt.pay(hunt.shares(sharing)["state"])
    terms = {"order": hunt.order, "decided_by": "Court of Example", "on": MAY}
    with pytest.raises(Refusal, match="nobody has decided yet on C-2"):
        do(hunt.member, share_rest, sharing=sharing, **terms)
    hunt.decide(late, "3950")
    again = do(hunt.member, share_rest, sharing=sharing, **terms)
    parts = hunt.shares(again)
    assert {name: one.amount for name, one in parts.items()} == {"C-2": 395_000, "costs": 5_000}
    hunt.pay(parts["C-2"]), hunt.pay(parts["costs"])
    with acting_as(hunt.member):
        assert Asset.objects.get(pk=van.pk).state == "paid"


def test_a_sharing_is_withdrawn_while_nothing_of_it_is_paid(hunt):
    van = hunt.take(hunt.asset("9000"))
    hunt.claim("1000", approved="1000")
    wrong = hunt.share({van: "50"})
    with pytest.raises(Refusal, match="shared already"):
        hunt.share({van: "500"})
    do(hunt.member, withdraw_sharing, sharing=wrong)
    right = hunt.share({van: "500"})
    hunt.pay(hunt.shares(right)["C-1"])
    with pytest.raises(Refusal, match="something of it is paid"):
        do(hunt.member, withdraw_sharing, sharing=right)


def test_a_verb_decides_on_what_is_so_when_its_turn_comes(hunt):
    van, claim = hunt.asset("9000"), hunt.claim("1000")
    with acting_as(hunt.member):
        asset, claimed = Asset.objects.get(pk=van.pk), VictimClaim.objects.get(pk=claim.pk)
    hunt.take(van), do(hunt.member, withdraw_claim, claim=claim)
    with pytest.raises(Refusal, match="it is confiscated"):
        do(hunt.member, value_asset, asset=asset, value="1", traced="0", on=MAY, decided_by="Expert")
    with pytest.raises(Refusal, match="withdrew this claim"):
        hunt.decide(claimed, "500")
    sharing = hunt.share({van: "50"})
    with acting_as(hunt.member):
        shared = Sharing.objects.get(pk=sharing.pk)
    do(hunt.member, withdraw_sharing, sharing=sharing)
    with pytest.raises(Refusal, match="sharing was withdrawn"):
        do(hunt.member, withdraw_sharing, sharing=shared)


def test_nothing_is_shared_of_what_is_not_confiscated_or_before_claims_are_decided(hunt):
    van = hunt.asset()
    with pytest.raises(Refusal, match="A-1 is not confiscated"):
        hunt.share({van: "1"})
    hunt.take(van, amount="9000")
    hunt.claim("10")
    with pytest.raises(Refusal, match="nobody has decided yet on C-1"):
        hunt.share({van: "1"})
    with pytest.raises(Refusal, match="what was recovered"):
        hunt.share({})


def test_a_claim_through_those_who_protect_goes_dark_with_the_consent(hunt, make, house):
    with pytest.raises(Refusal, match="no link by consent"):
        hunt.claim(through="link")
    with pytest.raises(Refusal, match="only a victim"):
        hunt.claim(party=hunt.controller)
    case = make.case()
    referral = make.referral(case, "police", purpose="investigation", services=("police_protection",))
    do(hunt.member, link_victim, party=hunt.victim, referral_id=referral.pk)
    van = hunt.take(hunt.asset("9000"))
    hunt.claim("1000", through="link", approved="1000")
    sharing = hunt.share({van: "5000"})
    with acting_as(house.manager):
        consent = Consent.objects.filter(person=case.person).latest("given_at")
    do(house.manager, withdraw_consent, consent=consent)
    parts = hunt.shares(sharing)
    with pytest.raises(Refusal, match="stands no longer"):
        hunt.pay(parts["C-1"])
    with pytest.raises(Refusal, match="not paid in full"):
        hunt.pay(parts["state"])


def test_the_rolling_charge_shares_each_account_by_what_is_traced_into_it(hunt, statements_in, work):
    """What is in the account goes by the pro rata trace of each claim, the van by what is still lost."""
    text = (
        "Booking date;Amount;Currency;Account;Balance;Counterparty;Counterparty account;Description\n"
        "20.03.2026;1.200,00;EUR;GR1601101250000000012300695;1.200,00;V;FR1420041010050500013M02606;Wages\n"
        "21.03.2026;-600,00;EUR;GR1601101250000000012300695;600,00;Shop;;Rent\n"
        "22.03.2026;600,00;EUR;GR1601101250000000012300695;1.200,00;O;DE89370400440532013000;Wages\n"
        "23.03.2026;-300,00;EUR;GR1601101250000000012300695;900,00;Shop;;Rent\n"
    )
    statements_in(hunt, ("own.csv", text, "Harbour Bank"))
    do(hunt.member, ask_book, investigation=hunt.it)
    work()
    do(hunt.member, add_holding, party=hunt.victim, account="FR1420041010050500013M02606")
    do(hunt.member, add_holding, party=hunt.other, account="DE89370400440532013000")
    account = hunt.take(hunt.asset("900", kind="account", account="GR1601101250000000012300695"))
    van = hunt.take(hunt.asset("5000"))
    hunt.claim("1200", approved="1200"), hunt.claim("600", hunt.other, approved="600")
    sharing = hunt.share({account: "900", van: "300"}, way="rolling")
    # 600 of V's 1,200 are left when O's 600 come; 300 of 1,200 leave: 450 each. 750 and 150 stay lost: the van by loss.
    assert {name: one.amount for name, one in hunt.shares(sharing).items()} == {"C-1": 70_000, "C-2": 50_000}
    with acting_as(hunt.member):
        parts = sharings(hunt.it.pk)[0].told["parts"]
    assert [(part["source"][:2], part["claim"], part["paid"]) for part in parts] == [
        ("GR", "C-1", 45_000), ("GR", "C-2", 45_000), ("", "C-1", 25_000), ("", "C-2", 5_000),
    ]  # fmt: skip


def test_nobody_else_touches_assets_or_claims(hunt, desk, house):
    van = hunt.asset()
    for member in (desk.service, desk.elsewhere, house.police_manager, house.manager):
        with pytest.raises(NotAllowed):
            do(member, value_asset, asset=van, value="1", traced="0", on=MAY, decided_by="x")
        with acting_as(member):
            assert [kind.objects.count() for kind in (Asset, AssetStep, VictimClaim, Share, Party)] == [0] * 5


@pytest.mark.django_db(transaction=True)
def test_the_database_pays_nothing_to_the_state_while_a_victim_waits(as_app, hunt, enter):
    van = hunt.take(hunt.asset("9000"))
    hunt.claim("1000", approved="1000")
    parts = hunt.shares(hunt.share({van: "5000"}))
    pay = "UPDATE prosecution_share SET paid_on = current_date WHERE id = %s"
    for statement, values in (
        (pay, [parts["state"].pk]),
        ("UPDATE prosecution_share SET paid_on = current_date", []),
    ):
        with pytest.raises(psycopg.errors.InsufficientPrivilege), enter(as_app, hunt.member):
            as_app.execute(statement, values)
    with enter(as_app, hunt.member):
        assert as_app.execute(pay, [parts["C-1"].pk]).rowcount == 1
        assert as_app.execute(pay, [parts["state"].pk]).rowcount == 1
