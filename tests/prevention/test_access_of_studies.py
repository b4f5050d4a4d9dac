"""Who meets a study in SQL: the analysts of its office. The catalogue says which tables to ask."""

import psycopg
import pytest
from records import do

from palermo.office.domain.acting import acting_as
from palermo.prevention.domain.estimates import ask_estimate

PUBLISHED = {"prevention_publishedestimate", "prevention_publictable"}


@pytest.fixture
def filled(study_by, lists_in, analysts, work):
    """A study with lists and a run."""
    study = study_by()
    do(analysts.rapporteur, ask_estimate, table=lists_in(study), methods=["stepwise"], resamples=100)
    work()
    return study


def tables(owner_sql):
    return [
        name
        for (name,) in owner_sql("SELECT relname FROM pg_class WHERE relkind = 'r' AND relname ~ '^prevention_'")
        if owner_sql(f"SELECT count(*) FROM {name}")[0][0]
    ]


def seen(member, names):
    from django.db import connection

    found = {}
    for name in names:
        with acting_as(member), connection.cursor() as cursor:
            cursor.execute(f"SELECT count(*) FROM {name}")
            found[name] = cursor.fetchone()[0]
    return {name: count for name, count in found.items() if count}


def test_the_offices_analysts_see_it_and_nobody_else(filled, analysts, house, owner_sql):
    names = tables(owner_sql)
    assert len(names) > 5
    assert set(seen(analysts.rapporteur, names)) == set(names)
    others = (analysts.elsewhere, house.co_ordinator, house.manager, house.police_dpo)
    assert {member.username: seen(member, names) for member in others} == {m.username: {} for m in others}


@pytest.mark.django_db(transaction=True)
def test_sql_with_a_live_pass_writes_into_no_other_offices_study(as_app, filled, analysts, enter):
    for statement in (
        "UPDATE prevention_study SET state = 'closed'",
        "UPDATE prevention_listtable SET withdrawn_at = now()",
        "UPDATE prevention_run SET state = 'failed'",
    ):
        with enter(as_app, analysts.elsewhere):
            assert as_app.execute(statement).rowcount == 0
    insert = (
        "INSERT INTO prevention_budget (id, agency_id, study_id, epsilon, delta, rho, reason, set_at, set_by)"
        " SELECT gen_random_uuid(), %s, %s, 4, 1e-6, 0.1, '', now(), %s"
    )
    values = [filled.agency_id, filled.pk, analysts.elsewhere.pk]
    with pytest.raises(psycopg.errors.InsufficientPrivilege), enter(as_app, analysts.elsewhere):
        as_app.execute(insert, values)


@pytest.mark.django_db(transaction=True)
def test_counts_and_answers_are_not_changed_by_their_own_office(as_app, filled, analysts, enter):
    for statement in (
        "UPDATE prevention_listtable SET groups = '[]'",
        "UPDATE prevention_runpart SET told = '{}'",
        "UPDATE prevention_run SET asked = '{}'",
        "DELETE FROM prevention_runpart",
    ):
        with pytest.raises(psycopg.errors.InsufficientPrivilege), enter(as_app, analysts.rapporteur):
            as_app.execute(statement)


@pytest.mark.django_db(transaction=True)
def test_the_public_login_reads_what_is_published_alone(as_door, filled, owner_sql):
    for name in tables(owner_sql):
        if name in PUBLISHED:
            assert as_door.execute(f"SELECT count(*) FROM {name}").fetchone() == (0,)
        else:
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                as_door.execute(f"SELECT count(*) FROM {name}")
