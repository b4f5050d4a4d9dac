"""A referral and the work that it leaves for later stand or fall together."""

import pytest

from palermo.office.domain.acting import acting_as
from palermo.office.domain.background import defer
from palermo.office.domain.persons import register_person
from palermo.protection.domain.referrals import Basis, Request, send_referral
from palermo.protection.models import Referral


class Undone(Exception):
    pass


def _refer(world, *, fail):
    with acting_as(world.manager):
        person = register_person(member=world.manager, path="adult", age=30)
        referral = send_referral(
            member=world.manager,
            person=person,
            request=Request(
                recipient=world.agency["shelter"], purpose="accommodation", services=["accommodation"], kinds=["needs"]
            ),
            basis=Basis(basis="vital_interests", reason="There was a threat to life tonight."),
        )
        defer("test.look", referral=referral.id)
        if fail:
            raise Undone
        return referral


@pytest.mark.django_db(transaction=True)
def test_a_referral_that_is_rolled_back_leaves_no_job(world, owner_sql):
    with pytest.raises(Undone):
        _refer(world, fail=True)
    assert owner_sql("SELECT count(*) FROM procrastinate_jobs") == [(0,)]
    assert owner_sql("SELECT count(*) FROM protection_referral") == [(0,)]
    referral = _refer(world, fail=False)
    with acting_as(world.manager):
        assert Referral.objects.get().id == referral.id
    found = owner_sql("SELECT args -> 'ids' ->> 'referral' FROM procrastinate_jobs")
    assert found == [(str(referral.id),)]
