"""Refer anyway if you are worried: a file opens although nothing is indicated, and the judgement stays."""

import pytest
from django.urls import reverse

from palermo.protection.domain.screenings import judge_presumption, record_screening
from palermo.protection.methods.answers import Path
from palermo.protection.methods.forms import load_conditions, load_form
from palermo.protection.models import Case, Screening

BUTTON = "I am worried: open a file"


@pytest.fixture
def screened(world, make, do):
    """A screening in which every question was answered with no, so that nothing is indicated."""
    person = make.person()
    codes = [condition.code for condition in load_conditions() if "adult" in condition.paths]
    answers = {question.code: "no" for question in load_form("intake").asked(Path.ADULT)}
    return do(world.responder, record_screening, person=person, form="intake", conditions=codes, answers=answers)


def test_a_worry_opens_a_file_and_overrides_nothing(world, do, browser, screened, as_owner):
    person = screened.person
    assert screened.result == "not_indicated_now"
    pages = [
        reverse("protection:screening_result", args=[screened.pk]),
        reverse("protection:person", args=[person.pk]),
    ]
    do(world.responder, judge_presumption, screening=screened, judgement="not_presumed")
    responder = browser(world.responder)
    assert [BUTTON in responder.get(page).content.decode() for page in pages] == [True, True]
    opened = responder.post(reverse("protection:worry", args=[person.pk]))
    with as_owner():
        case, found = Case.objects.get(person=person), Screening.objects.get(pk=screened.pk)
    assert opened.url == reverse("protection:case", args=[case.pk])
    assert (case.ground, case.state) == ("worry", "presumed")
    assert (found.judgement, found.result) == ("not_presumed", "not_indicated_now")
    assert [BUTTON in responder.get(page).content.decode() for page in pages] == [False, False]


def test_nobody_opens_anothers_file(world, browser, screened, as_owner):
    address = reverse("protection:worry", args=[screened.person_id])
    assert browser(world.worker).post(address).status_code == 403
    assert browser(world.police_manager).post(address).status_code == 404
    with as_owner():
        assert Case.objects.count() == 0
