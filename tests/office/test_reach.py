"""Reach is given by the owner's verbs on a lawful basis, and by nothing that SQL can say."""

from contextlib import suppress
from uuid import uuid4

import psycopg
import pytest

from palermo.office.domain.acting import acting_as
from palermo.office.domain.consent import give_consent
from palermo.office.domain.disclosure import disclose, share
from palermo.office.domain.emergency import open_emergency
from palermo.office.domain.persons import claim
from palermo.office.domain.reach import Unexplained, check_reach
from palermo.office.models import Reach


def refused(raw, enter, member, statement, values=(), error=psycopg.errors.InsufficientPrivilege):
    with pytest.raises(error) as caught, enter(raw, member):
        raw.execute(statement, values)
    return str(caught.value)


def reach_of(owner_sql):
    return owner_sql("SELECT agency_id, object_id, kind, writes, until, ground FROM office_reach ORDER BY id")


WIDENINGS = [
    "INSERT INTO office_reach (id, agency_id, object_id, kind, writes, until, ground, granted_at) SELECT gen_random_uuid(), %(mine)s, %(file)s, 'person', true, '9999-12-31', 'owner', now()",
    "UPDATE office_reach SET agency_id = %(mine)s, object_id = %(file)s",
    "UPDATE office_reach SET until = 'infinity'",
    "DELETE FROM office_reach",
    "SELECT office_claim(%(file)s, 'person')",
    "SELECT office_claim(%(file)s, 'package')",
    "SELECT office_share(%(disclosure)s, %(file)s, 'package')",
    "SELECT office_share(gen_random_uuid(), %(file)s, 'person')",
    "SELECT office_withdraw(%(consent)s)",
    "SELECT office_access_report(%(file)s)",
    "SELECT office_unlawful(d) FROM office_disclosure d",
    "UPDATE office_member SET agency_id = %(theirs)s WHERE id = %(me)s",
    "UPDATE office_member SET roles = '{case_manager,administrator}' WHERE id = %(me)s",
    "UPDATE office_member SET is_active = true",
    "INSERT INTO office_member SELECT * FROM office_member",
    "DELETE FROM office_member",
    "UPDATE office_agency SET kind = 'health', purposes = '{protection}'",
    "INSERT INTO office_agency SELECT * FROM office_agency",
    "INSERT INTO office_logline SELECT * FROM office_logline",
    "UPDATE office_logline SET verb = 'x'",
    "DELETE FROM office_logline",
    "UPDATE office_chainhead SET seq = 0",
    "INSERT INTO office_personevent SELECT * FROM office_personevent",
    "DELETE FROM office_personevent",
    "UPDATE office_person SET agency_id = %(mine)s",
    "UPDATE office_person SET code = 'AAA-AAAA'",
    "DELETE FROM office_person",
    "UPDATE office_consent SET expires_at = 'infinity', withdrawn_at = NULL",
    "UPDATE office_disclosure SET kinds = '{identity,contact,health}'",
    "UPDATE office_emergencyopening SET until = 'infinity'",
    "INSERT INTO office_emergencyopening SELECT * FROM office_emergencyopening",
    "DELETE FROM office_search",
    "TRUNCATE office_search",
    "SELECT office_appoint(gen_random_uuid(), 'x', 'x', '{case_manager}', 'x')",
    "SELECT office_dismiss(%(them)s)",
    "SELECT office_renew(%(them)s, 'x')",
    "SELECT office_administered()",
    "SET ROLE palermo_owner",
    "SET SESSION AUTHORIZATION palermo_owner",
    "ALTER TABLE office_reach DISABLE ROW LEVEL SECURITY",
    "CREATE OR REPLACE FUNCTION office_me() RETURNS uuid LANGUAGE sql AS 'SELECT NULL::uuid'",
]


def test_sql_widens_nothing(as_app, house, person, enter, owner_sql):
    consent, disclosure = consented(house, person)
    before = reach_of(owner_sql)
    names = {
        "mine": house.police.id,
        "theirs": house.reception.id,
        "me": house.police_manager.id,
        "them": house.reception_responder.id,
        "file": person.id,
        "consent": consent.id,
        "disclosure": disclosure.id,
    }
    let_through = []
    for statement in WIDENINGS:
        with suppress(psycopg.errors.InsufficientPrivilege), enter(as_app, house.police_manager):
            as_app.execute(statement, names)
            let_through.append(statement)
    assert let_through == []
    assert reach_of(owner_sql) == before


def consented(house, person, **values):
    me = house.reception_responder
    what = {"recipient": house.shelter, "purpose": "accommodation", "kinds": ["needs"]}
    with acting_as(me):
        consent = give_consent(member=me, person=person, language="bul", how="spoken", **what)
        return consent, disclose(member=me, person=person, basis="consent", consent=consent, **(what | values))


def test_updates_that_are_allowed_touch_no_other_agency(as_app, house, person, enter, owner_sql):
    """Without WHERE no reading policy is asked: the writing one must hold alone."""
    with acting_as(house.reception_responder):
        from palermo.office.domain.rights_of_person import ask_right

        ask_right(member=house.reception_responder, person=person, kind="access", words="What do you know of me?")
    for statement in (
        "UPDATE office_notice SET read_at = now()",
        "UPDATE office_rightsrequest SET answered_at = now(), answer = 'done'",
        "UPDATE office_emergencyopening SET reviewed_at = now(), review = 'fine'",
        "UPDATE office_person SET age = 99",
        "UPDATE office_sealedidentity SET sealed = 'x'",
        "DELETE FROM office_blindtoken",
    ):
        with enter(as_app, house.police_dpo):
            assert as_app.execute(statement).rowcount == 0, statement
        with enter(as_app, house.police_manager):
            assert as_app.execute(statement).rowcount == 0, statement


