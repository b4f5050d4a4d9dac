"""Commitments, law register, outcomes and the State's page: from page to record, and how many statements they ask."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils.html import format_html

from palermo.office.domain.acting import acting_as
from palermo.partnership.domain.commitments import load_commitments
from palermo.partnership.domain.designations import designate
from palermo.partnership.domain.directory import add_contact
from palermo.partnership.domain.law import add_bill, add_law_record, assess_gap
from palermo.partnership.domain.outcomes import open_outcome
from palermo.partnership.models import (
    Bill,
    GapAssessment,
    Instrument,
    LawRecord,
    OutcomeStep,
    Provision,
    StateOutcome,
    TextVersion,
)
from palermo.partnership.pages import state_parts

pytestmark = pytest.mark.django_db
DAY = dt.date(2017, 3, 1)
OFFICE = {"clearance": "office"}
FRAME = 4


@pytest.fixture
def desk(house):
    return house.co_ordinator


def address(name, *args):
    return reverse(f"partnership:{name}", args=args)


def seen(desk, model, **which):
    with acting_as(desk):
        return model.objects.get(**which)


def test_commitments_are_loaded_by_a_button_and_shown_with_their_grades(browser, desk, house):
    client = browser(desk)
    assert client.post(address("commitments_load")).url == address("commitments")
    page = client.get(address("commitments"))
    assert len(page.context["lines"]) == 26
    assert page.content.decode().count("A: source text read") >= 12
    only = client.get(address("commitments"), {"grade": "C", "addressee": "structures"})
    with acting_as(desk):
        wanted = set(
            Instrument.objects.filter(grade="C", provisions__addressee="structures").values_list("symbol", flat=True)
        )
    assert {one.symbol for one, _ in only.context["lines"]} == wanted
    doubtful = seen(desk, Instrument, symbol="PC.DEC/426")
    one = client.get(address("commitment", doubtful.pk)).content.decode()
    assert "To be checked" in one
    assert "C: not seen, to be checked" in one
    assert browser(house.manager).post(address("commitments_load")).status_code == 403


def test_a_text_is_added_in_another_language(browser, desk, do):
    do(desk, load_commitments)
    provision = seen(desk, Provision, instrument__symbol="PC.DEC/557", addressee="structures")
    client = browser(desk)
    said = {"language": "fra", "standing": "official", "text": "Le texte", "source": "osce.org"}
    assert client.post(address("text_add", provision.pk), said).status_code == 302
    assert client.post(address("text_add", provision.pk), said).status_code == 422
    assert seen(desk, TextVersion, language="fra").text == "Le texte"
    assert "Le texte" in client.get(address("commitment", provision.instrument_id)).content.decode()


def test_law_gap_bill_and_outcome_from_page_to_record(browser, desk, do):
    do(desk, load_commitments)
    client = browser(desk)
    law = {
        "point": "child_rule",
        "covers": "partly",
        "act": "Act 241, article 2",
        "says": "A child needs no means",
        "since": "2017-03-01",
        "source": "Gazette 164",
        "grade": "A",
    }
    assert client.post(address("law_add", "MD"), law | OFFICE).status_code == 302
    record = seen(desk, LawRecord)
    table = client.get(address("law"), {"day": "2017-06-01"})
    assert [(state.iso2, [len(laws) for laws in cells]) for state, cells in table.context["rows"]] == [
        ("MD", [0, 0, 0, 1, 0, 0, 0, 0])
    ]
    assert len(client.get(address("law"), {"of": "states"}).context["rows"]) == 57
    assert len(client.get(address("law"), {"of": "all"}).context["rows"]) == 68
    provision = seen(desk, Provision, instrument__symbol="MC.DEC/5/08", addressee="states")
    gap = {"gap": "partly", "reason": "Only for children", "law": str(record.pk), "assessed_on": "2017-06-01"}
    assert client.post(address("gap_add", "MD", provision.pk), gap | OFFICE).status_code == 302
    assert seen(desk, GapAssessment).law_id == record.pk
    bill = {"title": "A bill", "points": ["act"], "stage": "drafted", "on": "2017-06-01", "source": "Ministry"}
    assert client.post(address("bill_add", "MD"), bill | OFFICE).status_code == 302
    made = seen(desk, Bill)
    step = {"stage": "parliament", "on": "2017-07-01", "source": "Agenda"}
    assert client.post(address("bill_move", made.pk), step).status_code == 302
    outcome = {"title": "A mechanism", "stage": "interested", "on": "2017-06-01", "evidence": "A letter"}
    assert client.post(address("outcome_add", "MD"), outcome | OFFICE | {"themes": ["nrm"]}).status_code == 302
    taken = seen(desk, StateOutcome)
    back = {"stage": "interested", "on": "2017-08-01", "evidence": "x"}
    assert "already" in client.post(address("outcome_move", taken.pk), back).content.decode()
    forward = {"stage": "adopted", "on": "2017-08-01", "evidence": "Gazette 200"}
    assert client.post(address("outcome_move", taken.pk), forward).status_code == 302
    assert seen(desk, OutcomeStep, stage="adopted").evidence == "Gazette 200"
    assert client.post(address("law_end", record.pk), {"until": "2016-01-01"}).status_code == 422
    assert client.post(address("law_end", record.pk), {"until": "2018-01-01"}).status_code == 302
    page = client.get(address("state", "MD"), {"day": "2017-06-01"}).content.decode()
    for words in ("Act 241, article 2", "Only for children", "before parliament", "Gazette 200", "A mechanism"):
        assert words in page
    assert "since 2008-02-01" in page


@pytest.mark.parametrize("number", [1, 3])
def test_statements_do_not_grow_with_what_is_shown(browser, desk, do, statements, number, monkeypatch):
    # What other subjects show on a State's page is theirs to count.
    monkeypatch.setattr("palermo.partnership.pages.state_parts._parts", {})
    do(desk, load_commitments)
    with acting_as(desk):
        provisions = list(Provision.objects.filter(addressee="states").select_related("instrument")[:number])
    for n, provision in enumerate(provisions):
        law = {"act": "Act", "says": "It", "source": "s", "grade": "A", "covers": "yes", "since": DAY}
        do(desk, add_law_record, state="MD", point="act", **law)
        do(desk, assess_gap, state="MD", provision=provision, gap="met", reason="r")
        do(desk, add_bill, state="MD", title=f"b{n}", points=["act"], stage="drafted", on=DAY, source="s")
        do(desk, open_outcome, state="MD", title=f"o{n}", stage="interested", on=DAY, evidence="e")
        person = do(desk, add_contact, name=f"p{n}")
        do(desk, designate, contact=person, post="focal_point", state="MD", since=DAY, document="d")
    client = browser(desk)
    for name, args, asked in (
        ("states", (), 2),
        ("state", ("MD",), 11),
        ("law", (), 1),
        ("commitments", (), 3),
        ("commitment", (provisions[0].instrument_id,), 4),
    ):
        path = address(name, *args)
        client.get(path)
        with statements(FRAME + asked):
            assert client.get(path).status_code == 200, name


def test_colleagues_add_their_parts_to_a_states_page(browser, desk, monkeypatch):
    monkeypatch.setattr(state_parts, "_parts", {})
    state_parts.register("later", lambda _request, code: format_html("<p>second of {}</p>", code), order=20)
    state_parts.register("first", lambda _request, code: format_html("<p>first of {}</p>", code), order=10)
    state_parts.register("none", lambda _request, _code: "")
    page = browser(desk).get(address("state", "MD")).content.decode()
    assert page.index("first of MD") < page.index("second of MD")


def test_the_tiles_tell_what_is_known(browser, desk, do):
    law = {"act": "Act", "says": "It", "source": "s", "grade": "A", "covers": "no", "since": DAY}
    do(desk, add_law_record, state="MD", point="act", **law)
    do(desk, add_law_record, state="MD", point="means", **law)
    person = do(desk, add_contact, name="p")
    do(desk, designate, contact=person, post="rapporteur", state="MD", since=DAY, document="d")
    page = browser(desk).get(address("states"), {"day": "2017-06-01"})
    values = {row["code"]: row["value"] for row in page.context["map"].data}
    assert len(values) == 68
    assert {code: value for code, value in values.items() if value is not None} == {"MD": 3}


@pytest.mark.parametrize("code", ["XX", "md", "MDA", "0", "<script>"])
def test_what_is_no_state_is_not_there(browser, desk, code):
    client = browser(desk)
    for name in ("state", "law_add", "bill_add", "outcome_add"):
        assert client.get(address(name, code)).status_code == 404
    assert client.get(f"/api/partnership/states/{code}").status_code == 404


def test_by_api(browser, desk, do):
    do(desk, load_commitments)
    client = browser(desk)
    told = client.get("/api/partnership/commitments").json()
    assert len(told) == 26
    assert {one["grade"] for one in told} == {"A", "B", "C"}
    assert told[0]["provisions"][0]["texts"][0]["standing"] == "working"
    state = client.get("/api/partnership/states/MD?day=2017-06-01").json()
    assert state == {
        "code": "MD",
        "name": "Moldova",
        "day": "2017-06-01",
        "law": [],
        "gaps": [],
        "bills": [],
        "outcomes": [],
    }
    assert client.get("/api/partnership/states/MD?day=never").status_code == 422
