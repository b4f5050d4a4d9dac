"""Events, attendance, publications and projects in the browser's eyes: from page to record."""

import datetime as dt

import pytest

from palermo.partnership.domain import attendance as attending
from palermo.partnership.domain import events, projects, publications
from palermo.vocabulary.errors import Refusal


@pytest.fixture
def event(house, do):
    return do(
        house.co_ordinator,
        events.keep_event,
        title="A conference",
        kind="conference",
        when="2017-04",
        clearance="public",
    )


def seen(member, query):
    from palermo.office.domain.acting import acting_as

    with acting_as(member):
        return list(query())


LISTS = ["events", "publications", "media", "projects", "projects/donors", "questionnaires"]


@pytest.mark.parametrize("name", LISTS)
def test_lists_are_empty_and_say_what_to_do(browser, house, name):
    page = browser(house.co_ordinator).get(f"/partnership/{name}/")
    assert page.status_code == 200
    assert "empty" in page.content.decode()


@pytest.mark.parametrize("name", LISTS)
def test_lists_are_closed_to_enforcement_and_strangers(browser, house, name):
    assert browser(house.border_officer).get(f"/partnership/{name}/").status_code == 403
    assert browser(None).get(f"/partnership/{name}/").status_code == 302


def test_an_event_is_kept_changed_and_found(browser, house):
    from palermo.partnership.models import Event

    client = browser(house.co_ordinator)
    said = {"title": "Human trafficking in crises", "kind": "conference", "status": "planned", "our_role": "organise"}
    said |= {
        "when": "2017-10-09",
        "ends_on": "2017-10-10",
        "clearance": "office",
        "states": ["AT", "IT"],
        "co_organisers": "IOM\nICMPD",
    }
    answer = client.post("/partnership/events/new/", said)
    assert answer.status_code == 302
    (kept,) = seen(house.co_ordinator, Event.objects.all)
    assert (kept.earliest, kept.latest, kept.states, kept.co_organisers) == (
        dt.date(2017, 10, 9),
        dt.date(2017, 10, 10),
        ["AT", "IT"],
        ["IOM", "ICMPD"],
    )
    page = client.get(answer["Location"]).content.decode()
    assert "2017-10-09 – 2017-10-10" in page
    assert "Austria, Italy" in page
    change = f"/partnership/events/{kept.pk}/change/"
    assert 'value="2017-10-09"' in client.get(change).content.decode()
    assert client.post(change, said | {"status": "done", "place": "Vienna"}).status_code == 302
    (kept,) = seen(house.co_ordinator, Event.objects.all)
    assert (kept.status, kept.place, kept.latest) == ("done", "Vienna", dt.date(2017, 10, 10))
    assert (
        "Human trafficking in crises"
        in client.get("/partnership/events/?kind=conference&year=2017&state=IT").content.decode()
    )
    assert "Human trafficking in crises" not in client.get("/partnership/events/?kind=training").content.decode()


@pytest.mark.parametrize(
    ("said", "error"),
    [
        ({"when": "soon"}, "is not a date"),
        ({"when": ""}, "There is no date"),
        ({"when": "2017-10-09", "ends_on": "2017-10-01"}, "It ends before it starts"),
        ({"when": "2017", "title": ""}, "required"),
    ],
)
def test_what_is_wrong_with_an_event_stands_at_its_field(browser, house, said, error):
    base = {"title": "T", "kind": "training", "status": "done", "our_role": "organise", "clearance": "office"}
    answer = browser(house.co_ordinator).post("/partnership/events/new/", base | said)
    assert answer.status_code == 422
    assert error in answer.content.decode()


def test_the_page_counts_who_came(browser, house, do, event):
    for name, state, more in (
        ("Ada Exemplar", "MD", {"gender": "woman", "trained_as_trainer": True, "publish_name": "all"}),
        ("Ben Model", "MD", {"gender": "man", "mode": "online"}),
        ("Cem Muster", "AF", {}),
    ):
        do(house.co_ordinator, attending.record_attendance, event=event, name=name, state=state, **more)
    do(house.co_ordinator, attending.invite, event=event, name="Dan Absent", state="AT")
    page = browser(house.co_ordinator).get(f"/partnership/events/{event.pk}/")
    came = page.context["came"]
    assert (came.total, came.by["gender"], len(came.first_time)) == (3, {"woman": 1, "man": 1, "not_known": 1}, 3)
    text = page.content.decode()
    assert "<svg" in text
    assert "of 1 the gender is not known" in text
    other = browser(house.shelter_manager).get(f"/partnership/events/{event.pk}/").content.decode()
    assert ("Ada Exemplar" in other, "Ben Model" in other, "Cem Muster" in other) == (True, False, False)
    assert "this is no count" in other


def test_who_comes_again_is_not_there_for_the_first_time(browser, house, do, event):
    earlier = do(house.co_ordinator, events.keep_event, title="Earlier", kind="seminar", when="2016-04")
    for one in (earlier, event):
        do(house.co_ordinator, attending.record_attendance, event=one, name="Ada Exemplar", state="MD")
    do(house.co_ordinator, attending.record_attendance, event=event, name="Exemplar Ada", state="AT")
    page = browser(house.co_ordinator).get(f"/partnership/events/{event.pk}/")
    assert len(page.context["came"].first_time) == 1


