"""The public calendar: what is cleared for the public, for everybody, and nothing else."""

import datetime as dt

import icalendar
import pytest
from django.test import Client

from palermo.office import clock
from palermo.partnership.domain import events, plans
from palermo.partnership.domain.plans import Access
from palermo.partnership.formats.plan_rows import Said, initiative_row

PAGES = ("/partnership/public/", "/partnership/public/calendar/", "/partnership/public/calendar.ics")


@pytest.fixture
def released(desk, plan, do):
    """One visit, event and initiative of each clearance, and public ones that nobody released yet."""
    day = clock.now().date() + dt.timedelta(days=30)
    for clearance in ("public", "organisation", "office"):
        plan("MD", day.isoformat(), title=f"visit of {clearance}", clearance=clearance, status="agreed")
        said = {"title": f"event of {clearance}", "kind": "conference", "when": day.isoformat(), "status": "planned"}
        do(desk.keeper, events.keep_event, **said, clearance=clearance)
        fields = {"structure": "ODIHR", "title": f"initiative of {clearance}", "starts": day.isoformat()}
        row = initiative_row(Said("row", fields | {"note": "between us"}))
        do(desk.keeper, plans.import_plans, rows=[row], source="x", access=Access(clearance, ()))
    rumour = {"title": "a rumour", "kind": "conference", "when": day.isoformat(), "status": "tentative"}
    do(desk.keeper, events.keep_event, **rumour, clearance="public")
    past = (day - dt.timedelta(days=400)).isoformat()
    plan("MD", past, title="long ago", clearance="public")
    return day


@pytest.mark.parametrize("address", PAGES)
def test_everybody_reads_what_is_public_and_nothing_else(released, address):
    html = Client().get(address).content.decode()
    for what in ("visit", "event", "initiative"):
        assert f"{what} of public" in html
        assert f"{what} of organisation" not in html
        assert f"{what} of office" not in html
    for hidden in ("a rumour", "long ago", "between us"):
        assert hidden not in html


def test_who_is_signed_in_is_shown_no_more_there(released, browser, desk):
    html = browser(desk.keeper).get(PAGES[1]).content.decode()
    assert "visit of public" in html
    assert "visit of office" not in html


def test_a_client_reads_it_and_asks_again_only_for_changes(released):
    answer = Client().get(PAGES[2])
    found = icalendar.Calendar.from_ical(answer.content).walk("VEVENT")
    assert sorted(str(one["SUMMARY"]) for one in found) == [
        "Moldova: visit of public",
        "event of public",
        "initiative of public",
    ]
    assert {str(one["CLASS"]) for one in found} == {"PUBLIC"}
    assert Client().get(PAGES[2], headers={"If-None-Match": answer["ETag"]}).status_code == 304


def test_an_empty_calendar_says_so(house):
    assert "Nothing is released" in Client().get(PAGES[1]).content.decode()
    assert "Nothing is released for the time ahead" in Client().get(PAGES[0]).content.decode()
