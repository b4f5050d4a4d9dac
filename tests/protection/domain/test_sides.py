"""Each side of a referral changes what is its own: the recipient answers, the sender takes back."""

import pytest
from django.db import DatabaseError

from palermo.protection.domain.referrals import accept_referral, escalate_referral

ACCEPT = "UPDATE protection_referral SET state = 'accepted', answered_at = '2000-01-01', answered_by = NULL"
DECLINE = "UPDATE protection_referral SET state = 'declined', decline_reason = 'no_place'"
DONE = "UPDATE protection_referral SET state = 'done'"
BACK = "UPDATE protection_referral SET state = 'withdrawn'"
ANSWERED = "UPDATE protection_referral SET answered_at = now()"
NOTE = "UPDATE protection_referral SET answer_note = 'We take her on'"
ESCALATED = "UPDATE protection_referral SET escalated_at = now()"


@pytest.fixture
def referral(make):
    return make.referral(make.case())


@pytest.mark.parametrize("statement", [ACCEPT, DECLINE, DONE, ANSWERED, NOTE, ESCALATED])
def test_the_sender_does_not_answer(world, referral, sql_as, statement):
    with pytest.raises(DatabaseError):
        sql_as(world.manager, statement)


@pytest.mark.parametrize("statement", [BACK, DONE, ANSWERED, NOTE, ESCALATED])
def test_the_recipient_does_not_take_back(world, referral, sql_as, statement):
    with pytest.raises(DatabaseError):
        sql_as(world.worker, statement)


def test_the_moment_and_the_member_are_the_databases(world, referral, sql_as, owner_sql):
    assert sql_as(world.worker, ACCEPT) == 1
    query = "SELECT answered_at > now() - interval '1 hour', answered_by FROM protection_referral"
    assert owner_sql(query) == [(True, world.worker.pk)]


def test_no_way_leads_back(world, do, referral, sql_as):
    do(world.worker, accept_referral, referral=referral)
    for who, statement in (
        (world.worker, DECLINE),
        (world.worker, "UPDATE protection_referral SET state = 'sent'"),
        (world.worker, NOTE),
        (world.manager, "UPDATE protection_referral SET state = 'sent'"),
    ):
        with pytest.raises(DatabaseError, match=r"does not go this way|not changed afterwards"):
            sql_as(who, statement)
    assert sql_as(world.manager, BACK) == 1
    for who, statement in ((world.manager, ACCEPT), (world.worker, ACCEPT), (world.worker, DONE)):
        with pytest.raises(DatabaseError, match="does not go this way"):
            sql_as(who, statement)


def test_escalated_once_by_the_sender_when_it_is_due(world, do, referral, later, owner_sql):
    with later(hours=25):
        do(world.manager, escalate_referral, referral=referral)
    assert owner_sql("SELECT escalated_at > due_at FROM protection_referral") == [(True,)]
