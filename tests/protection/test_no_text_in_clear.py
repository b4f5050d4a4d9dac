"""What people write about a person stands in clear in no table, history or log: looked for in a dump of everything."""

import pytest
from django.apps import apps
from django.db import models

from palermo.office.domain import consent, emergency, persons, rights_of_person, search
from palermo.office.methods.identity import Identity
from palermo.office.models import EmergencyOpening, Member
from palermo.office.models.sealed import sealed_columns
from palermo.protection.domain import cases, concerns, guardians, identification, referrals, screenings, services
from palermo.protection.methods.forms import load_conditions
from palermo.protection.models import Concern, Identification, Risk
from palermo.protection.queries.timeline import timeline

#: In everything that is written below.
MARK = "Glimmerstone"
ROOMS = ("office", "protection")
#: Text without a list of choices that may stand in clear: codes, ids, names of agencies and of those who work there.
CLEAR = {
    "office_agency": {"name", "state", "offers", "phone"},
    "office_blindtoken": {"kind"},
    "office_consent": {"language"},
    "office_logline": {"verb", "purpose", "body"},
    "office_member": {"password", "username", "name", "email"},
    "office_notice": {"text"},
    "office_person": {"code", "citizenship", "language"},
    "office_reach": {"ground"},
    "office_site": {"name"},
    "protection_answer": {"question"},
    "protection_case": {"ground"},
    "protection_concern": {"profession", "signs"},
    "protection_guardianrequest": {"code", "language"},
    "protection_screening": {"form", "form_version", "conditions", "language", "reasons", "rules_version"},
}


def said(what):
    return f"{MARK} of the {what}, as it was told"


@pytest.fixture
def written(house, make, do, owner_sql):
    """Every free text of the main job, written through its verb."""
    manager, decider, dpo = house.manager, house.decider, house.reception_dpo
    person = make.person(MARK)
    conditions = [c.code for c in load_conditions() if "adult" in c.paths]
    screening = do(
        manager,
        screenings.start_screening,
        person=person,
        form="intake",
        conditions=conditions,
        language="ara",
        interpreter=said("interpreter"),
    )
    do(manager, screenings.finish_screening, screening=screening)
    case = do(
        manager,
        screenings.judge_presumption,
        screening=screening,
        judgement="presumed",
        reason=said("judgement"),
    )
    risk = do(manager, cases.add_risk, case=case, kind="threats", note=said("risk"))
    do(manager, cases.resolve_risk, risk=risk, resolution=said("resolution"))
    service = do(manager, services.plan_service, case=case, kind="health", provider=house.clinic)
    do(manager, services.move_service, service=service, state="ended", result=said("result"))
    refused, asked = (
        make.referral(case),
        make.referral(case, "authority", purpose="identification", kinds=("identity",)),
    )
    do(house.worker, referrals.decline_referral, referral=refused, reason="other", note=said("decline"))
    asked = do(decider, referrals.accept_referral, referral=asked, note=said("answer"))
    decision = do(
        decider,
        identification.decide_identification,
        referral=asked,
        outcome="not_identified",
        reason=said("decision"),
    )
    do(manager, identification.appeal_identification, decision=decision, ground=said("appeal"))
    do(manager, lambda **_: decision.refresh_from_db())
    do(
        house.second_decider,
        identification.decide_appeal,
        decision=decision,
        outcome="identified",
        reason=said("appeal decision"),
    )
    do(decider, referrals.finish_referral, referral=asked, note=said("end"))
    given = do(
        manager,
        consent.give_consent,
        person=person,
        recipient=house.shelter,
        purpose="accommodation",
        kinds=("needs",),
        language="ara",
        how=said("way of consent"),
        interpreter=said("interpreter"),
    )
    do(manager, consent.withdraw_consent, consent=given)
    right = do(manager, rights_of_person.ask_right, person=person, kind="complaint", words=said("complaint"))
    do(dpo, rights_of_person.answer_right, request=right, answer=said("answer"))
    do(manager, search.search_before_create, identity=Identity(family_name=MARK), reason=said("search"))
    do(house.police_manager, emergency.open_emergency, code=person.code, reason=said("emergency"))
    opening = EmergencyOpening(pk=owner_sql("SELECT id FROM office_emergencyopening")[0][0], person_id=person.pk)
    do(dpo, emergency.review_emergency, opening=opening, review=said("review"))
    account = concerns.Account(seen=said("concern"), contact=said("contact"))
    pk, receipt = do_at_the_door(recipient=house.reception, profession="teacher", account=account)
    do(manager, concerns.answer_concern, concern=Concern(pk=pk), told=said("told"))
    child = make.person(MARK, age=12, path="child")
    guardian = do(
        manager,
        guardians.request_guardian,
        person=child,
        asked_of=house.children,
        companion_checked=True,
        child_view=said("child"),
    )
    do(house.child_worker, guardians.note_guardian, request=guardian, guardian=said("guardian"))
    do(manager, cases.close_case, case=case, reason=said("closing"))
    do(manager, persons.read_identity, person=person)
    return person, case, receipt


def do_at_the_door(**arguments):
    from palermo.office.domain.acting import acting_as

    with acting_as(None):
        return concerns.raise_concern(**arguments)


def test_nothing_written_stands_in_clear_in_any_table_history_or_log(written, owner_sql):
    tables = [name for (name,) in owner_sql("SELECT oid::regclass::text FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace")]  # fmt: skip
    rows = [(table, row) for table in tables for (row,) in owner_sql(f"SELECT t::text FROM {table} t")]
    assert len(rows) > 100
    known = [MARK.lower(), MARK.encode().hex(), MARK.lower().encode().hex()]
    assert [table for table, row in rows if any(form in row.lower() for form in known)] == []
    for table, _, column in sealed_columns():
        if table.startswith(ROOMS):
            assert owner_sql(f"SELECT count(*) > 0 FROM {table} WHERE length({column}) >= 100") == [(True,)], column


def test_nor_in_the_servers_own_log(written):
    from palermo.web.database import server

    cluster = server().embedded
    if cluster is None:
        pytest.skip("this server's log is not ours to read")
    assert MARK.encode() not in cluster.log.read_bytes()


def test_whoever_may_reads_it_as_it_was_written(written, house, do):
    person, case, receipt = written

    def read(member):
        risk, decision = Risk.objects.get(case=case), Identification.objects.get()
        return {
            "note": risk.note,
            "resolution": risk.resolution,
            "reason": decision.reason,
            "ground": decision.appeal_ground,
        }

    assert do(house.manager, read) == {
        "note": said("risk"),
        "resolution": said("resolution"),
        "reason": said("decision"),
        "ground": said("appeal"),
    }
    assert concerns.concern_status(receipt=receipt).told == said("told")
    assert do(house.manager, lambda **_: [h for h in timeline(person.pk) if MARK in h.about + h.detail]) == []


def test_no_new_text_escapes_unseen():
    found = {}
    for model in apps.get_models():
        if model._meta.app_label in ROOMS and not model.__name__.endswith("Event"):
            text = {
                field.column
                for field in model._meta.local_concrete_fields
                if isinstance(field, models.CharField | models.TextField | models.JSONField) and not field.choices
            }
            found |= {model._meta.db_table: text} if text else {}
    assert found == CLEAR


def test_histories_hold_no_sealed_text(db):
    histories = [model for model in apps.get_models() if hasattr(model, "pgh_tracked_model")]
    sealed = {(table, column) for table, _, column in sealed_columns()}
    assert len(histories) > 8
    assert sealed & {(m._meta.db_table, f.column) for m in histories for f in m._meta.local_concrete_fields} == set()
    assert Member not in histories
