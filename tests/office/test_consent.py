"""Consent as an enforced policy: a share is let through if and only if the rule lets it."""

import datetime as dt
from uuid import uuid4

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from palermo.office import clock
from palermo.office.domain.acting import acting_as
from palermo.office.domain.consent import CannotBeCalledBack, give_consent, withdraw_consent
from palermo.office.domain.disclosure import disclose, mark_opened, share
from palermo.office.domain.persons import claim
from palermo.office.domain.rights import NotAllowed
from palermo.office.enums import DataKind, Purpose
from palermo.office.models import Notice, Reach
from palermo.vocabulary.errors import Refusal

START = dt.datetime(2026, 3, 1, 9, tzinfo=dt.UTC)
RECIPIENTS = ("shelter", "police", "border")
kinds = st.sets(st.sampled_from(DataKind.values), min_size=1)
#: Reasons for a presumption go only where they protect or identify the person, never towards a border or visa decision.
SCREENING_SERVES = {"protection", "child_protection", "identification", "legal_aid"}
purposes = st.sampled_from(Purpose.values)


@st.composite
def cases(draw):
    """A consent and a disclosure that agrees with it but for what chance changes."""
    agreed = {"recipient": draw(st.sampled_from(RECIPIENTS[:2])), "purpose": draw(purposes), "kinds": draw(kinds)}
    subset = draw(st.sets(st.sampled_from(sorted(agreed["kinds"])), min_size=1))
    asked = {
        "recipient": draw(st.one_of(st.just(agreed["recipient"]), st.sampled_from(RECIPIENTS))),
        "purpose": draw(st.one_of(st.just(agreed["purpose"]), purposes)),
        "kinds": draw(st.one_of(st.just(subset), kinds)),
    }
    days = draw(st.integers(1, 365))
    after = draw(st.one_of(st.integers(0, days - 1), st.integers(days, days + 30)))
    return agreed, asked, days, after, draw(st.sampled_from([False, False, True]))


def allowed(house, agreed, asked, days, after, withdrawn):
    return (
        asked["recipient"] == agreed["recipient"]
        and asked["purpose"] == agreed["purpose"]
        and asked["purpose"] in getattr(house, asked["recipient"]).purposes
        and asked["kinds"] <= agreed["kinds"]
        and ("screening" not in asked["kinds"] or asked["purpose"] in SCREENING_SERVES)
        and after < days
        and not withdrawn
    )


def reached_by(reader, package):
    """Whether the reader's agency reaches the package; migration enforcement may not even ask."""
    try:
        with acting_as(reader):
            return Reach.objects.filter(object_id=package, until__gt=clock.now()).exists()
    except NotAllowed:
        assert reader.agency.enforces_migration
        return False


def carried_out(house, person, agreed, asked, days, after, withdrawn):
    """Whether the recipient reaches the package in the end. Everything is undone."""
    me, reached = house.reception_responder, None
    recipient = getattr(house, asked["recipient"])
    reader = {"shelter": house.shelter_worker, "police": house.police_manager, "border": house.border_officer}[
        asked["recipient"]
    ]
    with transaction.atomic():
        with clock.at(START), acting_as(me):
            consent = give_consent(
                member=me,
                person=person,
                language="bul",
                how="spoken",
                days=days,
                **(agreed | {"recipient": getattr(house, agreed["recipient"])}),
            )
            if withdrawn:
                withdraw_consent(member=me, consent=consent)
        with clock.at(START + dt.timedelta(days=after)):
            with acting_as(me):
                package = uuid4()
                claim(package, "package")
                disclosure = disclose(
                    member=me, person=person, basis="consent", consent=consent, **(asked | {"recipient": recipient})
                )
                try:
                    share(disclosure=disclosure, object_id=package, kind="package")
                except Refusal:
                    reached = False
            found = reached_by(reader, package)
            assert reached is None or not found
            reached = found
        transaction.set_rollback(True)
    return reached


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(case=cases())
def test_a_share_goes_through_if_and_only_if_the_rule_allows(db, house, person, case):
    agreed = case[0]
    if agreed["purpose"] not in getattr(house, agreed["recipient"]).purposes:
        with pytest.raises(Refusal, match="no mandate"):
            carried_out(house, person, *case)
    elif "screening" in agreed["kinds"] and agreed["purpose"] not in SCREENING_SERVES:
        with pytest.raises(Refusal, match="“Reasons for the presumption” never go for"):
            carried_out(house, person, *case)
    else:
        assert carried_out(house, person, *case) == allowed(house, *case)


