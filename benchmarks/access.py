"""What need-to-know costs at size: lists and pages of a country, asked as ``palermo_app`` with a live pass.

Fills a database of its own (``access.py [people]``, a fifth of them with cases, three tenths referred, 50 agencies),
asks what pages ask, in milliseconds (median), and looks into every plan for a function that is called once a row.
Writes ``benchmarks/results/access.json`` for a million.
"""

import datetime as dt
import json
import os
import statistics
import sys
import time
from pathlib import Path

import psutil
from _cluster import own_state

RESULTS = Path(__file__).parent / "results"
AGENCIES, TRIES = 50, 20
#: Per-statement ends: what ARCHITECTURE says was reached, in milliseconds.
AIMS = {"newest 50 cases": 25, "case page": 5}

_ID = "md5('{0}' || {1})::uuid"
_FILL = """
SET session_replication_role = replica;
SET maintenance_work_mem = '256MB';
CREATE TEMP TABLE a AS SELECT id, row_number() OVER (ORDER BY name) - 1 AS n FROM office_agency WHERE name LIKE 'Agency %';
CREATE TEMP TABLE p AS SELECT i, md5('p' || i)::uuid AS id, a.id AS agency FROM generate_series(1, {people}) i
    JOIN a ON a.n = (hashint4(i) & 2147483647) % {agencies};
INSERT INTO office_person (id, agency_id, code, path, age, sex, citizenship, language, alone, arrived_at, created_at)
SELECT id, agency, 'P' || i, CASE WHEN i % 4 = 0 THEN 'child' ELSE 'adult' END, CASE WHEN i % 4 = 0 THEN 14 ELSE 30 END,
    'not_known', '', '', i % 8 = 0, now() - i * interval '60 seconds', now() FROM p;
INSERT INTO office_reach (id, agency_id, object_id, kind, writes, until, ground, granted_at)
SELECT gen_random_uuid(), agency, id, 'person', true, '9999-12-31', 'owner', now() FROM p;
INSERT INTO protection_screening (id, person_id, agency_id, form, form_version, member_id, state, conditions, language,
    interpreter, started_at, ended_at, result, reasons, rules_version, interview_advised, judgement, judgement_reason,
    judged_by, judged_at)
SELECT md5('s' || i)::uuid, id, agency, 'intake', '1', id, 'finished', '[]', '', '', now() - i * interval '50 seconds',
    now() - i * interval '45 seconds', CASE WHEN i % 5 = 0 THEN 'presumed' ELSE 'not_presumed' END, '{{}}', 'x', false,
    CASE WHEN i % 5 = 0 THEN 'presumed' ELSE 'not_presumed' END, '', id, now() FROM p WHERE i % 2 = 0 OR i % 5 = 0;
INSERT INTO protection_case (id, person_id, agency_id, state, opened_at, reflection_from, reflection_until, ground,
    closing_reason)
SELECT md5('c' || i)::uuid, id, agency, 'presumed', now() - i * interval '40 seconds', now(), now() + interval '30 days',
    'screening', '' FROM p WHERE i % 5 = 0;
CREATE TEMP TABLE r AS SELECT i, k, md5('r' || i || '/' || k)::uuid AS id, p.id AS person, agency AS sender, b.id AS recipient
    FROM p CROSS JOIN generate_series(1, 3) k JOIN a b ON b.n = (p.i / 5 + k * 7 + 1) % {agencies}
    WHERE p.i % 5 = 0 AND b.id <> agency AND (k < 2 OR p.i % 4 = 0);
INSERT INTO protection_referral (id, person_id, sender_id, recipient_id, purpose, services, urgent, child, state, sent_at,
    due_at, answered_at, decline_reason, answer_note, package_id, disclosure_id)
SELECT id, person, sender, recipient, 'protection', ARRAY['accommodation'], i % 50 = 0, i % 4 = 0,
    CASE WHEN i < {people} / 50 THEN 'sent' ELSE 'accepted' END, now() - i * interval '30 seconds',
    now() - i * interval '30 seconds' + interval '1 day', CASE WHEN i < {people} / 50 THEN NULL ELSE now() - i * interval '20 seconds' END,
    '', '', id, id FROM r;
INSERT INTO office_reach (id, agency_id, object_id, kind, writes, until, ground, granted_at)
SELECT gen_random_uuid(), sender, id, 'referral', true, timestamptz '9999-12-31', 'owner', now() FROM r
UNION ALL SELECT gen_random_uuid(), recipient, id, 'referral', true, timestamptz '9999-12-31', id::text, now() FROM r;
INSERT INTO protection_risk (id, case_id, person_id, kind, level, note, seen_at, resolution)
SELECT gen_random_uuid(), md5('c' || i)::uuid, id, 'health', CASE WHEN i % 15 = 0 THEN 'urgent' ELSE 'soon' END, '', now(), ''
FROM p WHERE i % 10 = 0;
"""


