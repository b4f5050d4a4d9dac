"""Visits on pages: planned with what is known beside it, also without script; moved, confirmed, and read by clearance."""

import datetime as dt
import re

import pytest
from django.urls import reverse

from palermo.office.domain.acting import acting_as
from palermo.partnership.domain import plans
from palermo.partnership.formats.plan_rows import Said, step_row
from palermo.partnership.models import Visit


def url(name, *args):
    return reverse(f"partnership:{name}", args=[getattr(arg, "pk", arg) for arg in args])


def text_of(response):
    return re.sub(r"\s+", " ", response.content.decode())


@pytest.fixture
def step(desk, do):
    """`step("MD", "2027-05-12", "2027-05-16")` notes a visit of GRETA."""

    def make(state, first, last, **values):
        said = {
            "body": "GRETA",
            "cycle": "third round",
            "state": state,
            "step": "country_visit",
            "certainty": "announced",
        }
        return do(desk.keeper, plans.note_step, row=step_row(Said("", said | {"starts": first, "ends": last} | values)))

    return make


SAID = {
    "title": "Look at supply chains",
    "state": "MD",
    "starts": "2027-05-13",
    "ends": "2027-05-14",
    "clearance": "office",
}


def test_a_plan_that_clashes_is_seen_moved_and_confirmed(desk, browser, step):
    """The whole way without script: plan, see why not, move it, agree, confirm."""
    step("MD", "2027-05-12", "2027-05-16")
    client = browser(desk.keeper)
    assert "Plan one: you see at once who else is there" in text_of(client.get(url("visits")))
    first = client.post(url("visit_add"), SAID)
    page = text_of(first)
    assert first.status_code == 200
    assert "GRETA, third round (announced): country visit, 12 to 16 May 2027, at the same time." in page
    assert "Ask GRETA, third round which of the two moves, or make it one joint visit." in page
    assert "Source: nobody has confirmed it" in page
    assert "Save it nevertheless" in page
    moved = client.post(url("visit_add"), SAID | {"starts": "2028-02-07", "ends": "2028-02-08"})
    assert moved.status_code == 302
    with acting_as(desk.keeper):
        visit = Visit.objects.get()
    assert (visit.status, str(visit.span)) == ("planned", "7 to 8 February 2028")
    for move in ("agree", "confirm"):
        assert "Yes, do it" in text_of(client.get(url("visit_move", visit, move)))
        assert client.post(url("visit_move", visit, move), {"invitation": "NV 12/27"}).status_code == 302
    page = text_of(client.get(url("visit", visit)))
    assert "Confirmed by the State" in page
    assert "NV 12/27" in page


def test_what_was_seen_is_saved_nevertheless(desk, browser, step):
    step("MD", "2027-05-12", "2027-05-16")
    client = browser(desk.keeper)
    page = client.post(url("visit_add"), SAID).content.decode()
    seen = re.search(r'name="seen" value="(\w+)"', page)[1]
    assert client.post(url("visit_add"), SAID | {"seen": "0" * 32}).status_code == 200
    assert client.post(url("visit_add"), SAID | {"seen": seen}).status_code == 302


def test_the_warnings_alone_for_the_form_while_it_is_filled(desk, browser, step):
    step("MD", "2027-05-12", "2027-05-16")
    client = browser(desk.keeper)
    asked = client.get(url("visit_check"), {"state": "MD", "starts": "2027-06-01"})
    assert "16 days before yours" in text_of(asked)
    assert "<html" not in text_of(asked)
    assert "Give the State and the first day" in text_of(client.get(url("visit_check"), {"state": "MD"}))
    assert "Nothing that is known" in text_of(client.get(url("visit_check"), {"state": "RO", "starts": "2027-06-01"}))
    assert 'hx-get="/partnership/visits/check/"' in client.get(url("visit_add")).content.decode()


def test_no_greta_in_a_state_outside_the_convention(desk, browser, step):
    step("KZ", "2027-05-12", "2027-05-16")
    client = browser(desk.keeper)
    assert client.post(url("visit_add"), SAID | {"state": "KZ"}).status_code == 302


def test_a_double_booking_is_one_sentence_on_the_page(desk, browser, plan):
    plan("MD", "2027-05-10", "2027-05-14", status="confirmed", title="First visit")
    second = plan("MD", "2027-05-14", status="agreed")
    refused = browser(desk.keeper).post(url("visit_move", second, "confirm"), {})
    assert refused.status_code == 422
    assert (
        "Your office is in this State on these days already: “First visit” in Moldova, 10 to 14 May 2027. Move one"
        in text_of(refused)
    )


