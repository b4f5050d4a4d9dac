"""A first responder registers an arrival, screens one question at a time, and judges."""

import pytest
from django.urls import reverse

from palermo.office.domain.acting import acting_as
from palermo.office.models import Person
from palermo.protection.domain.cases import open_case
from palermo.protection.methods.forms import load_conditions, load_form
from palermo.protection.models import Answer, Case, Screening

pytestmark = pytest.mark.django_db


def begin(browser, responder, person, form="intake"):
    path = "child" if person.is_child else "adult"
    codes = [condition.code for condition in load_conditions() if path in condition.paths]
    address = reverse("protection:screening_start", args=[person.pk, form])
    response = browser(responder).post(address, {"conditions": codes, "language": "ara"})
    assert response.status_code == 302
    with acting_as(responder):
        return Screening.objects.get(person=person)


def answer_all(client, screening, value):
    response = client.get(reverse("protection:screening", args=[screening.pk]))
    while response.status_code == 200:
        question = response.context["question"]
        response = client.post(
            reverse("protection:screening", args=[screening.pk]), {"question": question.code, "answer": value}
        )
        response = client.get(response.url)
        if "left" in (response.context or {}):
            return response
    return response


def test_registering_looks_first_and_tells_nothing_of_others(world, browser, make):
    client = browser(world.responder)
    page = client.post(
        reverse("protection:arrival_new"), {"step": "search", "given_name": "Ada", "family_name": "Exemplar"}
    )
    assert page.status_code == 200
    assert "has been asked to get in touch" in page.content.decode()
    assert page.context["found"] == []
    response = client.post(
        reverse("protection:arrival_new"),
        {
            "step": "register",
            "path": "not_sure",
            "sex": "female",
            "given_name": "Ada",
            "family_name": "Exemplar",
            "alone": "yes",
        },
    )
    with acting_as(world.responder):
        person = Person.objects.get()
        assert (person.path, person.alone, person.sex) == ("not_sure", True, "female")
    assert response.url == reverse("protection:person", args=[person.pk])
    again = client.post(
        reverse("protection:arrival_new"), {"step": "search", "given_name": "Ада", "family_name": "Экземплар"}
    )
    assert [p.pk for p in again.context["found"]] in ([], [person.pk])


def test_a_birth_date_alone_is_no_dead_end(world, browser, owner_sql):
    client = browser(world.responder)
    page = client.post(reverse("protection:arrival_new"), {"step": "search", "birth_date": "2009-05"})
    assert page.status_code == 200
    assert page.context["form"].initial["birth_date"] == "2009-05"
    assert "Nobody was looked for" in page.content.decode()
    assert "has been asked to get in touch" not in page.content.decode()
    assert owner_sql("SELECT count(*) FROM office_logline WHERE verb = 'office.search_before_create'") == [(0,)]
    assert "---------" not in page.content.decode()
    said = {"step": "register", "path": "child", "sex": "not_known", "birth_date": "2009-05"}
    client.post(reverse("protection:arrival_new"), said)
    with acting_as(world.responder):
        assert Person.objects.get().path == "child"


def test_an_age_that_does_not_go_with_the_path_is_an_error_at_its_field(world, browser):
    response = browser(world.responder).post(
        reverse("protection:arrival_new"), {"step": "register", "path": "adult", "age": "15", "sex": "not_known"}
    )
    assert response.status_code == 422
    assert response.context["form"].errors["age"] == ["15 years do not go with “Adult”. Choose “not sure” in doubt."]


def test_conditions_come_before_the_first_question(world, browser, make):
    person = make.person(member=world.responder)
    address = reverse("protection:screening_start", args=[person.pk, "intake"])
    response = browser(world.responder).post(address, {"conditions": ["alone"]})
    assert response.status_code == 422
    assert "not everything is in place" in str(response.context["form"].errors["conditions"]).lower()
    with acting_as(world.responder):
        assert Screening.objects.count() == 0


