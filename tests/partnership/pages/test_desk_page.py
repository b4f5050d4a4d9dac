"""The desk's first page, and the first page of all for whoever works there."""

import datetime as dt

import pytest
from records import do as act

from palermo.office import clock
from palermo.office.domain.acting import acting_as
from palermo.partnership.domain.findings import Source, Wording, record_finding
from palermo.partnership.domain.follow_up import record_reply
from palermo.partnership.domain.reports import write_report
from palermo.partnership.domain.visits import hold_visit
from palermo.partnership.queries.desk import Waiting, desk_on, waiting_on


def recommended(member, title, **values):
    texts = (Wording("en", title),)
    source = Source("visit", dt.date(2026, 5, 1), "Country visit", values.pop("body", ""))
    given = {"kind": "recommendation", "state": "MD", "stage": "final", "source": source, "texts": texts} | values
    return act(member, record_finding, title=title, **given)


@pytest.fixture
def busy(desk, plan):
    """A desk at which something of each kind waits, and beside each what does not."""
    today = clock.now().date()
    overdue, soon, later = dt.date(2026, 6, 1), today + dt.timedelta(days=30), today + dt.timedelta(days=60)
    plan("MD", "2026-06-10", status="confirmed", title="Was it held")
    plan("UA", "2026-05-11", status="done", title="Report owed")
    plan("GE", "2026-05-11", status="reported", title="Report sent")
    plan("AM", later.isoformat(), title="Later")
    plan("DK", soon.isoformat(), title="Next")
    plan("IT", soon.isoformat(), title="Of another office", member=desk.other)
    recommended(desk.second, "No answer came to this one.", deadline=overdue)
    recommended(desk.second, "The day for this one is today.", deadline=today)
    recommended(desk.second, "Another body asked for this.", deadline=overdue, body="GRETA")
    answered = recommended(desk.second, "The State accepted this one.", deadline=overdue)
    act(desk.second, record_reply, finding=answered, position="accepted", on=dt.date(2026, 6, 2), document="Note 1")
    act(desk.second, write_report, year=2025, language="en")


def test_what_waits_and_nothing_else(desk, busy):
    found = act(desk.second, lambda **_: desk_on(clock.now().date(), desk.office.pk))
    assert [one.title for one in found.to_close] == ["Was it held"]
    assert [one.title for one in found.owed] == ["Report owed"]
    assert [one.title for one in found.coming] == ["Next", "Later"]
    assert found.waiting.ahead == 2
    assert [one.title for one in found.replies_due] == ["No answer came to this one."]
    assert [one.title for one in found.drafts] == ["Annual report 2025"]
    assert (found.not_assessed, found.waiting.overdue) == (3, 2)


def test_the_page_shows_it_and_leads_on(desk, busy, browser):
    answer = browser(desk.second).get("/partnership/")
    html = answer.content.decode()
    assert answer.status_code == 200
    for title in ("Was it held", "Report owed", "No answer came to this one.", "Annual report 2025"):
        assert title in html
    assert "Of another office" not in html


def test_today_leads_the_protocol_officer_to_the_desk(desk, busy, browser):
    doors = browser(desk.second).get("/").context["doors"]
    assert [(door["url"], door.get("number")) for door in doors][:2] == [
        ("/partnership/", 3),
        ("/partnership/visits/", 2),
    ]
    assert doors[0]["mark"]


def test_the_first_page_of_all_asks_for_the_numbers_only(desk, busy, django_assert_num_queries):
    today = clock.now().date()
    with acting_as(desk.second):
        with django_assert_num_queries(3):
            waiting = waiting_on(today, desk.office.pk)
        with django_assert_num_queries(11):
            assert desk_on(today, desk.office.pk).waiting == waiting
    assert waiting == Waiting(to_close=1, owed=1, late=0, ahead=2, replies_due=1, drafts=1)


def test_the_seventh_is_counted_though_six_are_shown(desk, plan, browser):
    for n, state in enumerate(("MD", "UA", "GE", "AM", "DK", "IT", "AL"), start=1):
        visit = plan(state, f"2026-05-0{n}", status="confirmed", title=f"Owed {n}")
        act(desk.keeper, hold_visit, visit=visit, report_due=dt.date(2026, 6, n))
        act(desk.second, write_report, year=2015 + n, language="en")
    answer = browser(desk.second).get("/partnership/")
    assert [len(answer.context["due"]), len(answer.context["desk"].drafts)] == [6, 6]
    assert answer.context["tiles"][0]["value"] == 7
    assert answer.content.decode().count("7 in all.") == 2
    doors = {door["url"]: door for door in browser(desk.second).get("/").context["doors"]}
    assert (doors["/partnership/"]["number"], doors["/partnership/"]["mark"]) == (7, "7 overdue")
    assert doors["/partnership/reports/"]["number"] == 7


def test_whoever_works_elsewhere_finds_what_they_may_read(desk, busy, browser):
    answer = browser(desk.reader).get("/partnership/")
    assert (answer.status_code, answer.context["desk"]) == (200, None)
    assert [door["url"] for door in answer.context["doors"]] == [
        f"/partnership/{name}/" for name in ("directory", "states", "calendar", "findings")
    ]
    assert not [door for door in browser(desk.reader).get("/").context["doors"] if "/partnership/" in door["url"]]
    assert browser(desk.enforcer).get("/partnership/").status_code in (403, 404)