def test_team_and_interlocutors(desk, browser, plan):
    visit = plan(clearance="organisation")
    client = browser(desk.keeper)
    assert client.post(url("team_add", visit), {"person": desk.second.pk, "role": "leader"}).status_code == 302
    assert (
        client.post(url("interlocutor_add", visit), {"organisation": "Ministry of Labour", "post": "Head"}).status_code
        == 302
    )
    page = client.get(url("visit", visit)).content.decode()
    assert "Second Officer" in page
    assert "Ministry of Labour, Head" in page
    met = re.search(r'action="(/partnership/visits/interlocutors/[\w-]+/)"', page)[1]
    client.post(met, {"met": "yes"})
    out = re.search(r'action="(/partnership/visits/team/[\w-]+/leave/)"', page)[1]
    client.post(out)
    page = text_of(client.get(url("visit", visit)))
    assert re.search(r'<span class="soft">\s*met\s*</span>', page)
    assert "Nobody goes yet." in page
    other = text_of(browser(desk.reader).get(url("visit", visit)))
    assert visit.title in other
    assert "Ministry of Labour" not in other


def test_wrong_days_are_said_at_the_field(desk, browser):
    client = browser(desk.keeper)
    for said, words in (
        ({"starts": "2027-05-14", "ends": "2027-05-13"}, "It ends before it begins."),
        ({"starts": "", "ends": "2027-05-13"}, "Give the first day too."),
        ({"state": "XX"}, "Select a valid choice."),
    ):
        answer = client.post(url("visit_add"), SAID | said)
        assert answer.status_code == 422
        assert words in text_of(answer)


def test_every_move_has_its_page(desk, browser, plan):
    client = browser(desk.keeper)
    visit = plan()
    for move in ("agree", "confirm", "done", "report", "follow-up", "postpone", "close", "cancel"):
        assert client.get(url("visit_move", visit, move)).status_code == 200
    assert client.get(url("visit_move", visit, "fly")).status_code == 404
    assert client.post(url("visit_move", visit, "close"), {"reason": "Nothing more"}).status_code == 422
    assert client.post(url("visit_move", visit, "cancel"), {"reason": ""}).status_code == 422
    assert client.post(url("visit_move", visit, "cancel"), {"reason": "The State asked"}).status_code == 302


def test_the_list_and_its_statements(desk, browser, plan, statements):
    for number in range(3):
        plan("MD", f"2027-0{number + 1}-10")
    client = browser(desk.keeper)
    client.get(url("visits"))
    with statements(6):
        page = client.get(url("visits"), {"state": "MD", "status": "planned", "theme": ""})
    assert text_of(page).count("Visit to MD") == 3
    assert "Visit to MD" not in text_of(client.get(url("visits"), {"status": "done"}))


def test_a_report_is_noted_with_its_day(desk, browser, plan):
    visit = plan("MD", "2026-01-12", status="done")
    client = browser(desk.keeper)
    today = dt.datetime.now(tz=dt.UTC).date().isoformat()
    assert (
        client.post(url("visit_move", visit, "report"), {"reported_on": today, "report": "SEC.GAL/9/26"}).status_code
        == 302
    )
    assert "SEC.GAL/9/26" in text_of(client.get(url("visit", visit)))


def test_visits_stand_on_a_states_page(desk, browser, plan, step, statements):
    """Two statements, whatever there is; GRETA's absence is said."""
    from palermo.partnership.pages.visits_of_state import visits_of_state

    plan("MD", "2027-05-10", title="Our visit")
    step("MD", "2027-05-12", "2027-05-16")
    page = text_of(browser(desk.keeper).get("/partnership/states/MD/"))
    assert "Our visit" in page
    assert "GRETA, third round: Country visit" in page
    assert "GRETA does not come" not in page
    assert "GRETA does not come" in text_of(browser(desk.keeper).get("/partnership/states/KZ/"))

    with acting_as(desk.keeper), statements(2):
        from django.test import RequestFactory

        request = RequestFactory().get("/")
        request.user = desk.keeper
        assert "Our visit" in visits_of_state(request, "MD")


def test_a_colleague_who_is_bound_elsewhere_is_told_before_anybody_confirms(desk, browser, plan):
    plan("RO", "2027-05-12", status="confirmed", title="Visit to Romania", team=[{"person": desk.second}])
    asked = plan("MD", "2027-05-12", team=[{"person": desk.second}])
    page = text_of(browser(desk.keeper).get(url("visit", asked)))
    assert "Second Officer is on “Visit to Romania” in Romania, 12 May 2027." in page
    assert "Nothing that is known stands in the way" not in page
