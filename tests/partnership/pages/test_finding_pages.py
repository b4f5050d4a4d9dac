"""Findings and reports in pages, from the first form to the public page."""

import datetime as dt
import re

import pytest
from desk import declared, finding
from django.test import Client

from palermo.partnership.domain.reports import write_report

BASE = "/partnership"
#: Statements of any page of a member: session, member with agency, second factor, pass.
OF_ANY_PAGE = 4


@pytest.fixture
def desk(house, browser):
    return browser(house.co_ordinator)


@pytest.fixture
def second_desk(house, as_owner):
    """Another office's co-ordinator."""
    from palermo.office.domain.agencies import enrol_member, found_agency
    from palermo.office.enums import Role

    with as_owner():
        agency = found_agency(name="Second Office", kind="national_co_ordinator", state="IT", using="default")
        return enrol_member(
            agency=agency,
            username="second",
            name="Second",
            roles=[Role.CO_ORDINATOR],
            password="a long first password",
            using="default",
        )[0]


def ok(response, status=302):
    errors = re.findall(r'class="[^"]*error[^"]*"[^>]*>(.*?)</', response.content.decode(), re.DOTALL)
    assert response.status_code == status, errors
    return response


def text_of(response):
    assert response.status_code == 200
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


RECORD = {
    "kind": "recommendation",
    "title": "The office urges the authorities to adopt a law.",
    "state": "DK",
    "themes": ["prevention"],
    "source_kind": "visit",
    "source_reference": "Country visit",
    "found_on": "2017-05-10",
    "stage": "draft",
    "language": "en",
    "clearance": "office",
}


def test_a_recommendation_from_the_form_to_the_public_page(desk):
    page = ok(desk.post(f"{BASE}/findings/add/", RECORD))["Location"]
    steps = {
        "text": {
            "stage": "final",
            "on": "2017-08-01",
            "language": "en",
            "standing": "official",
            "text": "The final text.",
            "second_language": "fr",
            "second_standing": "working",
            "second_text": "Le texte final.",
        },
        "reply": {"position": "accepted", "on": "2017-09-01", "document": "Note verbale 7"},
        "measure": {
            "kind": "law",
            "title": "The act was amended",
            "on": "2017-10-01",
            "findings": [page.split("/")[-2]],
        },
        "assess": {"status": "largely", "on": "2017-11-01", "reason": "The act names all means.", "evidence": "Act 12"},
        "again": {"on": "2017-12-01", "occasion": "17th Alliance conference", "what": "Raised again"},
        "publish": {},
    }
    for step, said in steps.items():
        assert ok(desk.get(f"{page}{step}/"), 200)
        ok(desk.post(f"{page}{step}/", said))
    shown = text_of(desk.get(page))
    for words in (
        "DK-2017-01",
        "Immediate",
        "Largely done",
        "The State replied: Accepted",
        "The State did: The act was amended",
        "Came up again: 17th Alliance conference",
        "Le texte final.",
        "Version 3",
        "Public",
    ):
        assert words in shown
    public = text_of(Client().get(f"{BASE}/public/findings/"))
    assert "DK-2017-01" in public
    assert "The final text." in public
    assert "Note verbale" not in public
    assert "DK-2017-01" in text_of(Client().get(f"{BASE}/public/"))


def test_a_refused_form_names_the_field_and_keeps_nothing(desk, owner_sql):
    response = desk.post(f"{BASE}/findings/add/", {**RECORD, "title": "short"})
    assert response.status_code == 422
    assert "less than 10" in response.content.decode()
    response = desk.post(f"{BASE}/findings/add/", {**RECORD, "deadline": "2016-01-01"})
    assert response.status_code == 422
    assert owner_sql("SELECT count(*) FROM partnership_finding") == [(0,)]


def test_side_by_side_and_practices_on_offer(house, desk):
    finding(house.co_ordinator)
    finding(
        house.co_ordinator,
        "GRETA considers that inspectors should be trained.",
        body="GRETA",
        source_kind="body",
        stage="published",
    )
    practice = finding(house.co_ordinator, "Inspectors are trained together with NGOs.", kind="practice", state="MN")
    shown = text_of(desk.get(f"{BASE}/findings/convergence/?state=DK"))
    assert "Several bodies speak" in shown
    assert "GRETA considers" in shown
    offered = text_of(desk.get(f"{BASE}/findings/offers/?state=DK"))
    assert practice.title in offered


def test_another_desk_is_told_that_a_finding_is_not_its_own(house, browser, second_desk):
    one = finding(house.co_ordinator, clearance="organisation")
    response = browser(second_desk).post(
        f"{BASE}/findings/{one.pk}/reply/", {"position": "noted", "on": "2017-06-01", "document": "Note verbale"}
    )
    assert response.status_code == 403


def test_a_practice_is_offered_by_the_office_that_keeps_it(house, desk, second_desk):
    one = finding(house.co_ordinator)
    said = {"kind": "practice", "state": "MN", "clearance": "organisation"}
    theirs = finding(second_desk, "Judges are trained together with prosecutors.", **said)
    shown = desk.get(f"{BASE}/findings/{one.pk}/").content.decode()
    assert theirs.title in shown
    assert "Offer it" not in shown
    own = finding(house.co_ordinator, "Inspectors are trained together with NGOs.", **said)
    shown = desk.get(f"{BASE}/findings/{one.pk}/").content.decode()
    assert shown.count("Offer it") == 1
    assert f"{BASE}/findings/{own.pk}/link/?kind=offered" in shown


