"""Victims are linked by consent, charged after a decision alone, and warned of a release without being named."""

import datetime as dt
from pathlib import Path

import pytest
from records import do

from palermo.office.domain.acting import acting_as
from palermo.office.domain.consent import withdraw_consent
from palermo.office.domain.rights import NotAllowed
from palermo.office.models import Notice
from palermo.prosecution.domain.links import end_link, link_victim
from palermo.prosecution.domain.parties import add_party, change_party
from palermo.prosecution.domain.proceedings import decide_non_punishment, record_step
from palermo.prosecution.models import VictimLink
from palermo.prosecution.queries.links import offers, standing
from palermo.vocabulary.errors import Refusal

TODAY = dt.datetime.now(tz=dt.UTC).date()
DOMAIN = Path(__file__).resolve().parents[3] / "src" / "palermo" / "prosecution" / "domain"


@pytest.fixture
def referred(make, house):
    """A referral for investigation to the special unit, on consent."""
    return make.referral(make.case(), "police", purpose="investigation", services=("police_protection",))


@pytest.fixture
def linked(case_of, referred):
    case = case_of()
    case.link = do(case.member, link_victim, party=case.victim, referral_id=referred.pk)
    return case


def live(case):
    with acting_as(case.member):
        return bool(standing(VictimLink.objects.all())[case.link.pk])


def safety_notices(house):
    with acting_as(house.reception_manager):
        return list(Notice.objects.filter(kind="safety").values_list("about_id", "text"))


def test_only_a_referral_for_investigation_can_be_linked(case_of, make, desk):
    case = case_of()
    other = make.referral(make.case("Elsewhere"), "police", purpose="protection", services=("police_protection",))
    with acting_as(case.member):
        assert offers() == []
    with pytest.raises(Refusal):
        do(case.member, link_victim, party=case.victim, referral_id=other.pk)


def test_another_agencys_referral_is_neither_seen_nor_linked(case_of, desk, referred):
    case = case_of(desk.service)
    with acting_as(desk.service):
        assert offers() == []
    with pytest.raises(Refusal):
        do(desk.service, link_victim, party=case.victim, referral_id=referred.pk)


def test_who_is_no_victim_is_not_linked(case_of, referred):
    case = case_of()
    with pytest.raises(Refusal):
        do(case.member, link_victim, party=case.controller, referral_id=referred.pk)


def test_withdrawn_consent_makes_the_link_dark(linked, house, referred):
    from palermo.office.models import Consent

    assert live(linked)
    with acting_as(house.manager):
        consent = Consent.objects.get()
    do(house.manager, withdraw_consent, consent=consent)
    assert not live(linked)
    _step, warned = do(linked.member, record_step, party=linked.controller, kind="bail", on=TODAY)
    assert warned == 0
    assert safety_notices(house) == []


def test_a_child_is_linked_on_its_best_interests(case_of, make):
    case = case_of()
    child = make.case("Minor", age=12, path="child")
    referral = make.referral(child, "police", purpose="investigation", services=("police_protection",))
    assert do(case.member, link_victim, party=case.victim, referral_id=referral.pk).referral_id == referral.pk


@pytest.mark.parametrize("kind", ["bail", "released"])
def test_a_release_warns_those_who_protect_and_names_nobody(linked, house, referred, kind):
    step, warned = do(linked.member, record_step, party=linked.controller, kind=kind, on=TODAY, note="Surety")
    assert (step.kind, warned) == (kind, 1)
    assert safety_notices(house) == [(referred.pk, "")]


def test_detention_and_an_ended_link_warn_nobody(linked, house):
    assert do(linked.member, record_step, party=linked.controller, kind="detained", on=TODAY)[1] == 0
    do(linked.member, end_link, link=linked.link)
    assert do(linked.member, record_step, party=linked.controller, kind="released", on=TODAY)[1] == 0
    assert safety_notices(house) == []


def test_protection_reads_nothing_of_the_link(linked, house):
    """Neither the agency that referred nor the case workers of the unit itself see that a link exists."""
    for member in (house.manager, house.police_manager, house.co_ordinator):
        with acting_as(member):
            assert (list(VictimLink.objects.all()), offers()) == ([], [])


def test_a_suspect_who_is_a_victim_is_not_charged_before_a_decision(case_of):
    case = case_of()
    both = do(
        case.member, change_party, party=case.victim, roles=["victim", "front"], age="adult", consent_claimed=False
    )
    with pytest.raises(Refusal, match="nobody has decided"):
        do(case.member, record_step, party=both, kind="charged", on=TODAY)
    reason = "Held by debt and by threats against her sister."
    do(case.member, decide_non_punishment, party=both, decision="not_punished", reason=reason)
    with pytest.raises(Refusal, match="compelled"):
        do(case.member, record_step, party=both, kind="charged", on=TODAY)
    reason = "The offence began a year after she had left and was helped."
    do(case.member, decide_non_punishment, party=both, decision="not_compelled", reason=reason)
    assert do(case.member, record_step, party=both, kind="charged", on=TODAY)[0].kind == "charged"


def test_steps_follow_each_other_and_time(case_of):
    case = case_of()
    do(case.member, record_step, party=case.controller, kind="charged", on=TODAY - dt.timedelta(days=9))
    for kind, on in (
        ("guilty", TODAY),
        ("indicted", TODAY - dt.timedelta(days=10)),
        ("indicted", TODAY + dt.timedelta(days=1)),
    ):
        with pytest.raises(Refusal):
            do(case.member, record_step, party=case.controller, kind=kind, on=on)
    with pytest.raises(Refusal, match="no proceedings"):
        do(case.member, record_step, party=case.victim, kind="charged", on=TODAY)


@pytest.mark.parametrize("name", ["responder", "police_manager", "police_dpo", "co_ordinator", "officer"])
def test_no_other_role_does_any_of_it(house, case_of, name):
    case = case_of()
    with pytest.raises(NotAllowed):
        do(getattr(house, name), add_party, investigation=case.it, name="Anybody", roles=["witness"])


def test_an_investigator_elsewhere_investigates_nothing(desk):
    from palermo.prosecution.domain.investigations import open_investigation

    with pytest.raises(NotAllowed):
        do(desk.elsewhere, open_investigation, title="Operation Nowhere")


def test_nothing_of_the_room_notifies_anybody_but_for_safety():
    """No verb can tip off a subject: the only messages that leave are safety notices, and nothing writes mail."""
    told = {path.name: path.read_text(encoding="utf-8").count("notify(") for path in DOMAIN.glob("*.py")}
    assert {name: count for name, count in told.items() if count} == {"proceedings.py": 1}
    assert "kind=NoticeKind.SAFETY" in (DOMAIN / "proceedings.py").read_text(encoding="utf-8")
