"""The co-ordinator's board, and the first page of each role."""

import datetime as dt

import pytest
from django.utils import timezone

from palermo.protection.domain.cases import add_risk
from palermo.protection.domain.referrals import accept_referral, decline_referral
from palermo.protection.pages.board_figures import every_day

BOARD = "/board/"


def test_it_counts_over_all_agencies(world, browser, make, do):
    cases = [make.case(), make.case(age=9, path="child"), make.case(member=world.shelter_manager)]
    accepted, declined, waiting = (make.referral(cases[n]) for n in (0, 0, 1))
    do(world.worker, accept_referral, referral=accepted)
    do(world.worker, decline_referral, referral=declined, reason="no_place")
    assert waiting.pk
    response = browser(world.co_ordinator).get(BOARD)
    totals = response.context["board"].totals
    assert (totals.arrived, totals.children, totals.screened, totals.presumed) == (3, 1, 0, 0)
    assert (totals.referred, totals.accepted, totals.declined, totals.waiting, totals.overdue) == (2, 1, 1, 1, 0)
    [agency] = response.context["agencies"]
    assert (agency["name"], agency["received"], agency["answered"], agency["share"]) == (
        "Lighthouse Shelter",
        3,
        2,
        "100%",
    )
    assert [(site.name, site.arrived) for site in response.context["board"].sites] == [("North Harbour", 3)]


def test_of_several_screenings_of_a_person_one_counts(world, make, do, later):
    from palermo.office.domain.acting import acting_as
    from palermo.protection.domain.screenings import judge_presumption, record_screening
    from palermo.protection.methods.forms import load_conditions
    from palermo.protection.queries.board import board

    conditions = [condition.code for condition in load_conditions()]
    twice, once, nobody = make.person("Twice"), make.person("Once"), make.person("Nobody")
    assert nobody.pk

    def screened(person, judgement=""):
        held = do(world.manager, record_screening, person=person, form="intake", conditions=conditions, answers={})
        if judgement:
            reason = "What was seen and heard says so."
            do(world.manager, judge_presumption, screening=held, judgement=judgement, reason=reason)

    with later(hours=1):
        screened(once)
        screened(twice, "not_presumed")
    with later(hours=7):
        screened(once, "not_presumed")
        screened(twice, "presumed")
    with later(hours=8), acting_as(world.co_ordinator):
        seen = board(timezone.now() - dt.timedelta(days=1), timezone.now() + dt.timedelta(days=1))
    totals = seen.totals
    # The presumption counts, else the first: it still waits for somebody to judge it.
    assert (totals.arrived, totals.screened, totals.presumed, totals.to_judge) == (3, 2, 1, 1)
    assert [(day.arrived, day.screened, day.presumed) for day in seen.days] == [(3, 2, 1)]
    assert [(site.arrived, site.screened, site.presumed) for site in seen.sites] == [(3, 2, 1)]
    assert [(wait.hours, wait.count) for wait in seen.screenings] == [(0, 1), (6, 1)]


def test_overdue_agencies_stand_first(world, browser, make, later):
    with later(hours=-30):
        make.referral(make.case(), "police", purpose="protection", services=("police_protection",))
    make.referral(make.case(), "children", purpose="protection", services=("guardianship",))
    response = browser(world.co_ordinator).get(BOARD)
    assert [(row["name"], row["overdue"]) for row in response.context["agencies"]] == [
        ("Special Unit", 1),
        ("Child Protection", 0),
    ]


def test_no_row_of_any_person_is_on_it(world, browser, make):
    case = make.case("Secretname")
    make.referral(case)
    page = browser(world.co_ordinator).get(BOARD).content.decode()
    assert case.person.code not in page
    assert "Secretname" not in page


@pytest.mark.parametrize("name", ["manager", "worker", "officer", "decider", "admin"])
def test_it_is_the_co_ordinators_alone(world, browser, make, name):
    make.case()
    response = browser(getattr(world, name)).get(BOARD)
    assert response.status_code == 403
    assert "North Harbour" not in response.content.decode()