def test_findings_go_out_as_csv_and_come_back(house, desk, owner_sql):
    finding(house.co_ordinator)
    finding(
        house.co_ordinator, "Mongolia should train its judges now.", state="MN", themes=["prevention", "legislation"]
    )
    data = desk.get(f"{BASE}/findings/?format=csv").content
    renamed = re.sub(rb"(DK|MN)-2017-01", rb"\1-2017-77", data)
    from django.core.files.uploadedfile import SimpleUploadedFile

    ok(desk.post(f"{BASE}/findings/import/", {"file": SimpleUploadedFile("f.csv", renamed)}))
    columns = "kind, state, title, themes, source_kind, source_reference, found_on, urgency, stage"
    rows = owner_sql(f"SELECT {columns}, count(*) FROM partnership_finding GROUP BY {columns}")
    assert sorted(row[-1] for row in rows) == [2, 2]
    again = desk.post(f"{BASE}/findings/import/", {"file": SimpleUploadedFile("f.csv", renamed)})
    assert again.status_code == 422
    assert "there is a finding" in again.content.decode().lower()


def test_a_report_from_its_text_to_the_public(house, desk):
    finding(house.co_ordinator)
    declared(house.co_ordinator, "event.alliance-17.participants", 350, "over")
    page = ok(desk.post(f"{BASE}/reports/add/", {"year": "2017", "language": "en", "title": "The year"}))["Location"]
    text = (
        "# Prevention\nThe conference had {{ declared:event.alliance-17.participants }} participants. Some 40 stayed.\n\n"
        "{{ findings.recommendations }} recommendations.\n\n{{ map: findings.states | Where }}\n\n{{ declared }}\n"
    )
    ok(desk.post(f"{page}write/", {"title": "The year", "text": text}))
    draft = text_of(desk.get(page))
    assert "over 350 (declared)" in draft
    assert "Some 40 stayed." in draft
    assert "Numbers typed by hand" in draft
    assert Client().get(f"{BASE}/public/reports/2017/en/").status_code == 404
    ok(desk.post(f"{page}freeze/"))
    assert Client().get(f"{BASE}/public/reports/2017/en/").status_code == 404
    ok(desk.post(f"{page}publish/"))
    public = text_of(Client().get(f"{BASE}/public/reports/2017/en/"))
    assert "over 350 (declared)" in public
    assert re.search(r"\b1 \[\d\] recommendations\.", public)
    for kind, sign in (("pdf", b"%PDF"), ("docx", b"PK")):
        first, second = (Client().get(f"{BASE}/public/reports/2017/en/{kind}/").content for _ in range(2))
        assert first.startswith(sign)
        assert first == second


def test_a_change_after_freezing_shows_as_a_difference(house, desk, do, owner_sql):
    from palermo.partnership.domain.reports import freeze_report

    kept = finding(house.co_ordinator)
    report = do(
        house.co_ordinator, write_report, year=2017, language="en", text="{{ findings.recommendations }} were made."
    )
    do(house.co_ordinator, freeze_report, report=report)
    [(frozen,)] = owner_sql("SELECT id FROM partnership_frozenfigure")
    page = f"{BASE}/reports/figures/frozen/{frozen}/"
    ok(desk.post(f"{page}recount/"))
    assert "Counted again: the very same" in text_of(desk.get(page))
    added = finding(house.co_ordinator, "Another recommendation of the year.", on=dt.date(2017, 6, 1))
    ok(desk.post(f"{page}recount/"))
    shown = text_of(desk.get(page))
    assert "Counted again: it differs" in shown
    assert added.reference in shown
    assert kept.reference in shown
    assert owner_sql("SELECT value FROM partnership_frozenfigure") == [(1,)]
    listed = text_of(desk.get(f"{BASE}/reports/figures/findings.recommendations/?year=2017"))
    assert added.title in listed


@pytest.mark.parametrize(
    "address",
    [
        "findings/",
        "findings/convergence/?state=DK",
        "findings/offers/?state=DK",
        "reports/",
        "reports/figures/?year=2017",
    ],
)
def test_everybody_but_enforcement_and_strangers_reads_and_nobody_else_writes(house, browser, address):
    assert browser(house.worker).get(f"{BASE}/{address}").status_code == 200
    assert browser(house.officer).get(f"{BASE}/{address}").status_code == 403
    assert Client().get(f"{BASE}/{address}").status_code == 302


def test_what_is_not_cleared_is_not_there(house, browser):
    one = finding(house.co_ordinator)
    worker = browser(house.worker)
    assert worker.get(f"{BASE}/findings/{one.pk}/").status_code == 404
    assert one.title not in worker.get(f"{BASE}/findings/").content.decode()
    assert one.title not in worker.get(f"{BASE}/findings/?format=csv").content.decode()
    assert worker.get(f"{BASE}/findings/{one.pk}/reply/").status_code == 403


@pytest.mark.parametrize(
    ("address", "own"),
    [("findings/", 2), ("findings/convergence/?state=DK", 1), ("findings/offers/?state=DK", 2), ("findings/{pk}/", 12)],
)
def test_pages_ask_a_fixed_number_of_statements(house, desk, statements, address, own):
    for n in range(12):
        one = finding(house.co_ordinator, f"Recommendation number {n} of the visit.")
        finding(house.co_ordinator, f"Promising practice number {n} elsewhere.", kind="practice", state="MN")
    path = f"{BASE}/{address.format(pk=one.pk)}"
    desk.get(path)
    with statements(OF_ANY_PAGE + own):
        assert desk.get(path).status_code == 200
