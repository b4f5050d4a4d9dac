"""The calendar on pages: month, year, list, filters, clashes and gaps, an entry by hand, another body's step."""

import re

import pytest
from django.urls import reverse

from palermo.office.domain.acting import acting_as
from palermo.partnership.domain import plans
from palermo.partnership.formats.plan_rows import Said, initiative_row, step_row
from palermo.partnership.models import ExternalStep, Initiative

CALENDAR = "/partnership/calendar/"


def text_of(response):
    return re.sub(r"\s+", " ", response.content.decode())


@pytest.fixture
def initiative(desk, do):
    def make(title="Training of judges", structure="ODIHR", states="MD", starts="2027-05-10", ends="", **values):
        clearance = values.pop("clearance", "office")
        said = {"title": title, "structure": structure, "states": states, "starts": starts, "ends": ends} | values
        row = initiative_row(Said("", {"kind": "training"} | said))
        return do(values.pop("member", desk.keeper), plans.enter_initiative, row=row, access=plans.Access(clearance))

    return make


def test_an_empty_calendar_says_what_to_do(desk, browser):
    page = text_of(browser(desk.keeper).get(CALENDAR))
    assert "Nothing in these days" in page
    assert "Enter an initiative, plan a visit, or import what others plan." in page


def test_month_year_and_list(desk, browser, initiative, plan):
    initiative(ends="2027-05-20")
    plan("RO", "2027-05-12", title="Visit to Romania")
    client = browser(desk.keeper)
    month = client.get(CALENDAR, {"view": "month", "year": 2027, "month": 5}).content.decode()
    table = month[month.index("calendar--month") : month.index("calendar-list--narrow")]
    assert re.findall(r'<td colspan="(\d)">\s*<a class="bar bar--(\w+) bar--from-(\w+)', table) == [
        ("7", "planned", "initiative"),
        ("1", "planned", "visit"),
        ("4", "planned", "initiative"),
    ]
    year = text_of(client.get(CALENDAR, {"view": "year", "year": 2027}))
    assert re.findall(r'<th scope="rowgroup"[^>]*>([^<]+)</th>', year) == ["National Co-ordinator", "ODIHR"]
    by_state = text_of(client.get(CALENDAR, {"view": "year", "year": 2027, "rows": "state"}))
    assert re.findall(r'<th scope="rowgroup"[^>]*>([^<]+)</th>', by_state) == ["Moldova", "Romania"]
    listed = text_of(client.get(CALENDAR, {"view": "list", "year": 2027}))
    assert "10 to 20 May 2027" in listed
    assert "calendar--month" not in listed


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ({"structure": "ODIHR"}, {"Training of judges"}),
        ({"state": "RO"}, {"Visit to Romania"}),
        ({"theme": "child"}, {"Training of judges"}),
        ({"kind": "visit"}, {"Visit to Romania"}),
        ({"source": "initiative"}, {"Training of judges"}),
        ({"structure": "nobody"}, set()),
        ({"year": "99999", "month": "x", "view": "<"}, set()),
    ],
)
def test_filters(said, shown, desk, browser, initiative, plan):
    initiative(themes="child")
    plan("RO", "2027-05-12", title="Visit to Romania")
    page = text_of(browser(desk.keeper).get(CALENDAR, {"view": "list", "year": 2027} | said))
    assert {title for title in ("Training of judges", "Visit to Romania") if f">{title}</a>" in page} == shown


def test_the_year_leads_to_its_months_with_the_filter_kept(desk, browser, initiative, plan):
    plan("MD", "2026-05-11")
    html = browser(desk.keeper).get("/partnership/calendar/?view=year&year=2026&state=MD").content.decode()
    months = re.findall(r'<th scope="col">\s*<a href="([^"]+)"', html)
    assert months[11] == "?state=MD&amp;view=month&amp;year=2026&amp;month=12&amp;rows=structure"
    assert len(months) == 12


def test_clashes_and_gaps_are_named(desk, browser, initiative, plan):
    initiative(themes="child", ends="2027-05-12")
    plan("MD", "2027-05-12", title="Our visit", themes=["child"])
    page = text_of(browser(desk.keeper).get(CALENDAR, {"view": "month", "year": 2027, "month": 5}))
    assert "Same days" in page
    assert "Both on Children: propose to do it jointly." in page or "propose to do it jointly" in page
    assert "themes were never taken up, as far as is known" in page
    narrowed = text_of(browser(desk.keeper).get(CALENDAR, {"state": "RO"}))
    assert re.search(r"Romania: \d+ themes were never taken up", narrowed)