def test_an_empty_board_says_what_to_do(world, browser):
    page = browser(world.co_ordinator).get(BOARD).content.decode()
    assert "Nothing was recorded in this period" in page
    assert "Choose a longer one" in page


def test_the_period_is_chosen(world, browser, make, later):
    with later(days=-20):
        make.case()
    member = browser(world.co_ordinator)
    day = (timezone.now() - dt.timedelta(days=20)).date()

    def arrived(query):
        return member.get(BOARD + query).context["board"].totals.arrived

    assert [arrived(query) for query in ("", "?period=7", "?period=30")] == [0, 0, 1]
    assert arrived(f"?period=own&since={day}&until={day}") == 1
    assert arrived(f"?period=own&since={day + dt.timedelta(days=1)}&until={day + dt.timedelta(days=2)}") == 0


@pytest.mark.parametrize(
    "query",
    [
        "?period=own",
        "?period=own&since=2026-02-01&until=2026-01-01",
        "?period=own&since=2020-01-01&until=2026-01-01",
        "?period=own&since=x&until=y",
        "?period=century",
    ],
)
def test_a_period_that_is_none_is_an_error(world, browser, query):
    response = browser(world.co_ordinator).get(BOARD + query)
    assert response.status_code == 422
    assert response.context["board"] is None


@pytest.mark.parametrize("more", [0, 2])
def test_one_statement_for_all_counts(world, browser, make, more, statements):
    for _n in range(1 + more):
        make.referral(make.case())
    member = browser(world.co_ordinator)
    with statements(6):
        response = member.get(BOARD)
    assert response.context["board"].totals.arrived == 1 + more


def test_places_on_one_cell_are_added_up(world, browser, make, as_owner, do):
    from palermo.office.models import Site
    from palermo.protection.pages.board_figures import places

    with as_owner():
        Site.objects.create(agency=world.agency["reception"], name="North Hall", column=1, row=2)
    make.case()
    response = browser(world.co_ordinator).get(BOARD)
    [cell] = places(response.context["board"]).data
    assert (cell["code"], cell["name"]) == ("NH", "North Harbour")


@pytest.mark.parametrize(
    ("name", "doors"),
    [
        ("co_ordinator", ["Board", "Desk", "Next visits", "Calendar", "Reports"]),
        ("manager", ["Arrivals and screening", "Referrals received", "Cases", "Concerns"]),
        ("responder", ["Arrivals and screening", "Cases", "Concerns"]),
        ("worker", ["Arrivals and screening", "Referrals received", "Cases"]),
        ("decider", ["Referrals received", "Cases"]),
        ("officer", []),
        ("admin", ["Members"]),
        ("reception_dpo", ["Emergency openings", "Requests about data"]),
    ],
)
def test_the_first_page_leads_each_role_to_its_work(world, browser, name, doors):
    response = browser(getattr(world, name)).get("/")
    assert [door["title"] for door in response.context["doors"]] == doors
    for door in response.context["doors"]:
        assert browser(getattr(world, name)).get(door["url"]).status_code == 200


def test_the_first_page_says_what_waits(world, browser, make, do, later):
    case = make.case()
    do(world.manager, add_risk, case=case, kind="threats")
    make.referral(case)
    numbers = {
        door["title"]: (door.get("number"), door["mark"]) for door in browser(world.manager).get("/").context["doors"]
    }
    assert numbers["Cases"] == (1, "1 with an urgent risk")
    assert numbers["Referrals received"] == (0, "")
    with later(hours=30):
        numbers = {d["title"]: (d.get("number"), d["mark"]) for d in browser(world.worker).get("/").context["doors"]}
    assert numbers["Referrals received"] == (1, "1 overdue")


def test_days_on_which_nobody_came_stand_at_nought(world, browser, make, later):
    with later(days=-3):
        make.case()
    make.case()
    found = browser(world.co_ordinator).get(BOARD).context["board"]
    drawn = [(day.arrived, day.presumed) for day in every_day(found.days)]
    assert drawn == [(1, 0), (0, 0), (0, 0), (1, 0)]
