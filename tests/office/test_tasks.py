"""The queue: deferred with the record or not at all, and closed to everybody but the worker."""

import datetime as dt
import json
from uuid import uuid4

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction

from palermo.office import clock, tasks
from palermo.office.domain.acting import acting_as
from palermo.office.domain.audit import verify_log
from palermo.office.domain.background import defer
from palermo.office.domain.consent import give_consent, withdraw_consent
from palermo.office.domain.expiring import tell_of_expiring_consents
from palermo.office.domain.rights import NotAllowed
from palermo.office.models import Notice
from palermo.vocabulary.errors import Refusal


class Undone(Exception):
    pass


def jobs(owner_sql):
    return owner_sql("SELECT task_name, args FROM procrastinate_jobs ORDER BY id")


def test_work_is_deferred_in_the_name_of_the_agency(house, person, owner_sql):
    with acting_as(house.reception_responder):
        defer("test.look", person=person.id)
    name, args = jobs(owner_sql)[0]
    assert (name, json.loads(args)) == (
        "test.look",
        {"agency": str(house.reception.id), "ids": {"person": str(person.id)}},
    )


def test_what_is_rolled_back_leaves_no_job(house, register, owner_sql):
    with pytest.raises(Undone), transaction.atomic():
        person = register()
        with acting_as(house.reception_responder):
            defer("test.look", person=person.id)
        raise Undone
    assert jobs(owner_sql) == []


@pytest.mark.parametrize(
    "ids", ['{"name": "Ivana Primerova"}', '{"n": 5}', '["a"]', '{"person": {"a": "b"}}', '{"person": null}']
)
def test_arguments_are_ids_and_nothing_else(house, ids):
    with acting_as(house.reception_responder), pytest.raises(DatabaseError), transaction.atomic():
        connection.cursor().execute("SELECT office_defer('test.look', %s::jsonb)", [ids])


def test_without_an_agency_nothing_is_deferred(house):
    for member in (None, house.border_officer):
        with acting_as(member), pytest.raises((DatabaseError, NotAllowed)), transaction.atomic():
            defer("test.look", person=uuid4())


def test_the_application_cannot_look_into_the_queue(house, enter, as_app, owner_sql):
    tables = [row[0] for row in owner_sql("SELECT tablename FROM pg_tables WHERE tablename LIKE 'procrastinate%'")]
    sequences = [row[0] for row in owner_sql("SELECT sequencename FROM pg_sequences WHERE sequencename LIKE 'procr%'")]
    assert (len(tables) >= 4, len(sequences) >= 3) == (True, True)
    tries = [f"SELECT count(*) FROM {table}" for table in tables]
    tries += [f"SELECT last_value FROM {name}" for name in sequences] + [f"SELECT nextval('{n}')" for n in sequences]
    tries += [
        "SELECT procrastinate_fetch_job_v2(NULL, 1)",
        "SELECT procrastinate_defer_jobs_v1(NULL)",
        "SELECT procrastinate_register_worker_v1()",
    ]
    for member in (house.border_officer, house.reception_responder):
        for query in tries:
            with pytest.raises(psycopg.errors.InsufficientPrivilege), enter(as_app, member) as raw:
                raw.execute(query)


def test_the_queue_announces_nothing(house, enter, as_app):
    """Every login may LISTEN, so an announcement would be a live count."""
    as_app.execute("LISTEN procrastinate_any_queue")
    as_app.execute('LISTEN "procrastinate_queue_v1#deferred"')
    for channel in ("procrastinate_any_queue_v1", "procrastinate_any_queue"):
        as_app.execute(f"LISTEN {channel}")
    with enter(as_app, house.reception_responder) as raw:
        raw.execute("SELECT office_defer('test.look', '{}')")
    assert list(as_app.notifies(timeout=0.3)) == []


def test_no_trigger_of_the_queue_notifies(db, owner_sql):
    armed = (
        "SELECT count(*) FILTER (WHERE tgenabled <> 'D'), count(*) FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid"
        " WHERE p.prosrc LIKE '%pg_notify%' AND p.proname LIKE 'procrastinate%'"
    )
    on, of = owner_sql(armed)[0]
    assert (on, of > 0) == (0, True)


def test_deferred_work_is_done_as_the_hand_of_the_agency(house, person, monkeypatch):
    seen = []
    monkeypatch.setitem(tasks.DEFERRED, "test.look", lambda hand, person: seen.append((hand.kind, hand.agency, person)))
    tasks.perform("test.look", agency=house.reception.id, ids={"person": person.id})
    assert seen == [("system", house.reception, person.id)]