def test_yes_to_everything_is_presumed_with_reasons_and_a_person_decides(world, browser, make):
    person = make.person(member=world.responder)
    screening = begin(browser, world.responder, person)
    client = browser(world.responder)
    end = answer_all(client, screening, "yes")
    assert end.context["left"] == []
    response = client.post(reverse("protection:screening_end", args=[screening.pk]))
    page = client.get(response.url)
    assert page.context["screening"].result == "presumed"
    signs, sources = (page.context["grounds"][part] for part in ("signs", "sources"))
    assert {sign["number"] for sign in signs} == {number for number, _, _ in sources} != set()
    shown = page.content.decode()
    assert all(f"[{number}] {grade}" in shown for number, _, grade in sources)
    assert len(page.context["reasons"]["reasons"]) > 3
    with acting_as(world.responder):
        assert Case.objects.count() == 0
    refused = client.post(response.url, {"judgement": "not_presumed", "reason": ""})
    assert refused.status_code == 422
    done = client.post(response.url, {"judgement": "presumed"})
    with acting_as(world.responder):
        case = Case.objects.get()
    assert done.url == reverse("protection:case", args=[case.pk])


def test_no_to_everything_closes_no_door(world, browser, make):
    person = make.person(member=world.responder)
    screening = begin(browser, world.responder, person)
    client = browser(world.responder)
    answer_all(client, screening, "no")
    client.post(reverse("protection:screening_end", args=[screening.pk]))
    result = reverse("protection:screening_result", args=[screening.pk])
    assert client.get(result).context["screening"].result == "not_indicated_now"
    client.post(result, {"judgement": "not_presumed"})
    page = client.get(reverse("protection:person", args=[person.pk]))
    assert reverse("protection:screening_start", args=[person.pk, "interview"]) in page.content.decode()


def test_pause_and_go_on_asks_nothing_twice(world, browser, make):
    person = make.person(member=world.responder)
    screening = begin(browser, world.responder, person)
    client = browser(world.responder)
    address = reverse("protection:screening", args=[screening.pk])
    first = client.get(address).context["question"]
    client.post(address, {"question": first.code, "answer": "not_asked"})
    client.post(reverse("protection:screening_pause", args=[screening.pk]))
    other = browser(world.manager)
    assert other.get(address).context["question"].code == load_form("intake").asked("adult")[1].code
    assert other.get(address + f"?q={first.code}").context["question"].code == first.code


def test_stop_keeps_what_was_said_and_concludes_nothing(world, browser, make):
    person = make.person(member=world.responder)
    screening = begin(browser, world.responder, person)
    client = browser(world.responder)
    address = reverse("protection:screening", args=[screening.pk])
    first = client.get(address).context["question"]
    client.post(address, {"question": first.code, "answer": "yes", "note": "her own words"})
    client.post(reverse("protection:screening_stop", args=[screening.pk]))
    with acting_as(world.responder):
        screening.refresh_from_db()
        assert (screening.state, screening.result) == ("stopped", "")
        assert b"her own words" not in bytes(Answer.objects.get().sealed_note)


def test_stop_is_asked_once_more(world, browser, make):
    screening = begin(browser, world.responder, make.person(member=world.responder))
    client = browser(world.responder)
    address, stop = (reverse(f"protection:{name}", args=[screening.pk]) for name in ("screening", "screening_stop"))
    page = client.get(address).content.decode()
    assert f'action="{stop}"' not in page
    assert f'href="{stop}"' in page
    asked = client.get(stop).content.decode()
    assert "Stop the talk?" in asked
    assert f'href="{address}"' in asked
    with acting_as(world.responder):
        assert Screening.objects.get().state == "open"


