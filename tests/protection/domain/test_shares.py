"""A package is shared on the disclosure of its own referral, and on no other."""

from uuid import uuid4

import pytest
from django.db import DatabaseError

from palermo.office.domain.reach import check_reach

SHARE = "SELECT office_share(%s, %s, %s)"
PACKAGE = "INSERT INTO protection_package (id, referral_id, kinds, sealed) VALUES (%s, %s, %s, 'x')"
MOVE = "UPDATE office_reach SET object_id = %s WHERE agency_id = %s AND kind = %s"


@pytest.fixture
def two(make):
    """One person, two referrals: little to the shelter, much to the clinic."""
    case = make.case("Secretname")
    little = make.referral(case, kinds=("profile",))
    much = make.referral(
        case, "clinic", purpose="health_care", services=("health",), kinds=("identity", "health", "profile")
    )
    return little, much


@pytest.mark.parametrize("kind", ["package", "referral"])
def test_a_package_does_not_go_out_on_another_disclosure(world, two, sql_as, owner_sql, kind):
    little, much = two
    before = owner_sql("SELECT count(*) FROM office_reach")
    thing = much.package_id if kind == "package" else much.id
    with pytest.raises(DatabaseError, match="not that of the referral"):
        sql_as(world.manager, SHARE, [little.disclosure_id, thing, kind])
    assert owner_sql("SELECT count(*) FROM office_reach") == before


def test_a_second_package_is_not_hung_on_a_referral(world, two, sql_as):
    little, _ = two
    new = uuid4()
    sql_as(world.manager, "SELECT office_claim(%s, 'package')", [new])
    with pytest.raises(DatabaseError, match="not that of the referral"):
        sql_as(world.manager, PACKAGE, [new, little.id, ["profile"]])


def test_nothing_is_put_where_somebody_looks_already(world, two, sql_as):
    little, _ = two
    new = uuid4()
    sql_as(world.manager, "SELECT office_claim(%s, 'package')", [new])
    sql_as(world.manager, SHARE, [little.disclosure_id, new, "package"])
    with pytest.raises(DatabaseError, match="shared before it was there"):
        sql_as(world.manager, PACKAGE, [new, little.id, ["identity"]])


def test_the_nightly_check_names_what_is_tied_to_another_disclosure(world, two, owner_sql, as_owner):
    _, much = two
    with as_owner():
        assert check_reach(using="default") == []
    owner_sql(MOVE, [much.package_id, world.shelter.pk, "package"])
    owner_sql(MOVE, [much.id, world.shelter.pk, "referral"])
    with as_owner():
        found = {(row.object_id, row.agency_id) for row in check_reach(using="default")}
    assert found == {(much.package_id, world.shelter.pk), (much.id, world.shelter.pk)}