def test_work_that_nobody_registered_is_refused(house):
    with pytest.raises(Refusal):
        tasks.perform("test.unknown", agency=house.reception.id, ids={})


def _consent(house, person, days):
    with acting_as(house.reception_responder):
        return give_consent(
            member=house.reception_responder,
            person=person,
            recipient=house.shelter,
            purpose="accommodation",
            kinds=["needs"],
            language="bul",
            how="spoken",
            days=days,
        )


def test_an_agency_is_told_once_of_a_consent_that_ends_within_a_week(house, person):
    soon = _consent(house, person, 6)
    _consent(house, person, 8)
    taken_back = _consent(house, person, 5)
    with acting_as(house.reception_responder):
        withdraw_consent(member=house.reception_responder, consent=taken_back)
    assert [tell_of_expiring_consents(), tell_of_expiring_consents()] == [1, 0]
    with acting_as(house.reception_responder):
        told = Notice.objects.filter(kind="consent_ends")
        assert [(n.about_id, n.text) for n in told] == [(person.id, str(soon.id))]
    with acting_as(house.shelter_worker):
        assert Notice.objects.filter(kind="consent_ends").count() == 0
    with clock.at(soon.expires_at + dt.timedelta(days=1)):
        assert tell_of_expiring_consents() == 1  # by now the longer one ends within a week


@pytest.fixture
def roots(settings, tmp_path):
    settings.PALERMO_ROOTS = tmp_path / "roots.txt"
    return settings.PALERMO_ROOTS


def _log_something(house):
    with acting_as(house.reception_responder):
        from palermo.office.domain.acting import log

        log("test.look")


@pytest.mark.django_db(databases=["default", "owner"], transaction=True)
def test_the_root_of_the_day_is_kept_once_and_misses_a_cut_tail(house, roots, owner_sql):
    _log_something(house)
    today = dt.datetime.now(dt.UTC)
    first = tasks.keep_root()
    assert (tasks.keep_root(), roots.read_text()) == (first, first + "\n")
    assert roots.stat().st_mode & 0o777 == 0o600
    _log_something(house)
    with clock.at(today + dt.timedelta(days=1)):
        tasks.keep_root()
    assert len(roots.read_text().splitlines()) == 2
    cut = "DELETE FROM office_logline; UPDATE office_chainhead SET seq = 0, hash = ''"
    owner_sql(cut)
    assert verify_log().ok  # by itself the chain does not miss its tail
    with clock.at(today + dt.timedelta(days=2)), pytest.raises(Refusal, match="broken"):
        tasks.keep_root()
    assert len(roots.read_text().splitlines()) == 2


def test_names_of_work_are_room_and_verb():
    from django.utils.module_loading import autodiscover_modules

    autodiscover_modules("tasks")
    assert {"office.check_reach", "office.keep_root", "protection.escalate_overdue"} <= set(tasks.REGULAR)
    assert all(name.count(".") == 1 for name in {*tasks.REGULAR, *tasks.DEFERRED})


@pytest.mark.django_db(databases=["default", "owner"], transaction=True)
def test_a_worker_fetches_what_was_deferred_and_does_it_once(house, person, roots, owner_sql, monkeypatch):
    from palermo.office.models import Person
    from palermo.web.worker import work_once

    seen = []
    monkeypatch.setitem(
        tasks.DEFERRED, "test.look", lambda hand, person: seen.append((hand.agency, Person.objects.get(pk=person)))
    )
    with acting_as(house.reception_responder):
        defer("test.look", person=person.id)
    assert set(work_once().values()) == {"done"}
    assert (seen, jobs(owner_sql)) == ([(house.reception, person)], [])
    work_once()
    assert len(seen) == 1


@pytest.mark.django_db(databases=["default", "owner"], transaction=True)
def test_work_that_fails_is_tried_again_and_its_data_stay_unsaid(house, person, roots, owner_sql, monkeypatch, capsys):
    from palermo.web.worker import work_once

    def fail(hand, person):
        raise ValueError("Ivana Primerova")

    monkeypatch.setitem(tasks.DEFERRED, "test.fail", fail)
    with acting_as(house.reception_responder):
        defer("test.fail", person=person.id)
    work_once()
    assert owner_sql("SELECT status::text, attempts, scheduled_at > now() FROM procrastinate_jobs") == [
        ("todo", 1, True)
    ]
    told = capsys.readouterr().err
    assert ("test.fail failed: ValueError" in told, "Ivana" in told) == (True, False)
