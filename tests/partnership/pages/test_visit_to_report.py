"""A visit, what it found, and the sentence of the annual report that counts both: every step leads on and back."""

import datetime as dt
import re

import pytest
from records import do as act

from palermo.office.domain.acting import acting_as
from palermo.partnership.domain.findings import Source, Wording, publish_finding, record_finding
from palermo.partnership.domain.follow_up import record_reply
from palermo.partnership.domain.reports import freeze_report, write_report
from palermo.partnership.queries.told import told_of
from palermo.vocabulary.errors import Refusal

BASE = "/partnership"
TEXT = """# Visits

Last year was calm. We went on {{ partnership.visits_done }} visit. It ended in {{ findings.recommendations }} advice.
"""


@pytest.fixture
def visit(plan):
    return plan("MD", "2026-05-11", "2026-05-13", status="done", title="Visit on labour inspection")


def recommend(member, visit, **values):
    given = {"kind": "recommendation", "state": "MD", "stage": "final", "texts": (Wording("en", "The final text."),)}
    given |= {"title": "Moldova should train its labour inspectors.", **values}
    source = given.pop("source", Source("visit", dt.date(2026, 5, 13), visit=visit))
    return act(member, record_finding, source=source, **given)


def links(response):
    return set(re.findall(r'href="([^"]+)"', response.content.decode()))


def test_a_finding_begins_on_the_visit_s_page_and_keeps_the_visit(desk, browser, visit):
    page = browser(desk.second)
    add = f"{BASE}/findings/add/?visit={visit.pk}"
    assert add in links(page.get(f"{BASE}/visits/{visit.pk}/"))
    begun = page.get(add).context["form"].initial
    assert (begun["visit"], begun["state"], begun["found_on"]) == (visit.pk, "MD", dt.date(2026, 5, 13))
    sent = {name: begun[name] for name in ("visit", "state", "source_kind")}
    sent |= {"kind": "challenge", "title": "Inspectors have no mandate.", "found_on": "2026-05-13"}
    answer = page.post(add, sent | {"stage": "draft", "language": "en", "clearance": "office"})
    assert answer.status_code == 302
    address = answer["Location"]
    assert address in links(page.get(f"{BASE}/visits/{visit.pk}/"))
    assert f"{BASE}/visits/{visit.pk}/" in links(page.get(address))


def test_a_public_finding_does_not_name_the_visit_that_is_not(desk, browser, visit, client):
    finding = recommend(desk.second, visit, stage="published")
    act(desk.second, publish_finding, finding=finding)
    for response in (
        client.get(f"{BASE}/public/findings/"),
        browser(desk.reader).get(f"{BASE}/findings/{finding.pk}/"),
        browser(desk.reader).get(f"/api/findings/{finding.pk}"),
    ):
        assert finding.title in response.content.decode()
        assert visit.title not in response.content.decode()


def test_the_sentence_leads_to_the_records_and_each_record_to_the_sentence(desk, browser, visit):
    finding = recommend(desk.second, visit)
    report = act(desk.second, write_report, year=2026, language="en", text=TEXT)
    page = browser(desk.second)
    draft = page.get(f"{BASE}/reports/{report.pk}/")
    assert f"{BASE}/reports/figures/findings.recommendations/?year=2026" in links(draft)
    issue = act(desk.second, freeze_report, report=report)
    frozen = act(desk.second, lambda **_: dict(issue.figures.values_list("called", "figure_id")))
    issued = page.get(f"{BASE}/reports/{report.pk}/")
    for called, record in (
        ("findings.recommendations@2026", f"{BASE}/findings/{finding.pk}/"),
        ("partnership.visits_done@2026", f"{BASE}/visits/{visit.pk}/"),
    ):
        counted = f"{BASE}/reports/figures/frozen/{frozen[called]}/"
        assert counted in links(issued)
        assert record in links(page.get(counted))
        back = page.get(record)
        assert counted in links(back)
        assert f"{BASE}/reports/{report.pk}/#{called.partition('@')[0]}" in links(back)
    said = [one.text for one in page.get(f"{BASE}/findings/{finding.pk}/").context["told"]]
    assert said == ["It ended in 1 advice."]
    said = [one.text for one in page.get(f"{BASE}/visits/{visit.pk}/").context["told"]]
    assert said == ["We went on 1 visit."]


def test_however_many_figures_count_a_record_its_issue_is_fetched_once(desk, visit, django_assert_num_queries):
    finding = recommend(desk.second, visit)
    act(desk.second, record_reply, finding=finding, position="accepted", on=dt.date(2026, 6, 2), document="Note 1")
    text = (
        "# Advice\n\nIn all {{ findings.recommendations }}. Of it {{ findings.accepted }} of {{ findings.replied }}"
        " taken up. Again {{ findings.recommendations }}.\n"
    )
    report = act(desk.second, write_report, year=2026, language="en", text=text)
    act(desk.second, freeze_report, report=report)
    with acting_as(desk.second):
        with django_assert_num_queries(2):
            said = [(one.name, one.text) for one in told_of(finding.pk, room="findings")]
        with django_assert_num_queries(1):
            assert told_of(finding.pk, room="partnership") == []
    assert said == [
        ("findings.accepted", "Of it 1 of 1 taken up."),
        ("findings.recommendations", "In all 1."),
        ("findings.recommendations", "Again 1."),
    ]