@pytest.fixture
def given_consent(house, person):
    me = house.reception_responder
    with acting_as(me):
        return give_consent(
            member=me,
            person=person,
            recipient=house.shelter,
            purpose="accommodation",
            kinds=["needs", "profile"],
            language="bul",
            interpreter="Interpreter 4",
            how="spoken",
        )


def send(house, person, consent, **values):
    me, package = house.reception_responder, uuid4()
    with acting_as(me):
        claim(package, "package")
        what = {
            "recipient": house.shelter,
            "purpose": "accommodation",
            "kinds": ["needs"],
            "basis": "consent",
            "consent": consent,
        } | values
        disclosure = disclose(member=me, person=person, **what)
        share(disclosure=disclosure, object_id=package, kind="package")
    return disclosure, package


def reaches(member, thing):
    with acting_as(member):
        return Reach.objects.filter(object_id=thing, until__gt=clock.now()).exists()


def test_withdrawal_goes_dark_at_once_and_names_what_was_read(house, person, given_consent):
    opened, package = send(house, person, given_consent)
    _, unread = send(house, person, given_consent)
    with acting_as(house.shelter_worker):
        mark_opened(disclosure_id=opened.id)
    assert (reaches(house.shelter_worker, package), reaches(house.shelter_worker, unread)) == (True, True)
    with acting_as(house.reception_responder):
        read = withdraw_consent(member=house.reception_responder, consent=given_consent)
    assert (reaches(house.shelter_worker, package), reaches(house.shelter_worker, unread)) == (False, False)
    assert [type(one) for one in read] == [CannotBeCalledBack]
    assert read[0].recipient == house.shelter
    with acting_as(house.shelter_worker):
        assert [notice.kind for notice in Notice.objects.all()] == ["consent_withdrawn", "consent_withdrawn"]


def test_withdrawing_twice_tells_nobody_twice(house, person, given_consent):
    send(house, person, given_consent)
    with acting_as(house.reception_responder):
        withdraw_consent(member=house.reception_responder, consent=given_consent)
        assert withdraw_consent(member=house.reception_responder, consent=given_consent) == []
    with acting_as(house.shelter_worker):
        assert Notice.objects.count() == 1


def test_a_withdrawal_stands_in_the_logs_of_all_whom_it_recalls_data_from(house, person, given_consent, owner_sql):
    disclosures = [send(house, person, given_consent)[0].id for _ in range(2)]
    with acting_as(house.reception_responder):
        withdraw_consent(member=house.reception_responder, consent=given_consent)
    told = owner_sql(
        "SELECT agency_id, member_id, person_id, object_id FROM office_logline WHERE verb = 'office.recall' ORDER BY seq"
    )
    expected = [(house.shelter.pk, house.reception_responder.pk, person.id, disclosure) for disclosure in disclosures]
    assert sorted(told) == sorted(expected)
    assert owner_sql("SELECT count(*) FROM office_owedline") == [(0,)]


def test_what_rests_on_a_withdrawn_consent_is_not_shared_again(house, person, given_consent):
    disclosure, _ = send(house, person, given_consent)
    with acting_as(house.reception_responder):
        withdraw_consent(member=house.reception_responder, consent=given_consent)
    with acting_as(house.reception_responder):
        package = uuid4()
        claim(package, "package")
        with pytest.raises(Refusal, match="recalled"):
            share(disclosure=disclosure, object_id=package, kind="package")


