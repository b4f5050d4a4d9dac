"""What the co-ordinator's desk costs at size: 20,000 visits and 200,000 recommendations, as `palermo_app` with a live pass.

Fills a database of its own: visits of twenty offices, recommendations of one office and of other bodies with texts,
replies and assessments, and a simulated year of events with attendance. Asks what pages ask, in milliseconds (median; wall
and CPU of this process and of its server process), and reports a year. Writes `benchmarks/results/partnership.json`.
"""

import json
import os
import statistics
import time
from pathlib import Path

import psutil
from _cluster import own_state, server_seconds

RESULTS = Path(__file__).parent / "results"
VISITS, FINDINGS, OFFICES, TRIES, YEAR, STATE = 20_000, 200_000, 20, 15, 2024, "AL"
#: What issue D asks for, in milliseconds.
AIMS = {"deconfliction of a plan": 50, "page of a State": 150, "report of a year": 20_000}

_FILL = """
SET session_replication_role = replica;
CREATE TEMP TABLE o AS SELECT id, row_number() OVER (ORDER BY name) - 1 AS n FROM office_agency WHERE name LIKE 'Office %';
CREATE TEMP TABLE s AS SELECT code, row_number() OVER (ORDER BY code) - 1 AS n FROM unnest(%(states)s::text[]) code;
CREATE TEMP TABLE t AS SELECT code, row_number() OVER (ORDER BY code) - 1 AS n FROM unnest(%(themes)s::text[]) code;
INSERT INTO partnership_visit (id, office_id, clearance, readers, created_at, title, state, status, starts, ends, themes,
    aims, jointly_with, invitation, report, ending, sequence, changed_at)
SELECT md5('v' || i)::uuid, o.id, CASE i %% 3 WHEN 0 THEN 'organisation' ELSE 'office' END, '{}', now(), 'Visit ' || i,
    s.code, 'closed', date '2005-01-01' + (i * 7919 %% 7900), date '2005-01-01' + (i * 7919 %% 7900) + i %% 4,
    ARRAY[t.code], '', '', '', '', 'over', 0, now()
FROM generate_series(1, %(visits)s) i JOIN o ON o.n = i %% %(offices)s JOIN s ON s.n = i / 3 %% (SELECT count(*) FROM s)
    JOIN t ON t.n = i %% (SELECT count(*) FROM t);
CREATE TEMP TABLE f AS SELECT i, md5('f' || i)::uuid AS id, s.code AS state, t.code AS theme, u.code AS second,
    date '2005-01-01' + (i * 7919 %% 7900) AS day
FROM generate_series(1, %(findings)s) i JOIN s ON s.n = i %% (SELECT count(*) FROM s)
    JOIN t ON t.n = i / 7 %% (SELECT count(*) FROM t) JOIN t u ON u.n = (i / 7 + 3) %% (SELECT count(*) FROM t);
INSERT INTO partnership_finding (id, office_id, clearance, readers, created_at, reference, kind, state, body, title, themes,
    source_kind, source_reference, found_on, urgency, addressee, stage, status)
SELECT id, (SELECT id FROM o WHERE n = 0), 'office', '{}', now(), state || '-' || i,
    CASE WHEN i %% 20 = 0 THEN 'practice' ELSE 'recommendation' END, state,
    CASE i %% 4 WHEN 0 THEN '' WHEN 1 THEN 'GRETA' WHEN 2 THEN 'TIP report' ELSE 'UNTOC review' END,
    'The State should do what recommendation ' || i || ' says.', ARRAY[theme, second], 'visit', 'Visit', day, 'normal', '',
    CASE WHEN i %% 4 = 0 THEN 'final' ELSE 'published' END,
    CASE i %% 5 WHEN 0 THEN 'fully' WHEN 1 THEN 'partly' WHEN 2 THEN 'under_way' ELSE '' END FROM f;
INSERT INTO partnership_findingtext (id, finding_id, number, stage, language, standing, text, "on", written_by, entered_at)
SELECT gen_random_uuid(), id, 1, CASE WHEN i %% 4 = 0 THEN 'final' ELSE 'published' END, 'en', 'official',
    repeat('The State should do what it promised. ', 10), day, id, now() FROM f;
INSERT INTO partnership_reply (id, finding_id, position, "on", document, text, written_by, entered_at)
SELECT gen_random_uuid(), id, 'accepted', day + 100, 'Note', '', id, now() FROM f WHERE i %% 2 = 0;
INSERT INTO partnership_assessment (id, finding_id, status, "on", reason, evidence, written_by, entered_at)
SELECT gen_random_uuid(), id, CASE i %% 5 WHEN 0 THEN 'fully' WHEN 1 THEN 'partly' ELSE 'under_way' END, day + 200 * k,
    'As said', 'Act', id, now() FROM f CROSS JOIN generate_series(1, 2) k WHERE i %% 5 < 3;
RESET session_replication_role;
VACUUM (ANALYZE)
"""


