"""The course of a visit: the table of moves, the log, and that nobody is booked twice, also not at the same moment."""

import datetime as dt
import threading

import pytest
from django.db import connection, connections

from palermo.office.domain.acting import acting_as
from palermo.office.domain.rights import NotAllowed
from palermo.partnership.domain import teams, visits
from palermo.partnership.enums import VisitStatus
from palermo.partnership.methods.spans import Span
from palermo.partnership.models import Visit
from palermo.vocabulary.errors import Refusal


def day(text):
    return dt.date.fromisoformat(text)


MORE = {
    visits.REPORT: {"reported_on": day("2026-06-01"), "report": "SEC.GAL/1/26"},
    visits.CLOSE: {"reason": "Nothing more to do"},
    visits.CANCEL: {"reason": "The State asked for it"},
}


def test_a_visit_goes_its_whole_way_and_every_move_is_logged(plan, do, desk, owner_sql):
    visit = plan(status="followed_up")
    do(desk.keeper, visits.close_visit, visit=visit, reason="Nothing more to do")
    assert (visit.status, visit.ending, visit.report) == ("closed", "Nothing more to do", "SEC.GAL/1/26")
    said = owner_sql("SELECT verb FROM office_logline WHERE object_id = %s ORDER BY seq", [visit.id])
    assert [verb for (verb,) in said] == [
        visits.PLAN,
        visits.AGREE,
        visits.CONFIRM,
        visits.HOLD,
        visits.REPORT,
        visits.FOLLOW_UP,
        visits.CLOSE,
    ]
    history = owner_sql("SELECT status FROM partnership_visitevent WHERE pgh_obj_id = %s ORDER BY pgh_id", [visit.id])
    assert [status for (status,) in history] == [
        "planned",
        "agreed",
        "confirmed",
        "done",
        "reported",
        "followed_up",
        "closed",
    ]


@pytest.mark.parametrize("verb", list(visits.MOVES))
def test_only_the_moves_of_the_table_are_made(verb, plan, do, desk, owner_sql):
    visit = plan()
    function = getattr(visits, verb.split(".")[1])
    sources, target = visits.MOVES[verb]
    for status in VisitStatus.values:
        owner_sql("UPDATE partnership_visit SET status = %s, ending = 'x' WHERE id = %s", [status, visit.id])
        if status in sources:
            do(desk.keeper, function, visit=visit, **MORE.get(verb, {}))
            assert owner_sql("SELECT status FROM partnership_visit WHERE id = %s", [visit.id]) == [(target,)]
        else:
            with pytest.raises(Refusal, match="cannot become"):
                do(desk.keeper, function, visit=visit, **MORE.get(verb, {}))


def test_what_has_not_begun_is_not_done(plan, do, desk, later):
    first = (dt.datetime.now(tz=dt.UTC) + dt.timedelta(days=10)).date()
    visit = plan("MD", first.isoformat(), status="confirmed")
    with pytest.raises(Refusal, match="the visit has not begun"):
        do(desk.keeper, visits.hold_visit, visit=visit)
    with later(days=11):
        do(desk.keeper, visits.hold_visit, visit=visit)
    assert visit.status == "done"


def test_an_end_needs_its_reason(plan, do, desk):
    with pytest.raises(Refusal, match="the reason is missing"):
        do(desk.keeper, visits.cancel_visit, visit=plan(), reason=" ")


def test_an_idea_has_no_days_and_becomes_a_plan_with_some(do, desk):
    visit = do(desk.keeper, visits.plan_visit, outline=visits.Outline("Look at supply chains", "RO"))
    assert (visit.status, visit.span) == ("idea", None)
    with pytest.raises(Refusal, match="a planned visit has days"):
        do(desk.keeper, visits.postpone_visit, visit=visit)
    do(desk.keeper, visits.postpone_visit, visit=visit, span=Span(day("2026-09-07"), day("2026-09-09")))
    assert (visit.status, str(visit.span)) == ("planned", "7 to 9 September 2026")