def test_who_stopped_stays_in_the_open_list_under_those_who_wait(world, browser, make):
    stopped = make.person("First", member=world.responder)
    screening = begin(browser, world.responder, stopped)
    client = browser(world.responder)
    client.post(reverse("protection:screening_stop", args=[screening.pk]))
    waits = make.person("Second", member=world.responder)

    def listed(**asked):
        table = client.get(reverse("protection:arrivals"), asked).context["table"]
        return [(row.record.pk, row.record.stage) for row in table.page.object_list]

    assert listed() == [(waits.pk, "waits"), (stopped.pk, "stopped")]
    assert listed(stage="stopped") == [(stopped.pk, "stopped")]
    assert listed(stage="done") == []
    page = client.get(reverse("protection:arrivals")).content.decode()
    assert "Stopped by the person: ask again when they wish" in page
    with acting_as(world.manager):
        open_case(member=world.manager, person=stopped, ground="worry")
    assert listed() == [(waits.pk, "waits")]


@pytest.mark.parametrize("number", [1, 3])
def test_the_work_list_asks_the_same_number_of_questions(world, browser, make, number, statements):
    for n in range(number):
        make.person(f"Exemplar{n}", member=world.responder)
    client = browser(world.responder)
    with statements(7):
        page = client.get(reverse("protection:arrivals"))
    assert len(page.context["table"].rows) == number


def test_others_see_no_arrival(world, browser, make):
    person = make.person(member=world.responder)
    for member in (world.worker, world.shelter_manager, world.co_ordinator, world.officer, world.admin):
        response = browser(member).get(reverse("protection:person", args=[person.pk]))
        assert response.status_code in {403, 404}
        assert person.code not in response.content.decode()


WORDS = "He kept my papers in a <blue> box"


def test_own_words_are_read_by_a_click_that_is_logged(world, browser, make, owner_sql):
    screening = begin(browser, world.responder, make.person(member=world.responder))
    client = browser(world.responder)
    asking = reverse("protection:screening", args=[screening.pk])
    first = client.get(asking).context["question"].code
    client.post(asking, {"question": first, "answer": "yes", "note": WORDS})
    answer_all(client, screening, "no")
    result = client.post(reverse("protection:screening_end", args=[screening.pk])).url
    page = client.get(result).content.decode()
    opens = reverse("protection:screening_words", args=[screening.pk])
    assert f'action="{opens}"' in page
    assert "papers" not in page
    assert client.get(opens).status_code == 405
    shown = client.post(opens).content.decode()
    assert "He kept my papers in a &lt;blue&gt; box" in shown
    logged = "SELECT member_id, object_id FROM office_logline WHERE verb = 'protection.read_account'"
    assert owner_sql(logged) == [(world.responder.pk, screening.pk)]
    assert browser(world.shelter_manager).post(opens).status_code == 404
    assert browser(world.worker).post(opens).status_code == 403


def test_going_back_own_words_are_there_to_be_changed_and_taken_back(world, browser, make, owner_sql):
    screening = begin(browser, world.responder, make.person(member=world.responder))
    client = browser(world.responder)
    asking = reverse("protection:screening", args=[screening.pk])
    code = client.get(asking).context["question"].code
    noted = "SELECT sealed_note IS NOT NULL FROM protection_answer"
    client.post(asking, {"question": code, "answer": "yes", "note": WORDS})
    back = client.get(f"{asking}?q={code}").content.decode()
    assert "Something is written down already" in back
    assert "papers" not in back
    # An answer that is corrected without a look at the words leaves them.
    client.post(asking, {"question": code, "answer": "no", "note": ""})
    assert owner_sql(noted) == [(True,)]
    page = client.post(asking, {"question": code, "show": "words", "note": ""})
    assert page.context["words"] == WORDS
    assert owner_sql("SELECT value FROM protection_answer") == [("no",)]
    assert ">He kept my papers in a &lt;blue&gt; box</textarea>" in page.content.decode()
    client.post(asking, {"question": code, "answer": "no", "note": "", "words_shown": "1"})
    assert owner_sql(noted) == [(False,)]
    assert "Something is written down" not in client.get(f"{asking}?q={code}").content.decode()
