"""Formal identification is decided by the authority that accepted a referral for it, and by nobody who knows an id."""

import pytest
from django.db import DatabaseError

from palermo.protection.domain.identification import appeal_identification, decide_appeal, decide_identification
from palermo.protection.domain.referrals import accept_referral
from palermo.protection.models import Case
from palermo.vocabulary.errors import Refusal

REASON = "The account leaves open who arranged the work."
GROUND = "New documents show who paid the journey."
REFER = """
    INSERT INTO protection_referral (id, person_id, sender_id, recipient_id, purpose, services, urgent, child, state,
        sent_at, due_at, decline_reason, answer_note, package_id, disclosure_id)
    SELECT %(new)s, %(person)s, %(sender)s, %(recipient)s, 'identification', '{identification}', false, false, %(state)s,
        now(), now(), '', '', gen_random_uuid(), %(disclosure)s
"""
DECIDE = """
    INSERT INTO protection_identification (id, referral_id, outcome, reason, decided_by, decided_at, appeal_until,
        appeal_ground, appeal_outcome, appeal_reason)
    VALUES (gen_random_uuid(), %s, %s, 'Forged.', %s, now(), now() + interval '30 days', '', '', '')
"""


@pytest.fixture
def case(make):
    return make.case("Secretname")


@pytest.fixture
def referral(make, case):
    return make.referral(case, "authority", purpose="identification", services=("identification",))


@pytest.fixture
def decided(world, do, referral):
    accepted = do(world.decider, accept_referral, referral=referral)
    return do(world.decider, decide_identification, referral=accepted, outcome="not_identified", reason=REASON)


@pytest.fixture
def state(as_owner, case):
    def read():
        with as_owner():
            return Case.objects.get(pk=case.pk).state

    return read


def test_no_agency_refers_anothers_file(world, case, referral, sql_as):
    """Knowing a file's id is not having the file: the forger cannot even make the referral to decide on."""
    from uuid import uuid4

    for sender, who, status in (
        (world.police, world.police_manager, "accepted"),
        (world.police, world.police_manager, "sent"),
        (world.reception, world.police_manager, "sent"),
        (world.reception, world.manager, "accepted"),
        (world.shelter, world.manager, "sent"),
    ):
        new = uuid4()
        sql_as(who, "SELECT office_claim(%s, 'referral')", [new])
        names = {
            "new": new,
            "person": case.person_id,
            "sender": sender.pk,
            "recipient": world.authority.pk,
            "state": status,
            "disclosure": referral.disclosure_id,
        }
        with pytest.raises(DatabaseError, match="row-level security"):
            sql_as(who, REFER, names)


def test_only_the_authority_that_accepted_decides(world, do, referral, sql_as, state):
    with pytest.raises(DatabaseError, match="row-level security"):
        sql_as(world.decider, DECIDE, [referral.pk, "identified", world.decider.pk])
    do(world.decider, accept_referral, referral=referral)
    for who, outcome, by in (
        (world.manager, "identified", world.manager),
        (world.police_manager, "identified", world.police_manager),
        (world.decider, "closed", world.decider),
        (world.decider, "identified", world.second_decider),
    ):
        with pytest.raises(DatabaseError, match="row-level security"):
            sql_as(who, DECIDE, [referral.pk, outcome, by.pk])
    assert sql_as(world.decider, DECIDE, [referral.pk, "identified", world.decider.pk]) == 1
    for who in (world.manager, world.police_manager):
        with pytest.raises(DatabaseError, match="not yours"):
            sql_as(who, "SELECT protection_decided(%s)", [referral.pk])
    assert state() == "presumed"
    sql_as(world.decider, "SELECT protection_decided(%s)", [referral.pk])
    assert state() == "identified"


def test_a_shelter_decides_nothing(world, do, make, case, owner_sql, sql_as, state):
    """Even where a forged row got in: the purpose, the state and the kind of agency are asked again."""
    referral = make.referral(case)
    do(world.worker, accept_referral, referral=referral)
    with pytest.raises(DatabaseError, match="row-level security"):
        sql_as(world.worker, DECIDE, [referral.pk, "identified", world.worker.pk])
    owner_sql(DECIDE, [referral.pk, "identified", world.worker.pk])
    owner_sql("UPDATE protection_referral SET purpose = 'identification'")
    with pytest.raises(DatabaseError, match="no decision on an accepted referral"):
        sql_as(world.worker, "SELECT protection_decided(%s)", [referral.pk])
    assert state() == "presumed"


def test_the_sides_of_an_appeal(world, do, decided, sql_as, state):
    appeal = "UPDATE protection_identification SET appealed_at = now(), appeal_ground = 'x'"
    decide = "UPDATE protection_identification SET appeal_outcome = 'identified', appeal_decided_at = now()"
    for who, statement in (
        (world.second_decider, appeal),
        (world.manager, decide),
        (world.second_decider, decide),
    ):
        with pytest.raises(DatabaseError, match="appeal"):
            sql_as(who, statement)
    do(world.manager, appeal_identification, decision=decided, ground=GROUND)
    assert state() == "appealed"
    for who, statement in ((world.manager, appeal), (world.manager, decide), (world.decider, decide)):
        with pytest.raises(DatabaseError, match="appeal"):
            sql_as(who, statement)
    assert sql_as(world.second_decider, decide) == 1


def test_one_appeal_and_one_decision_on_it(world, do, decided, state):
    do(world.manager, appeal_identification, decision=decided, ground=GROUND)
    with pytest.raises(Refusal, match="already"):
        do(world.manager, appeal_identification, decision=decided, ground=GROUND)
    decided.appealed_at = decided.decided_at
    do(world.second_decider, decide_appeal, decision=decided, outcome="identified", reason=GROUND)
    with pytest.raises(Refusal, match="decided already"):
        do(world.second_decider, decide_appeal, decision=decided, outcome="not_identified", reason=GROUND)
    assert state() == "identified"