def fill(people: int) -> tuple[object, object]:
    """Agencies by their verbs, records by SQL; the member of one agency and the co-ordinator who will ask."""
    from palermo.office.domain.agencies import enrol_member, found_agency
    from palermo.office.domain.keyring import fit_space
    from palermo.office.enums import AgencyKind, Role
    from palermo.web.database import DATABASES, ensure_running, fresh_space, server

    ensure_running(scratch=True)
    fresh_space(DATABASES["simulated"], scratch=True)
    fit_space(simulated=True)
    found = [
        found_agency(
            name=f"Agency {n:02}",
            kind=AgencyKind.CHILD_PROTECTION if n == 0 else AgencyKind.FIRST_RECEPTION,
            state="XA",
        )
        for n in range(AGENCIES)
    ]
    national = found_agency(name="National", kind=AgencyKind.NATIONAL_CO_ORDINATOR, state="XA")
    member, _ = enrol_member(
        agency=found[7], username="m", name="M", roles=[Role.CASE_MANAGER], hashed="!", password="x"
    )
    chair, _ = enrol_member(
        agency=national, username="c", name="C", roles=[Role.CO_ORDINATOR], hashed="!", password="x"
    )
    with server().connect(DATABASES["simulated"]) as admin:
        for statement in _FILL.format(people=people, agencies=AGENCIES).split(";\n"):
            admin.execute(statement)
        admin.execute("RESET session_replication_role")
        admin.execute("VACUUM (ANALYZE)")
    return member, chair


def questions(case, agency):
    """Name → function that asks what a page asks."""
    from palermo.office.models import Person
    from palermo.protection.models import Case, GuardianRequest, Referral, Risk, Service
    from palermo.protection.queries import arrivals, cases, referrals, timeline

    def page():
        found = Case.objects.select_related("person", "person__site", "agency").get(pk=case)
        list(Risk.objects.filter(case=found).order_by("resolved_at", "seen_at"))
        GuardianRequest.objects.filter(person_id=found.person_id).select_related("asked_of").first()
        list(Service.objects.filter(case=found).select_related("provider"))
        list(cases.screenings_of(found.person_id))
        list(cases.consents_of(found.person_id))
        list(cases.referrals_of(found.person_id))
        timeline.timeline(found.person_id)

    return {
        "newest 50 cases": lambda: list(Case.objects.order_by("-opened_at")[:50]),
        "newest 50 arrivals": lambda: list(Person.objects.order_by("-arrived_at")[:50]),
        "case page": page,
        "case work list, 50": lambda: list(cases.work_list()[:50]),
        "case work list, count": lambda: cases.work_list().count(),
        "inbox, 50": lambda: list(referrals.inbox(agency)[:50]),
        "inbox, count": lambda: referrals.inbox(agency).count(),
        "waiting for us": lambda: referrals.waiting_for(agency),
        "sent, 50": lambda: list(referrals.outbox(agency)[:50]),
        "arrivals work list, 50": lambda: list(arrivals.arrivals()[:50]),
        "arrivals work list, count": lambda: arrivals.arrivals().count(),
        "all referrals within reach": Referral.objects.count,
    }