def test_the_calendar_asks_a_fixed_number_of_statements(desk, browser, initiative, plan, statements):
    client = browser(desk.keeper)
    initiative()
    client.get(CALENDAR)
    with statements(8):
        client.get(CALENDAR, {"view": "month", "year": 2027, "month": 5})
    for number in range(3):
        initiative(f"Another {number}", starts=f"2027-05-1{number}")
        plan("RO", f"2027-05-1{number}")
    with statements(8):
        client.get(CALENDAR, {"view": "month", "year": 2027, "month": 5})


def test_an_initiative_is_entered_and_changed_by_hand(desk, browser):
    client = browser(desk.keeper)
    add = reverse("partnership:initiative_add")
    assert "Enter it" in text_of(client.get(add))
    said = {"title": "Conference", "structure": "", "other": "", "kind": "conference", "starts": "2027-04-03"}
    said |= {"certainty": "announced", "clearance": "organisation", "states": ["MD", "RO"], "themes": ["child"]}
    assert "The structure is missing." in text_of(client.post(add, said))
    assert client.post(add, said | {"structure": "OSR/CTHB"}).status_code == 302
    with acting_as(desk.keeper):
        one = Initiative.objects.get()
    assert (one.title, one.states, one.themes, one.clearance) == ("Conference", ["MD", "RO"], ["child"], "organisation")
    change = reverse("partnership:initiative_change", args=[one.pk])
    assert 'value="Conference"' in client.get(change).content.decode()
    assert client.post(change, said | {"structure": "OSR/CTHB", "title": "Alliance conference"}).status_code == 302
    assert "Alliance conference" in text_of(client.get(reverse("partnership:initiative", args=[one.pk])))
    other = browser(desk.other)
    assert "Alliance conference" in text_of(other.get(reverse("partnership:initiative", args=[one.pk])))
    assert other.post(change, said).status_code == 403


def test_a_rumour_becomes_sure_by_a_holder(desk, browser):
    client = browser(desk.keeper)
    said = {
        "body": "UNTOC review",
        "cycle": "cluster 2",
        "state": "MD",
        "step": "self_assessment",
        "clearance": "office",
    }
    said |= {"starts": "2027-03-01", "certainty": "rumour"}
    assert client.post(reverse("partnership:step_add"), said).status_code == 302
    with acting_as(desk.keeper):
        step = ExternalStep.objects.get()
    confirm = reverse("partnership:step_confirm", args=[step.pk])
    sure = {"certainty": "announced", "holder": "", "on": "2026-01-02"}
    assert "Nobody is named who said so." in text_of(client.post(confirm, sure))
    assert client.post(confirm, sure | {"holder": "Secretariat of the review"}).status_code == 302
    page = text_of(client.get(reverse("partnership:step", args=[step.pk])))
    assert "Secretariat of the review" in page
    assert "Announced" in page


def test_another_subject_adds_a_source(desk, browser):
    import datetime as dt

    from palermo.partnership.methods.calendar import Entry
    from palermo.partnership.queries import calendar_sources

    day = dt.date(2027, 5, 11)
    moment = dt.datetime(2027, 1, 1, tzinfo=dt.UTC)
    entry = Entry(
        "event-1",
        "event",
        "Alliance",
        calendar_sources.Span(day, day),
        "conference",
        "OSR/CTHB",
        (),
        (),
        "planned",
        "public",
        0,
        moment,
    )
    calendar_sources.register_calendar_source("event", lambda _: [entry])
    try:
        page = text_of(browser(desk.keeper).get(CALENDAR, {"view": "list", "year": 2027, "source": "event"}))
    finally:
        calendar_sources._SOURCES.pop("event")
    assert "Alliance" in page


def test_a_step_of_greta_outside_the_convention_clashes_with_nothing(desk, browser, plan, do):
    """As in the warnings on a visit: where the Convention does not bind, such an entry is hearsay."""
    for state, shown in (("MD", True), ("KZ", False)):
        said = {"body": "GRETA", "state": state, "step": "country_visit", "starts": "2027-05-11", "ends": "2027-05-14"}
        do(desk.keeper, plans.note_step, row=step_row(Said("", said | {"certainty": "rumour"})))
        plan(state, "2027-05-12")
        page = browser(desk.keeper).get(CALENDAR, {"view": "month", "year": 2027, "month": 5, "state": state})
        assert bool(page.context["clashes"]) is shown
