"""Every overdue referral is tried: one that cannot be escalated holds up no other, and is told of."""

import pytest

from palermo.office.domain.persons import register_person
from palermo.protection.domain.escalation import escalate_overdue
from palermo.protection.domain.referrals import Basis, Request, accept_referral, send_referral
from palermo.vocabulary.errors import Refusal

ESCALATED = "SELECT id FROM protection_referral WHERE escalated_at IS NOT NULL"


@pytest.fixture
def send(world, do):
    def sent(member):
        return do(
            member,
            send_referral,
            person=do(member, register_person, path="adult", age=30),
            request=Request(world.shelter, "accommodation", ["accommodation"], ["needs"], urgent=True),
            basis=Basis("vital_interests", reason="There was a threat to life tonight."),
        )

    return sent


def test_a_refusal_holds_up_no_other_and_is_reported(world, send, later, owner_sql):
    stuck, sound = send(world.police_manager), send(world.manager)
    owner_sql("UPDATE office_member SET roles = '{}' WHERE kind = 'system' AND agency_id = %s", [world.police.pk])
    told = f"referral {stuck.id}: 1 of 2 overdue questions could not be escalated: the automatic hand"
    with later(hours=30), pytest.raises(Refusal, match=told):
        escalate_overdue()
    assert owner_sql(ESCALATED) == [(sound.id,)]


def test_what_was_answered_is_let_be_and_nothing_is_escalated_twice(world, do, send, later, owner_sql):
    answered, late = send(world.manager), send(world.manager)
    do(world.worker, accept_referral, referral=answered)
    with later(hours=30):
        assert (escalate_overdue(), escalate_overdue()) == (1, 0)
    assert owner_sql(ESCALATED) == [(late.id,)]
