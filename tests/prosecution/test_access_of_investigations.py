"""Who meets an investigation in SQL: the investigators of its agency. The catalogue says which tables to ask."""

import psycopg
import pytest
from hunting import Hunt

from palermo.office.domain.acting import acting_as
from palermo.prosecution.domain.investigations import KINDS


@pytest.fixture
def filled(case_of, statements_in, work, desk):
    """An investigation of the unit with statements, a ledger, an asset that was shared; and the tables of the room."""
    from records import do

    from palermo.prosecution.domain.books import ask_book

    case = case_of()
    statements_in(case)
    do(case.member, ask_book, investigation=case.it)
    work()
    hunt = Hunt(case)
    van = hunt.take(hunt.asset("9000", account="GR1601101250000000012300695"))
    hunt.claim("1000", approved="1000")
    hunt.share({van: "1200"})
    return case


def tables(owner_sql):
    return [
        name
        for (name,) in owner_sql("SELECT relname FROM pg_class WHERE relkind = 'r' AND relname ~ '^prosecution_'")
        if owner_sql(f"SELECT count(*) FROM {name}")[0][0]
    ]


def seen(member, names):
    from django.db import connection

    with acting_as(member), connection.cursor() as cursor:
        found = {}
        for name in names:
            cursor.execute(f"SELECT count(*) FROM {name}")
            found[name] = cursor.fetchone()[0]
    return {name: count for name, count in found.items() if count}


def test_the_agencys_investigators_see_it_and_nobody_else(filled, desk, house, owner_sql):
    names = tables(owner_sql)
    assert len(names) > 24
    assert set(seen(desk.unit, names)) == set(names)
    others = (desk.service, desk.elsewhere, house.police_manager, house.police_dpo, house.manager, house.co_ordinator)
    assert {member.username: seen(member, names) for member in others} == {m.username: {} for m in others}


@pytest.mark.django_db(transaction=True)
def test_sql_with_a_live_pass_writes_into_no_other_agencys_investigation(as_app, filled, desk, enter, owner_sql):
    for statement in (
        "UPDATE prosecution_investigation SET state = 'closed'",
        "UPDATE prosecution_party SET roles = '{witness}'",
        "UPDATE prosecution_evidenceitem SET disclosure = 'disclosed'",
        "UPDATE prosecution_asset SET state = 'released'",
        "UPDATE prosecution_victimclaim SET approved = 0",
        "UPDATE prosecution_share SET paid_on = current_date",
    ):
        with enter(as_app, desk.service):
            assert as_app.execute(statement).rowcount == 0
    insert = (
        'INSERT INTO prosecution_step (id, agency_id, investigation_id, party_id, kind, "on", court, note, recorded_at,'
        " recorded_by) SELECT gen_random_uuid(), %s, %s, %s, 'charged', current_date, '', '', now(), %s"
    )
    values = [filled.it.agency_id, filled.it.pk, filled.controller.pk, desk.service.pk]
    with pytest.raises(psycopg.errors.InsufficientPrivilege), enter(as_app, desk.service):
        as_app.execute(insert, values)


@pytest.mark.django_db(transaction=True)
def test_a_link_without_a_standing_basis_is_refused_by_the_database(as_app, filled, desk, enter, make):
    other = make.referral(make.case("Elsewhere"), "police", purpose="protection", services=("police_protection",))
    insert = (
        "INSERT INTO prosecution_victimlink (id, agency_id, investigation_id, party_id, referral_id, linked_at, linked_by)"
        " SELECT gen_random_uuid(), %s, %s, %s, %s, now(), %s"
    )
    values = [filled.it.agency_id, filled.it.pk, filled.victim.pk, other.pk, desk.unit.pk]
    with pytest.raises(psycopg.errors.InsufficientPrivilege), enter(as_app, desk.unit):
        as_app.execute(insert, values)


def test_no_name_and_no_account_is_in_clear(filled, owner_sql):
    for name in tables(owner_sql):
        text = str(owner_sql(f"SELECT t::text FROM {name} t"))
        assert [word in text for word in ("Zorvath", "GR16", "own.csv", "grey van")] == [False] * 4, name


def test_the_desk_in_sql_is_the_desk_in_python(owner_sql, keys):
    import re

    body = owner_sql("SELECT prosrc FROM pg_proc WHERE proname = 'prosecution_desk'")[0][0]
    assert set(re.findall(r"'(\w+)'", body.split(" IN ")[1].split(")")[0])) == {str(kind) for kind in KINDS}