def test_a_list_comes_in_and_goes_out(browser, house, event):
    from django.core.files.uploadedfile import SimpleUploadedFile

    client = browser(house.co_ordinator)
    data = b"First Name,Last Name,Country,Checked in\nAda,'=Exemplar,Moldova,yes\nBen,Model,Austria,yes\n"
    address = f"/partnership/events/{event.pk}/attendance"
    assert client.post(f"{address}/import/", {"file": SimpleUploadedFile("list.csv", data)}).status_code == 302
    out = client.post(f"{address}/export/")
    assert out["Content-Type"] == "text/csv; charset=utf-8"
    assert [line.split(",")[:3] for line in out.content.decode("utf-8-sig").splitlines()[1:]] == [
        ["Ben Model", "", "AT"],
        ["Ada =Exemplar", "", "MD"],
    ]
    bad = SimpleUploadedFile("list.csv", b"name,gender\nX,purple\n")
    refused = client.post(f"{address}/import/", {"file": bad})
    assert refused.status_code == 422
    assert "purple" in refused.content.decode()
    assert browser(house.shelter_manager).post(f"{address}/export/").status_code == 403


def test_the_same_list_twice_changes_nothing(house, do, event):
    data = b"name,state,gender\nAda Exemplar,MD,woman\nBen Model,AT,man\n"
    first = do(house.co_ordinator, attending.import_attendance, event=event, data=data)
    again = do(house.co_ordinator, attending.import_attendance, event=event, data=data)
    changed = do(house.co_ordinator, attending.import_attendance, event=event, data=data.replace(b",man", b",other"))
    assert (first, again, changed) == (
        {"new": 2, "changed": 0, "same": 0},
        {"new": 0, "changed": 0, "same": 2},
        {"new": 0, "changed": 1, "same": 1},
    )


def test_a_list_that_went_out_comes_in_again_and_doubles_nobody(house, do, event):
    member = house.co_ordinator
    for email in ("ada@example.org", ""):
        name = "Ada Exemplar" if email else "Ben Model"
        do(member, attending.record_attendance, event=event, name=name, state="MD", email=email)
    data = do(member, attending.export_attendance, event=event)
    counts = do(member, attending.import_attendance, event=event, data=data)
    assert counts == {"new": 0, "changed": 0, "same": 2}
    changed = data.replace(b"not_known", b"woman", 1)
    assert do(member, attending.import_attendance, event=event, data=changed)["changed"] == 1


def test_two_of_one_name_and_state_are_not_guessed_at(house, do, event):
    member = house.co_ordinator
    for email in ("ada@example.org", "other@example.org"):
        do(member, attending.record_attendance, event=event, name="Ada Exemplar", state="MD", email=email)
    counts = do(member, attending.import_attendance, event=event, data=b"name,state\nAda Exemplar,MD\n")
    assert counts == {"new": 1, "changed": 0, "same": 0}


@pytest.mark.parametrize("field", ["keep", "adopt"])
def test_a_theme_is_one_of_the_vocabulary_s(house, do, event, field):
    from palermo.partnership.domain import events

    with pytest.raises(Refusal) as refused:
        if field == "keep":
            do(house.co_ordinator, events.change_event, event=event, themes=["football"])
        else:
            do(house.co_ordinator, events.adopt_recommendation, event=event, text="Do it.", themes=["football"])
    assert refused.value.where == "themes"


def test_a_step_and_a_strike(browser, house, do, event):
    from palermo.partnership.models import Attendance

    row = do(house.co_ordinator, attending.invite, event=event, name="Ada Exemplar", state="MD")
    client = browser(house.co_ordinator)
    assert client.get(f"/partnership/events/attendance/{row.pk}/").status_code == 200
    client.post(f"/partnership/events/attendance/{row.pk}/", {"step": "present", "mode": "online"})
    (kept,) = seen(house.co_ordinator, Attendance.objects.all)
    assert (kept.step, kept.mode) == ("present", "online")
    assert client.post(f"/partnership/events/attendance/{row.pk}/strike/").status_code == 302
    assert seen(house.co_ordinator, Attendance.objects.all) == []


def test_agenda_documents_and_recommendations(browser, house, event):
    client, base = browser(house.co_ordinator), f"/partnership/events/{event.pk}"
    client.post(f"{base}/agenda/add/", {"title": "Opening", "speakers": "The host"})
    client.post(f"{base}/documents/add/", {"kind": "agenda", "title": "Programme", "symbol": "CONF/1"})
    for text in ("Interview children in child-friendly rooms.", "Appoint guardians at once."):
        client.post(f"{base}/recommendations/add/", {"text": text, "addressee": "States", "themes": ["child"]})
    page = client.get(f"{base}/")
    assert [(one.number, one.text[:9]) for one in page.context["recommendations"]] == [
        (1, "Interview"),
        (2, "Appoint g"),
    ]
    assert "CONF/1" in page.content.decode()