def ask(member, question, *, tries=TRIES) -> dict[str, object]:
    """The median of some tries, statements, and nodes of the plans that call one of our functions once a row."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from palermo.office.domain.acting import acting_as

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        backend = psutil.Process(cursor.fetchone()[0])
    took = []
    began_python, began_server = time.process_time(), sum(backend.cpu_times()[:2])
    for _ in range(tries):
        with acting_as(member):
            began = time.perf_counter()
            question()
            took.append(1000 * (time.perf_counter() - began))
        if sum(took) > 20_000:
            break
    python, server = time.process_time() - began_python, sum(backend.cpu_times()[:2]) - began_server
    with acting_as(member), CaptureQueriesContext(connection) as seen:
        question()
    bad: list[str] = []
    with acting_as(member):
        for query in seen.captured_queries:
            if not query["sql"].lstrip().upper().startswith(("SELECT", "WITH")):
                continue
            with connection.cursor() as cursor:
                cursor.execute("EXPLAIN (FORMAT JSON, VERBOSE) " + query["sql"])
                plan = cursor.fetchone()[0]
            plan = json.loads(plan) if isinstance(plan, str) else plan
            bad += _per_row(plan[0]["Plan"])
    return {
        "median_ms": round(statistics.median(took), 1),
        # On a busy machine these say more than the clock; ticks of 10 ms, spread over the tries.
        "cpu_ms_python": round(1000 * python / len(took), 1),
        "cpu_ms_postgresql": round(1000 * server / len(took), 1),
        "statements": len(seen),
        "calls_a_row": sorted(set(bad)),
    }


def _per_row(node) -> list[str]:
    """Conditions that call office_…() outside an InitPlan (which is asked once a statement)."""
    found = [
        f"{node['Node Type']} on {node.get('Relation Name', '?')}: {node[key]}"
        for key in ("Filter", "Index Cond", "Recheck Cond", "Join Filter", "Hash Cond")
        if "office_" in str(node.get(key, "")) and "()" in str(node.get(key, ""))
    ]
    for child in node.get("Plans", []):
        found += _per_row(child)
    return found


def main() -> None:
    people = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    with own_state():
        import django

        django.setup()

        from palermo.office.domain.acting import acting_as
        from palermo.protection.models import Case
        from palermo.protection.queries.board import board
        from palermo.web.database import DATABASES, server

        began = time.perf_counter()
        member, chair = fill(people)
        filled = time.perf_counter() - began
        with server().connect(DATABASES["simulated"]) as admin:
            size = admin.execute("SELECT pg_database_size(current_database())").fetchone()[0]
        with acting_as(member):
            case = Case.objects.order_by("-opened_at").values_list("pk", flat=True)[40]
        results = {name: ask(member, question) for name, question in questions(case, member.agency).items()}
        until = dt.datetime.now(dt.UTC)
        for name, days in (("board, 30 days", 30), ("board, a year", 365)):
            since = until - dt.timedelta(days=days)
            results[name] = ask(chair, lambda since=since: board(since, until), tries=3)
    report = {
        "people": people,
        "agencies": AGENCIES,
        "fill_seconds": round(filled, 1),
        "database_megabytes": round(size / 1e6),
        "load_before": round(os.getloadavg()[0], 1),
        "aims_ms": AIMS,
        "results": results,
    }
    if people == 1_000_000:
        RESULTS.mkdir(exist_ok=True)
        (RESULTS / "access.json").write_text(json.dumps(report, indent=2) + "\n")
    print(json.dumps(report, indent=2))


if __name__ == "__main__":
    main()
