"""The case manager's pages."""

from django.urls import reverse


def text(response):
    return response.content.decode()


def test_work_list_smoke(world, browser, make):
    case = make.case()
    response = browser(world.manager).get(reverse("protection:cases"))
    assert response.status_code == 200
    assert case.person.code in text(response)
    response = browser(world.manager).get(reverse("protection:case", args=[case.pk]))
    assert response.status_code == 200
    response = browser(world.manager).get("/")
    assert response.status_code == 200