def test_an_office_is_not_twice_in_one_state(plan, do, desk):
    plan("MD", "2026-05-11", "2026-05-15", status="confirmed", title="First visit")
    second = plan("MD", "2026-05-15", "2026-05-20", status="agreed")
    with pytest.raises(Refusal) as caught:
        do(desk.keeper, visits.confirm_visit, visit=second)
    assert str(caught.value) == (
        "starts: your office is in this State on these days already: “First visit” in Moldova, 11 to 15 May 2026."
        " Move one of the two, or make one visit of both."
    )
    moved = visits.Outline(second.title, "MD", Span(day("2026-05-16"), day("2026-05-20")))
    do(desk.keeper, visits.change_visit, visit=second, outline=moved, clearance="office")
    do(desk.keeper, visits.confirm_visit, visit=second)
    back = visits.Outline(second.title, "MD", Span(day("2026-05-14"), day("2026-05-20")))
    with pytest.raises(Refusal, match="your office is in this State on these days already"):
        do(desk.keeper, visits.change_visit, visit=second, outline=back, clearance="office")


def test_other_offices_and_other_states_are_free(plan, desk):
    days = ("2026-05-11", "2026-05-15")
    found = [
        plan("MD", *days, status="confirmed"),
        plan("RO", *days, status="confirmed"),
        plan("MD", *days, status="confirmed", member=desk.other),
    ]
    assert [visit.status for visit in found] == ["confirmed"] * 3


def test_a_cancelled_visit_frees_its_days(plan, do, desk):
    first = plan(status="confirmed")
    do(desk.keeper, visits.cancel_visit, visit=first, reason="The State asked for it")
    assert plan(status="confirmed").status == "confirmed"


def test_nobody_of_the_team_is_in_two_places(plan, do, desk):
    plan("MD", "2026-05-11", "2026-05-15", status="confirmed", title="First visit", team=[{"person": desk.second}])
    second = plan("RO", "2026-05-13", "2026-05-14", status="agreed", team=[{"person": desk.second}])
    with pytest.raises(Refusal) as caught:
        do(desk.keeper, visits.confirm_visit, visit=second)
    assert caught.value.message == "Second Officer cannot be in two places: “First visit” in Moldova, 11 to 15 May 2026"
    third = plan("IT", "2026-05-15", status="confirmed")
    with pytest.raises(Refusal, match="Second Officer cannot be in two places: “First visit”"):
        do(desk.keeper, teams.join_team, visit=third, person=desk.second)


def test_an_expert_by_name_is_one_person_however_written(plan, do, desk):
    plan("MD", "2026-05-11", "2026-05-15", status="confirmed", team=[{"name": "Ada  Exemplar", "role": "expert"}])
    third = plan("IT", "2026-05-15", status="confirmed")
    with pytest.raises(Refusal, match="ADA exemplar cannot be in two places"):
        do(desk.keeper, teams.join_team, visit=third, name="ADA exemplar")


def test_moving_a_confirmed_visit_moves_its_team(plan, do, desk, owner_sql):
    visit = plan("MD", "2026-05-11", status="confirmed", team=[{"person": desk.second}])
    other = visits.Outline(visit.title, "MD", Span(day("2026-07-01"), day("2026-07-02")))
    do(desk.keeper, visits.change_visit, visit=visit, outline=other, clearance="office")
    rows = owner_sql("SELECT starts, ends, binds FROM partnership_teammember")
    assert rows == [(day("2026-07-01"), day("2026-07-02"), True)]
    do(desk.keeper, visits.postpone_visit, visit=visit)
    assert owner_sql("SELECT binds FROM partnership_teammember") == [(False,)]


def test_a_visit_that_took_place_keeps_its_days(plan, do, desk):
    visit = plan("MD", "2026-01-12", status="done")
    other = visits.Outline("A better title", "MD", Span(day("2026-07-01"), day("2026-07-02")))
    with pytest.raises(Refusal, match="its State and days stay"):
        do(desk.keeper, visits.change_visit, visit=visit, outline=other, clearance="office")
    same = visits.Outline("A better title", "MD", visit.span)
    do(desk.keeper, visits.change_visit, visit=visit, outline=same, clearance="public")
    with acting_as(desk.keeper):
        assert (Visit.objects.get().title, Visit.objects.get().clearance) == ("A better title", "public")


