"""Others' plans are found with few statements and by an index, however many visits there are; figures of visits."""

import datetime as dt
from decimal import Decimal

from palermo.office.domain.acting import acting_as
from palermo.office.figures import Period, figure_of
from palermo.partnership.domain import visits
from palermo.partnership.methods.deconfliction import Level
from palermo.partnership.methods.spans import Span
from palermo.partnership.queries.neighbours import warnings_for
from palermo.vocabulary.conventions import bound_by_convention
from palermo.vocabulary.states import load_states

SPAN = Span(dt.date(2027, 5, 10), dt.date(2027, 5, 14))


def many(as_owner, office, number):
    """Visits over ten years and all States, written as the owner."""
    from django.db import connection

    codes = sorted(load_states())
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO partnership_visit (id, office_id, clearance, readers, created_at, title, state, status, starts,"
            " ends, themes, aims, jointly_with, invitation, report, ending, sequence, changed_at)"
            " SELECT gen_random_uuid(), %s, 'organisation', '{}', now(), 'Visit ' || n, (%s::varchar[])[1 + n %% %s],"
            " 'planned', date '2020-01-01' + n %% 3650, date '2020-01-03' + n %% 3650, '{}', '', '', '', '', '', 0, now()"
            " FROM generate_series(1, %s) n",
            [office.pk, codes, len(codes), number],
        )
        cursor.execute("ANALYZE partnership_visit")


def test_four_statements_and_an_index(desk, as_owner, django_assert_num_queries):
    many(as_owner, desk.other_office, 3000)
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with acting_as(desk.keeper):
        with CaptureQueriesContext(connection) as asked:
            found = warnings_for(member=desk.keeper, state="MD", span=SPAN)
        assert len(asked) == 4
        with connection.cursor() as cursor:
            cursor.execute("EXPLAIN " + asked[0]["sql"])
            explained = "\n".join(row[0] for row in cursor.fetchall())
    assert "partnership_visit_of_state" in explained
    assert "starts" in explained.split("Index Cond")[1].splitlines()[0]
    assert {alert.level for alert in found} <= {Level.RED, Level.AMBER}


def test_whoever_is_outside_the_convention(desk):
    day = dt.date(2026, 11, 1)
    outside = {
        code
        for code, state in load_states().items()
        if state.kind == "participating_state" and not bound_by_convention(code, day)
    }
    assert outside == {"CA", "VA", "KZ", "KG", "MN", "RU", "TJ", "TM", "US", "UZ"}
    assert not bound_by_convention("MD", dt.date(2005, 1, 1))


def test_own_earlier_visits_and_a_shared_theme(desk, plan):
    plan("MD", "2026-02-02", status="done", title="Earlier visit")
    plan(
        "MD",
        "2026-12-01",
        title="Visit of the neighbour",
        member=desk.other,
        clearance="organisation",
        themes=["child"],
    )
    with acting_as(desk.keeper):
        found = warnings_for(member=desk.keeper, state="MD", span=SPAN, themes=["child"])
    assert [(alert.level, alert.step) for alert in found] == [
        (Level.BLUE, "Finish that report first: the State waits for it."),
        (Level.GREEN, "Propose a joint visit to Neighbour Co-ordinator."),
    ]


def test_figures_of_visits(desk, plan, do):
    first = plan("MD", "2026-03-02", status="done")
    second = plan("MD", "2026-04-06", status="reported")
    third = plan("RO", "2026-05-04", status="done")
    plan("IT", "2026-06-01", status="confirmed")
    plan("FR", "2025-12-30", "2025-12-31", status="done")
    plan("GR", "2026-03-02", status="done", member=desk.other, clearance="public")
    do(desk.keeper, visits.close_visit, visit=third, reason="Nothing more to do")
    year = Period(dt.date(2026, 1, 1), dt.date(2027, 1, 1))
    with acting_as(desk.keeper):
        counted = {
            name: figure_of(name=f"partnership.{name}").count(year)
            for name in ("visits_done", "states_visited", "visits_reported")
        }
    assert counted["visits_done"].value == Decimal(3)
    assert counted["visits_done"].ids == tuple(sorted(str(visit.pk) for visit in (first, second, third)))
    assert counted["states_visited"].ids == ("MD", "RO")
    assert counted["visits_reported"].ids == (str(second.pk),)
