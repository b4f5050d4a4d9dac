"""An import by its page: shown first, taken over whole, never doubled; hostile files change nothing."""

import html
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from palermo.office.domain.acting import acting_as
from palermo.partnership.models import ExternalCycle, ExternalStep, Initiative

PAGE = "/partnership/calendar/import/"
CSV = b"""uid,body,cycle,state,step,starts,ends,certainty,holder,confirmed_on,themes,note
g-1,GRETA,third round,MD,country_visit,2027-05-12,2027-05-16,announced,Secretariat,2026-01-08,child,
g-2,GRETA,third round,RO,report_published,2027-09-01,,,,,,
"""
ICS = b"""BEGIN:VCALENDAR\r
VERSION:2.0\r
PRODID:x\r
BEGIN:VEVENT\r
UID:a@x\r
DTSTART;VALUE=DATE:20270512\r
DTEND;VALUE=DATE:20270515\r
SUMMARY:Training in Moldova\r
RRULE:FREQ=YEARLY;COUNT=2\r
END:VEVENT\r
END:VCALENDAR\r
"""


def said(**values):
    return {"what": "steps", "clearance": "office"} | values


def upload(client, data, name="plans.csv", **values):
    return client.post(PAGE, said(file=SimpleUploadedFile(name, data), **values))


def take(client, preview):
    page = preview.content.decode()
    fields = {
        html.unescape(name): html.unescape(value)
        for name, value in re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page)
        if name != "csrfmiddlewaretoken"
    }
    return client.post(PAGE, fields | {"take": "yes"})


def text_of(response):
    return re.sub(r"\s+", " ", html.unescape(response.content.decode()))


def kept(desk):
    with acting_as(desk.keeper):
        return list(ExternalStep.objects.order_by("uid").values_list("uid", "state", "certainty", "source"))


def test_shown_first_then_taken_over_and_never_doubled(desk, browser):
    client = browser(desk.keeper)
    preview = upload(client, CSV)
    page = text_of(preview)
    assert "GRETA, third round: Country visit" in page
    assert re.findall(r'tile__value">(\d+)<', page) == ["2", "0", "0"]
    assert kept(desk) == []
    assert take(client, preview).status_code == 302
    assert kept(desk) == [("g-1", "MD", "announced", "plans.csv"), ("g-2", "RO", "planned", "plans.csv")]
    again = upload(client, CSV.replace(b"announced", b"done"))
    assert re.findall(r'tile__value">(\d+)<', text_of(again)) == ["0", "1", "1"]
    take(client, again)
    assert [row[2] for row in kept(desk)] == ["done", "planned"]
    with acting_as(desk.keeper):
        assert ExternalCycle.objects.count() == 1


def test_a_calendar_of_initiatives_with_its_repetitions(desk, browser):
    client = browser(desk.keeper)
    values = {"what": "initiatives", "structure": "odihr", "kind": "training", "clearance": "organisation"}
    preview = upload(client, ICS, "export.ics", **values)
    assert "12 to 14 May 2028" in text_of(preview)
    assert take(client, preview).status_code == 302
    with acting_as(desk.reader):
        found = list(
            Initiative.objects.order_by("starts").values_list("structure", "kind", "title", "states", "starts__year")
        )
    assert found == [("ODIHR", "training", "Training in Moldova", ["MD"], year) for year in (2027, 2028)]


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (b"x" * 10_000_000, "big.csv", "Big.csv has 10,000,000 bytes, 1,500,000 are taken."),
        (CSV + b"g-3,GRETA,," + b"x" * 1_000_000, "long.csv", "long.csv, line 4: The line has 1,000,011 bytes"),
        (CSV.replace(b"Secretariat", b"=cmd|calc"), "f.csv", "f.csv, row 2, holder: The text begins with '='"),
        (CSV.decode().encode("utf-16"), "u.csv", "u.csv, line 1: The file is not UTF-8."),
        (
            ICS.replace(b"YEARLY;COUNT=2", b"SECONDLY"),
            "bomb.ics",
            "bomb.ics, line 9: This rule of repetition is not taken.",
        ),
        (
            b"BEGIN:VCALENDAR\r\n" + b"BEGIN:VEVENT\r\n" * 9,
            "deep.ics",
            "deep.ics, line 5: Parts stand inside each other",
        ),
        (
            CSV + b"g-1,GRETA,,MD,other,2027-01-01,,,,,,\n",
            "two.csv",
            "two.csv, row 4: The entry is the same as in two.csv, row 2.",
        ),
        (
            CSV + b"g-3,GRETA,,XX,other,2027-01-01,,,,,,\n",
            "half.csv",
            "half.csv, row 4, state: 'XX' is no participating State",
        ),
        (b"", "empty.csv", "The submitted file is empty."),
    ],
)
def test_a_hostile_file_gets_one_clear_error_and_changes_nothing(data, name, words, desk, browser, owner_sql):
    counted = "SELECT (SELECT count(*) FROM partnership_externalstep), (SELECT count(*) FROM partnership_externalcycle), (SELECT count(*) FROM partnership_initiative)"
    answer = upload(browser(desk.keeper), data, name)
    assert answer.status_code == 422
    page = text_of(answer)
    assert words in page
    assert page.count('class="errors"') == 1
    assert owner_sql(counted) == [(0, 0, 0)]


def test_a_preview_that_was_altered_is_not_taken(desk, browser):
    client = browser(desk.keeper)
    answer = client.post(PAGE, said(kept="forged:x:y", take="yes"))
    assert "The preview is too old." in text_of(answer)
    assert "This field is required." in text_of(client.post(PAGE, said()))
    assert kept(desk) == []


def test_what_goes_out_comes_in_again_as_known(desk, browser):
    client = browser(desk.keeper)
    take(client, upload(client, CSV))
    out = client.get("/partnership/calendar/export/steps/")
    assert out["Content-Disposition"] == 'attachment; filename="steps.csv"'
    again = upload(client, out.content)
    assert re.findall(r'tile__value">(\d+)<', text_of(again)) == ["0", "0", "2"]
    assert client.get("/partnership/calendar/export/everything/").status_code == 404


def test_it_is_for_the_desk(desk, browser):
    assert browser(desk.reader).get(PAGE).status_code == 403
    assert browser(desk.enforcer).get("/partnership/calendar/export/steps/").status_code == 403


def test_imported_plans_warn(desk, browser):
    client = browser(desk.keeper)
    take(client, upload(client, CSV))
    page = text_of(client.get("/partnership/visits/check/?state=MD&starts=2027-05-10&ends=2027-05-12&themes=child"))
    assert "GRETA, third round (announced): country visit, 12 to 16 May 2027, at the same time." in page
    assert "Propose a joint visit to GRETA, third round." in page