def test_a_report_that_is_not_for_the_reader_is_not_told_of(desk, browser, visit):
    finding = recommend(desk.second, visit, clearance="organisation")
    report = act(desk.second, write_report, year=2026, language="en", text=TEXT)
    act(desk.second, freeze_report, report=report)
    answer = browser(desk.other).get(f"{BASE}/findings/{finding.pk}/")
    assert (answer.status_code, answer.context["told"]) == (200, [])


@pytest.mark.parametrize(
    ("values", "where"),
    [
        ({"state": "DK"}, "state"),
        ({"source": ("visit", dt.date(2026, 5, 10))}, "found_on"),
        ({"source": ("survey", dt.date(2026, 5, 13))}, "source"),
    ],
)
def test_a_finding_of_a_visit_is_of_its_state_and_days(desk, visit, values, where):
    if "source" in values:
        values = values | {"source": Source(*values["source"], visit=visit)}
    with pytest.raises(Refusal) as refused:
        recommend(desk.second, visit, **values)
    assert refused.value.where == where


def test_a_visit_that_is_only_planned_found_nothing(desk, plan, browser):
    planned = plan("MD", "2026-05-11", status="planned")
    with pytest.raises(Refusal) as refused:
        recommend(desk.second, planned)
    assert refused.value.where == "visit"
    assert not browser(desk.second).get(f"{BASE}/visits/{planned.pk}/").context["may_record"]


def test_whatever_a_figure_counts_has_a_name(desk, visit, browser):
    from palermo.partnership.domain.attendance import record_attendance
    from palermo.partnership.domain.designations import designate
    from palermo.partnership.domain.directory import add_contact
    from palermo.partnership.domain.events import keep_event

    event = act(desk.second, keep_event, title="Alliance", kind="conference", when="2026-04-03", status="done")
    act(desk.second, record_attendance, event=event, name="Ada Exemplar", state="MD")
    person = act(desk.second, add_contact, name="Boris Exemplar")
    act(
        desk.second,
        designate,
        contact=person,
        post="co_ordinator",
        state="MD",
        since=dt.date(2026, 1, 1),
        document="NV 1",
    )
    page = browser(desk.second)
    for figure, name, address in (
        ("participants", "Ada Exemplar · MD · Alliance", f"{BASE}/events/{event.pk}/"),
        ("co_ordinators", "Boris Exemplar", f"{BASE}/directory/officials/{person.pk}/"),
        ("states_visited", "Moldova", f"{BASE}/states/MD/"),
    ):
        counted = page.get(f"{BASE}/reports/figures/partnership.{figure}/?year=2026").context["counted"]
        assert [(one.name, one.url) for one in counted] == [(name, address)]


def test_by_api_the_chain_and_the_sentence(desk, visit, browser):
    finding = recommend(desk.second, visit)
    recommend(
        desk.second, None, source=Source("survey", dt.date(2026, 5, 13)), title="Another State's matter.", state="DK"
    )
    report = act(desk.second, write_report, year=2026, language="en", text=TEXT)
    act(desk.second, freeze_report, report=report)
    page = browser(desk.second)
    told = page.get("/api/findings?state=MD").json()
    assert (told["count"], [one["visit_id"] for one in told["items"]]) == (1, [str(visit.pk)])
    chain = page.get(f"/api/findings/{finding.pk}").json()
    assert (chain["finding"]["reference"], chain["texts"][0]["text"]) == ("MD-2026-01", "The final text.")
    assert [(one["figure"], one["sentence"]) for one in chain["told"]] == [
        ("findings.recommendations", "It ended in 2 advice.")
    ]
    figures = page.get("/api/partnership/figures?year=2026").json()
    assert (figures["findings.recommendations"]["value"], figures["findings.recommendations"]["counted"]) == (2, 2)
    one = page.get("/api/partnership/figures/findings.states?year=2026").json()
    assert (one["name"], one["ids"]) == ("findings.states", ["DK", "MD"])


def test_by_api_nobody_is_told_more_than_they_are_cleared_for(desk, visit, browser):
    finding = recommend(desk.second, visit)
    for member in (desk.other, desk.reader):
        page = browser(member)
        assert page.get("/api/findings").json() == {"count": 0, "items": []}
        assert page.get(f"/api/findings/{finding.pk}").status_code == 404
    assert browser(desk.enforcer).get("/api/findings").status_code in (401, 403)
    page = browser(desk.second)
    assert page.get("/api/partnership/figures/no.such?year=2026").status_code == 404
    assert page.get("/api/partnership/figures/findings.states?year=1").status_code == 422


def test_before_a_report_is_published_it_says_what_no_figure_holds(desk, browser, visit, client):
    report = act(desk.second, write_report, year=2026, language="en", text=f"{TEXT}\nWe wrote 12 letters.\n")
    act(desk.second, freeze_report, report=report)
    page = browser(desk.second)
    address = f"{BASE}/reports/{report.pk}/publish/"
    assert address in links(page.get(f"{BASE}/reports/{report.pk}/"))
    asked = page.get(address)
    assert [one.text for one in asked.context["typed"]] == ["We wrote 12 letters."]
    assert [one.text for one in asked.context["bare"]] == ["Last year was calm."]
    assert client.get(f"{BASE}/public/reports/2026/en/").status_code == 404
    assert page.post(address).status_code == 302
    assert client.get(f"{BASE}/public/reports/2026/en/").status_code == 200


def test_a_record_for_named_persons_may_name_its_writer_only(desk, visit, browser):
    finding = recommend(desk.second, visit, clearance="named")
    assert finding.readers == [desk.second.id]
    address = f"{BASE}/findings/{finding.pk}/"
    assert [browser(one).get(address).status_code for one in (desk.second, desk.keeper)] == [200, 404]