def test_no_row_is_made_in_anothers_name(as_app, house, person, enter, owner_sql):
    new = uuid4()
    theirs = {
        "new": new,
        "theirs": house.reception.id,
        "mine": house.police.id,
        "file": person.id,
        "me": house.police_manager.id,
    }
    insert = (
        "INSERT INTO office_person (id, agency_id, code, path, sex, citizenship, language, arrived_at, created_at)"
        " VALUES (%(new)s, %({})s, 'ZZZ-ZZZZ', 'adult', 'female', '', '', now(), now())"
    )
    claim_ = "SELECT office_claim(%(new)s, 'person')"
    refused(
        as_app,
        enter,
        house.police_manager,
        f"WITH c AS ({claim_}) {insert.format('theirs').replace('VALUES (', 'SELECT ').removesuffix(')')} FROM c",
        theirs,
    )
    with enter(as_app, house.police_manager):
        as_app.execute(claim_, theirs)
        as_app.execute(insert.format("mine"), theirs)
    for agency, file in (("theirs", "new"), ("mine", "file")):
        refused(
            as_app,
            enter,
            house.police_manager,
            f"INSERT INTO office_blindtoken VALUES (gen_random_uuid(), 'name', 'x', %({agency})s, %({file})s)",
            theirs,
        )


def test_a_colleague_without_a_desk_reaches_no_file(house, person):
    from palermo.office.models import Person

    seen = {}
    for name in (
        "reception_responder",
        "reception_manager",
        "reception_dpo",
        "reception_admin",
        "national_co_ordinator",
    ):
        with acting_as(getattr(house, name)):
            seen[name] = Person.objects.count()
    assert seen == {
        "reception_responder": 1,
        "reception_manager": 1,
        "reception_dpo": 0,
        "reception_admin": 0,
        "national_co_ordinator": 0,
    }


@pytest.fixture
def bare(monkeypatch):
    """Packages and referrals without the records that protection keeps behind them."""
    from palermo.office.domain import reach

    monkeypatch.setattr(reach, "OWNED", {"person": reach.OWNED["person"]})
    monkeypatch.setattr(reach, "SHARED", {})


def shared(house, person):
    consent, disclosure = consented(house, person)
    with acting_as(house.reception_responder):
        package, referral = uuid4(), uuid4()
        for thing, kind in ((package, "package"), (referral, "referral")):
            claim(thing, kind)
            share(disclosure=disclosure, object_id=thing, kind=kind)
    return consent, disclosure, package, referral


def test_a_share_reaches_the_recipient_alone(house, person):
    _, disclosure, package, referral = shared(house, person)
    with acting_as(house.shelter_worker):
        assert {(row.object_id, row.kind, row.writes, row.ground) for row in Reach.objects.all()} == {
            (package, "package", False, str(disclosure.id)),
            (referral, "referral", True, str(disclosure.id)),
        }
    with acting_as(house.police_manager):
        assert Reach.objects.count() == 0


def test_recipient_cannot_pass_it_on(as_app, house, person, enter):
    _, disclosure, package, _ = shared(house, person)
    for statement in ("SELECT office_share(%(d)s, %(p)s, 'package')", "SELECT office_claim(%(p)s, 'package')"):
        refused(as_app, enter, house.shelter_manager, statement, {"d": disclosure.id, "p": package})


def test_check_reach_explains_what_the_verbs_gave(bare, house, person, as_owner):
    shared(house, person)
    with acting_as(house.police_manager):
        open_emergency(member=house.police_manager, code=person.code, reason="A threat to life was reported tonight.")
    with as_owner():
        assert check_reach(using="default") == []


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (
            "INSERT INTO office_reach VALUES (gen_random_uuid(), %(file)s, 'person', false, '9999-12-31', 'owner', now(), %(police)s)",
            [("police", "owner")],
        ),
        (
            "INSERT INTO office_reach VALUES (gen_random_uuid(), %(package)s, 'package', false, '9999-12-31', %(disclosure)s, now(), %(police)s)",
            [("police", "disclosure")],
        ),
        ("UPDATE office_consent SET withdrawn_at = now()", [("shelter", "disclosure")]),
        ("UPDATE office_disclosure SET purpose = 'investigation'", [("shelter", "disclosure")]),
        (
            "UPDATE office_reach SET writes = true WHERE kind = 'package' AND ground <> 'owner'",
            [("shelter", "disclosure")],
        ),
        ("UPDATE office_agency SET purposes = '{}' WHERE id = %(shelter)s", [("shelter", "disclosure")]),
    ],
)
def test_check_reach_names_what_nothing_explains(bare, house, person, as_owner, owner_sql, change, expected):
    _, disclosure, package, _ = shared(house, person)
    names = {
        "police": house.police.id,
        "shelter": house.shelter.id,
        "file": person.id,
        "package": package,
        "disclosure": str(disclosure.id),
    }
    owner_sql(change, names)
    with as_owner():
        found = check_reach(using="default")
    assert [type(row) for row in found] == [Unexplained] * len(expected)
    grounds = {"owner": "owner", "disclosure": str(disclosure.id)}
    assert [(row.agency_id, row.ground) for row in found] == [
        (names[agency], grounds[ground]) for agency, ground in expected
    ]