def test_who_may_not(plan, do, desk):
    visit = plan(clearance="organisation")
    with pytest.raises(NotAllowed, match="another office keeps this visit"):
        do(desk.other, visits.agree_visit, visit=visit)
    with pytest.raises(NotAllowed, match="your role does not allow this"):
        do(desk.reader, visits.agree_visit, visit=visit)
    with pytest.raises(NotAllowed, match="your role does not allow this"):
        do(desk.enforcer, visits.plan_visit, outline=visits.Outline("x", "MD"))


def test_the_sequence_rises_with_every_change(plan, do, desk):
    visit = plan()
    before = (visit.sequence, visit.changed_at)
    do(desk.keeper, visits.agree_visit, visit=visit)
    assert visit.sequence == before[0] + 1
    assert visit.changed_at > before[1]


@pytest.mark.parametrize("kind", ["state", "team"])
@pytest.mark.django_db(transaction=True)
def test_of_two_at_the_same_moment_one_is_refused(kind, house, desk, plan, own_connections):
    """Both are confirmed in transactions that overlap: the second waits for the first, then meets its days."""
    team = [{"person": desk.second}] if kind == "team" else []
    first = plan("MD", "2026-05-11", "2026-05-15", status="agreed", title="First visit", team=team)
    second = plan("MD" if kind == "state" else "RO", "2026-05-15", status="agreed", title="Second", team=team)
    written, go_on, said = threading.Event(), threading.Event(), []

    def other_hand():
        try:
            with acting_as(desk.keeper):
                written.wait(20)
                go_on.set()
                visits.confirm_visit(member=desk.keeper, visit=second)
        except Refusal as refusal:
            said.append(refusal.message)
        finally:
            connections.close_all()

    hand = threading.Thread(target=other_hand)
    hand.start()
    with acting_as(desk.keeper):
        visits.confirm_visit(member=desk.keeper, visit=first)
        written.set()
        assert go_on.wait(20)
        _wait_until_somebody_waits()
    hand.join(30)
    expected = {
        "state": "your office is in this State on these days already: “First visit” in Moldova, 11 to 15 May 2026",
        "team": "Second Officer cannot be in two places: “First visit” in Moldova, 11 to 15 May 2026",
    }
    assert said == [expected[kind]]


def _wait_until_somebody_waits():
    """Until the other transaction waits for ours: it holds no lock that we wait for, so this ends."""
    asked = "SELECT count(*) FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY (pg_blocking_pids(pid))"
    with connection.cursor() as cursor:
        cursor.execute("SET SESSION AUTHORIZATION DEFAULT")
        for _ in range(2000):
            cursor.execute(asked)
            if cursor.fetchone()[0]:
                cursor.execute("SET SESSION AUTHORIZATION palermo_app")
                return
            threading.Event().wait(0.01)
    raise AssertionError("the other transaction never met ours")


def test_raw_sql_cannot_book_twice_either(plan, owner_sql):
    import psycopg

    plan("MD", "2026-05-11", "2026-05-15", status="confirmed")
    second = plan("MD", "2026-05-15", status="agreed")
    with pytest.raises(Exception, match="partnership_visit_once_there") as caught:
        owner_sql("UPDATE partnership_visit SET status = 'confirmed' WHERE id = %s", [second.id])
    assert isinstance(caught.value.__cause__, psycopg.errors.ExclusionViolation)


def test_a_contact_of_the_directory_is_one_person_on_two_visits(plan, do, desk):
    from palermo.partnership.domain.directory import add_contact

    expert = do(desk.keeper, add_contact, name="Ada Exemplar", position="Labour inspector", clearance="office")
    plan("MD", "2026-05-11", "2026-05-15", status="confirmed", team=[{"contact": expert}])
    second = plan("RO", "2026-05-15", status="confirmed")
    with pytest.raises(Refusal, match="Ada Exemplar cannot be in two places"):
        do(desk.keeper, teams.join_team, visit=second, contact=expert)
    met = do(desk.keeper, teams.add_interlocutor, visit=second, contact=expert)
    assert str(met) == "Ada Exemplar, Labour inspector"