def fill():
    """Offices by their verbs, the records by SQL, a simulated year by its verb; the co-ordinator who will ask."""
    from palermo.office.domain.acting import acting_as
    from palermo.office.domain.agencies import enrol_member, found_agency
    from palermo.office.domain.keyring import fit_space
    from palermo.office.enums import AgencyKind, Role
    from palermo.office.models import Member
    from palermo.partnership.domain.simulated import pour_year
    from palermo.partnership.methods.simulated_year import make_year
    from palermo.vocabulary.states import load_states
    from palermo.vocabulary.themes import load_themes
    from palermo.web.database import DATABASES, ensure_running, fresh_space, server

    ensure_running(scratch=True)
    fresh_space(DATABASES["simulated"], scratch=True)
    fit_space(simulated=True)
    kind = AgencyKind.NATIONAL_CO_ORDINATOR
    found = [found_agency(name=f"Office {n:02}", kind=kind, state="AT") for n in range(OFFICES)]
    chair, _ = enrol_member(
        agency=found[0], username="c", name="C", roles=[Role.CO_ORDINATOR], hashed="!", password="x"
    )
    values = {"states": list(load_states()), "themes": list(load_themes()), "visits": VISITS, "findings": FINDINGS}
    chair = Member.objects.select_related("agency").get(pk=chair.pk)
    with server().connect(DATABASES["simulated"]) as admin:
        for statement in _FILL.split(";\n"):
            filled = "%(" in statement or "%%" in statement
            admin.execute(statement, {**values, "offices": OFFICES} if filled else None)
    with acting_as(chair):
        pour_year(member=chair, year=make_year(seed=7, year=YEAR))
    return chair


def questions(chair):
    """Name → function that asks what a page asks."""
    import datetime as dt

    from django.test import RequestFactory

    from palermo.partnership.methods.spans import Span
    from palermo.partnership.models import Finding
    from palermo.partnership.pages.findings import finding_list
    from palermo.partnership.pages.states import state_page
    from palermo.partnership.queries.findings import chain_of, offers_to, said_to
    from palermo.partnership.queries.neighbours import warnings_for
    from palermo.vocabulary.themes import load_themes

    theme, span = next(iter(load_themes())), Span(dt.date(2024, 5, 6), dt.date(2024, 5, 9))

    def page(view, address, *args):
        request = RequestFactory().get(address)
        request.user = chair
        assert view(request, *args).status_code == 200

    def last():
        return chain_of(Finding.objects.filter(state=STATE).values_list("pk", flat=True)[40])

    return {
        "deconfliction of a plan": lambda: warnings_for(member=chair, state=STATE, span=span, themes=[theme]),
        "page of a State": lambda: page(state_page, f"/partnership/states/{STATE}/", STATE),
        "list of findings, 25": lambda: page(finding_list, "/partnership/findings/"),
        "list of findings of a State, 25": lambda: page(finding_list, f"/partnership/findings/?state={STATE}"),
        "chain of a finding": last,
        "side by side, one theme": lambda: said_to(STATE, theme),
        "practices to offer a State": lambda: offers_to(STATE),
    }


def ask(member, question):
    """The median of some tries: wall, and CPU of this process and of its server process together."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from palermo.office.domain.acting import acting_as

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        backend = psutil.Process(cursor.fetchone()[0])
    with acting_as(member), CaptureQueriesContext(connection) as seen:
        question()
    wall, used = [], []
    for _ in range(TRIES):
        with acting_as(member):
            began, python, server = time.perf_counter(), time.process_time(), sum(backend.cpu_times()[:2])
            question()
            wall.append(1000 * (time.perf_counter() - began))
            used.append(1000 * (time.process_time() - python + sum(backend.cpu_times()[:2]) - server))
    return {
        "wall_ms_median": round(statistics.median(wall), 1),
        "wall_ms_best": round(min(wall), 1),
        # The server's clock ticks in hundredths of a second, so that only the mean of all tries means something.
        "cpu_ms_mean": round(statistics.fmean(used), 1),
        "statements": len(seen),
    }


def report(chair):
    """The whole report of a year, figures and PDF, as `palermo report` makes it."""
    from palermo.office.domain.acting import acting_as
    from palermo.partnership.domain.reports import draft_report
    from palermo.partnership.queries.report_files import file_of

    began, python, server = time.perf_counter(), time.process_time(), server_seconds()
    with acting_as(chair):
        drawn = draft_report(member=chair, year=YEAR, language="en")
    counted = time.perf_counter() - began
    pdf = file_of(drawn.content, moment=drawn.moment, suffix=".pdf")
    return {
        "wall_ms": round(1000 * (time.perf_counter() - began)),
        "wall_ms_counting": round(1000 * counted),
        "cpu_ms": round(1000 * (time.process_time() - python + server_seconds() - server)),
        "figures": len(drawn.values),
        "recommendations_of_the_year": next(
            int(one.counted.value) for one in drawn.values if one.name == "findings.recommendations"
        ),
        "pdf_kilobytes": round(len(pdf) / 1000),
    }


def main() -> None:
    with own_state():
        import django

        django.setup()
        began = time.perf_counter()
        chair = fill()
        filled = time.perf_counter() - began
        results = {name: ask(chair, question) for name, question in questions(chair).items()}
        results["report of a year"] = report(chair)
    told = {
        "visits": VISITS,
        "findings": FINDINGS,
        "offices": OFFICES,
        "fill_seconds": round(filled, 1),
        "load_before": round(os.getloadavg()[0], 1),
        "aims_ms": AIMS,
        "results": results,
    }
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / "partnership.json").write_text(json.dumps(told, indent=2) + "\n")
    print(json.dumps(told, indent=2))


if __name__ == "__main__":
    main()
