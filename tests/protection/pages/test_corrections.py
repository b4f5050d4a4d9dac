"""What is known of a person is corrected; who turns out to be no adult is not held to a consent."""

import pytest
from django.urls import reverse

from palermo.office.domain.acting import acting_as
from palermo.office.models import Person
from palermo.protection.models import Package

SAID = {"age": "16", "sex": "female", "language": "ara", "citizenship": "SY"}


@pytest.mark.parametrize(("path", "packages"), [("child", 0), ("not_sure", 0), ("adult", 1)])
def test_a_child_is_not_held_to_a_consent(world, browser, make, as_owner, owner_sql, path, packages):
    case = make.case()
    make.referral(case)
    address, back = (
        reverse("protection:person_correct", args=[case.person_id]),
        reverse("protection:case", args=[case.pk]),
    )
    manager = browser(world.manager)
    assert address in manager.get(back).content.decode()
    said = SAID | {"path": path} | ({"age": "19"} if path == "adult" else {})
    assert manager.post(address, said).url == back
    page = manager.get(back).content.decode()
    assert ("A child is not held to a consent" in page) == (packages == 0)
    with as_owner():
        person = Person.objects.get()
    assert (person.path, person.age, person.sex) == (path, int(said["age"]), "female")
    with acting_as(world.worker):
        assert Package.objects.count() == packages
    told = "SELECT count(*) FROM office_notice WHERE kind = 'data_recalled'"
    assert owner_sql(told) == [(1 - packages,)]


def test_an_age_that_does_not_fit_is_refused_and_anothers_file_is_closed(world, browser, make):
    person = make.person()
    address = reverse("protection:person_correct", args=[person.pk])
    refused = browser(world.manager).post(address, SAID | {"path": "adult"})
    assert (refused.status_code, list(refused.context["form"].errors)) == (422, ["age"])
    assert browser(world.worker).post(address, SAID | {"path": "child"}).status_code == 404


def test_a_citizenship_that_no_list_has_stays(world, browser, make, as_owner):
    """Everybody in the simulated region has one of an invented country."""
    person = make.person()
    with as_owner():
        Person.objects.filter(pk=person.pk).update(citizenship="QM")
    address = reverse("protection:person_correct", args=[person.pk])
    manager = browser(world.manager)
    assert 'value="QM" selected' in manager.get(address).content.decode()
    assert manager.post(address, SAID | {"age": "40", "path": "adult", "citizenship": "QM"}).status_code == 302
    with as_owner():
        found = Person.objects.get(pk=person.pk)
    assert (found.age, found.citizenship) == (40, "QM")