def test_a_publication_moves_forward_only(browser, house, do):
    from palermo.partnership.models import Publication

    made = do(house.co_ordinator, publications.keep_publication, title="Model guidelines", when="2017")
    client, address = browser(house.co_ordinator), f"/partnership/publications/{made.pk}/"
    assert client.post(f"{address}move/", {"status": "published", "when": "2017-12"}).status_code == 302
    assert client.post(f"{address}move/", {"status": "drafting"}).status_code == 422
    assert client.post(f"{address}downloads/", {"downloads": 120, "on": "2018-01-31"}).status_code == 302
    assert client.post(f"{address}downloads/", {"downloads": 100, "on": "2018-02-28"}).status_code == 422
    (kept,) = seen(house.co_ordinator, Publication.objects.all)
    assert (kept.status, kept.when, kept.downloads) == ("published", "2017-12", 120)
    assert client.get(address).status_code == 200


def test_a_project_s_money_is_held_against_its_lines(browser, house, do):
    from palermo.partnership.models import BudgetLine

    made = do(house.co_ordinator, projects.keep_project, title="Along migration routes", clearance="public")
    client, address = browser(house.co_ordinator), f"/partnership/projects/{made.pk}/"
    client.post(f"{address}lines/add/", {"code": "1.1", "title": "Travel", "amount": "1000.50", "currency": "eur"})
    assert client.get(f"{address}spending/add/").status_code == 200
    (line,) = seen(house.co_ordinator, BudgetLine.objects.all)
    spent = {"line": str(line.pk), "on": "2017-05-01", "what": "Trains"}
    assert client.post(f"{address}spending/add/", spent | {"amount": "400.25"}).status_code == 302
    too_much = client.post(f"{address}spending/add/", spent | {"amount": "600.26"})
    assert too_much.status_code == 422
    assert "600.25 EUR left" in too_much.content.decode()
    assert client.post(f"{address}spending/add/", spent | {"amount": "-500"}).status_code == 422
    page = client.get(address)
    assert [(str(one.planned), str(one.spent), str(one.left), one.per_cent) for one in page.context["lines"]] == [
        ("1000.50 EUR", "400.25 EUR", "600.25 EUR", 40)
    ]
    other = browser(house.shelter_manager).get(address)
    assert "Along migration routes" in other.content.decode()
    assert "1000.50" not in other.content.decode()


def test_the_event_page_asks_a_fixed_number_of_questions(browser, house, do, event, statements):
    address = f"/partnership/events/{event.pk}/"
    do(house.co_ordinator, attending.record_attendance, event=event, name="Ada One", state="MD")
    client = browser(house.co_ordinator)
    client.get(address)
    with statements(15):
        client.get(address)
    for name in ("Ben Two", "Cem Three"):
        do(house.co_ordinator, attending.record_attendance, event=event, name=name, state="AT")
    with statements(15):
        client.get(address)


def test_declared_figures_stand_on_the_event_s_page(browser, house, do):
    from palermo.partnership.domain.imports import import_records
    from palermo.partnership.formats.records_file import read_records
    from palermo.partnership.models import Event

    text = (
        b'[office]\nname = "O"\nyear = 2017\n[[event]]\nid = "a"\nkind = "conference"\ntitle = "A"\nmonth = "2017-04"\n'
    )
    data = text + b'participants = { count = 350, bound = "min" }\n'
    do(house.co_ordinator, import_records, file=read_records(data))
    (event,) = seen(house.co_ordinator, Event.objects.all)
    page = browser(house.co_ordinator).get(f"/partnership/events/{event.pk}/").content.decode()
    assert "over 350 persons" in page
    assert "declared: O, records of 2017" in page


@pytest.mark.parametrize(("clearance", "seen_by_others"), [("public", True), ("organisation", True), ("office", False)])
def test_pages_show_to_other_agencies_what_the_clearance_opens(browser, house, do, clearance, seen_by_others):
    from palermo.partnership.domain import questionnaires

    member, how = house.co_ordinator, {"clearance": clearance}
    marker = "Zephyr of the north"
    event = do(member, events.keep_event, title=marker, kind="seminar", when="2017", **how)
    project = do(member, projects.keep_project, title=marker, **how)
    publication = do(member, publications.keep_publication, title=marker, when="2017", **how)
    asked = do(member, questionnaires.write_questionnaire, title=marker, purpose="other", **how)
    do(member, publications.keep_media_item, title=marker, kind="article", published_on=dt.date(2017, 1, 1), **how)
    do(member, projects.record_contribution, donor=marker, kind="in_kind", year=2017, **how)
    kept = {"events": event, "projects": project, "publications": publication, "questionnaires": asked}
    client = browser(house.shelter_manager)
    for name in LISTS:
        assert (marker in client.get(f"/partnership/{name}/").content.decode()) == seen_by_others
    for name, record in kept.items():
        assert client.get(f"/partnership/{name}/{record.pk}/").status_code == (200 if seen_by_others else 404)
    client = browser(house.border_officer)
    assert {client.get(f"/partnership/{name}/{record.pk}/").status_code for name, record in kept.items()} == {403}