def test_expiry_needs_nobody(house, person, given_consent):
    with clock.at(START), acting_as(house.reception_responder):
        short = give_consent(
            member=house.reception_responder,
            person=person,
            recipient=house.shelter,
            purpose="accommodation",
            kinds=["needs"],
            language="bul",
            how="spoken",
            days=1,
        )
    with clock.at(START + dt.timedelta(hours=23)):
        _, package = send(house, person, short)
        assert reaches(house.shelter_worker, package) is True
    with clock.at(START + dt.timedelta(hours=25)):
        assert reaches(house.shelter_worker, package) is False


@pytest.mark.parametrize(
    ("values", "where"),
    [
        ({"kinds": []}, "kinds"),
        ({"kinds": ["everything"]}, "kinds"),
        ({"purpose": "investigation"}, "purpose"),
        ({"days": 0}, "days"),
        ({"days": 366}, "days"),
    ],
)
def test_consent_is_specific(house, person, values, where):
    what = {"purpose": "accommodation", "kinds": ["needs"]} | values
    with pytest.raises(Refusal) as caught, acting_as(house.reception_responder):
        give_consent(
            member=house.reception_responder,
            person=person,
            recipient=house.shelter,
            language="bul",
            how="spoken",
            **what,
        )
    assert caught.value.where == where


def test_nothing_is_consented_to_migration_enforcement(house, person):
    with pytest.raises(Refusal, match="ever disclosed"), acting_as(house.reception_responder):
        give_consent(
            member=house.reception_responder,
            person=person,
            recipient=house.border,
            purpose="protection",
            kinds=["needs"],
            language="bul",
            how="spoken",
        )


@pytest.mark.parametrize("path", ["child", "not_sure"])
def test_a_child_is_not_asked_to_carry_the_decision(house, register, path):
    child = register(path=path, age=None if path == "not_sure" else 15)
    with pytest.raises(Refusal, match="not asked to carry"), acting_as(house.reception_responder):
        give_consent(
            member=house.reception_responder,
            person=child,
            recipient=house.shelter,
            purpose="accommodation",
            kinds=["needs"],
            language="bul",
            how="spoken",
        )


WEIGHED = {
    "basis": "child_best_interests",
    "reason": "A safe place tonight outweighs the delay.",
    "guardian": "Guardian asked for on 1 March",
    "guardian_not_implicated": True,
    "child_view": "Wants to stay with the sister.",
}


def test_a_childs_best_interests_carry(house, register):
    _, package = send(house, register(path="child", age=15), None, **WEIGHED)
    assert reaches(house.shelter_worker, package) is True


@pytest.mark.parametrize(
    ("missing", "message"),
    [
        ({"reason": "because"}, "interests that were weighed"),
        ({"child_view": "  "}, "view of the child"),
        ({"guardian": ""}, "neither a guardian nor a request"),
        ({"guardian_not_implicated": False}, "not implicated"),
    ],
)
def test_a_childs_best_interests_are_weighed_in_full(house, register, missing, message):
    child = register(path="child", age=15)
    with pytest.raises(Refusal, match=message):
        send(house, child, None, **(WEIGHED | missing))


def test_best_interests_are_not_for_adults(house, person):
    with pytest.raises(Refusal, match="an adult"):
        send(house, person, None, **WEIGHED)


@pytest.mark.parametrize("basis", ["vital_interests", "legal_duty"])
def test_other_bases_need_their_reason(house, person, basis):
    with pytest.raises(Refusal, match="danger or the duty"):
        send(house, person, None, basis=basis, reason="urgent")
    _, package = send(house, person, None, basis=basis, reason="Two men wait outside the facility.")
    assert reaches(house.shelter_worker, package) is True


def test_no_basis_carries_to_migration_enforcement(house, person, given_consent):
    for basis in ("consent", "vital_interests", "legal_duty"):
        with pytest.raises(Refusal, match="ever disclosed"):
            send(
                house,
                person,
                given_consent,
                recipient=house.border,
                purpose="protection",
                basis=basis,
                reason="They insist on it very much.",
            )


def test_consent_of_another_person_does_not_carry(house, register, given_consent):
    with pytest.raises(Refusal, match="no such consent"):
        send(house, register(), given_consent)
