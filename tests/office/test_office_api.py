"""The office as JSON: who I am, whom I can call, what the system has to tell my agency."""

import json

import pytest
from django.urls import reverse

from palermo.office.domain.acting import acting_as
from palermo.office.domain.notices import notify
from palermo.office.domain.search import search_before_create
from palermo.office.enums import NoticeKind
from palermo.office.methods.identity import Identity
from palermo.office.models import Notice

pytestmark = pytest.mark.django_db


def test_me_says_who_and_which_verbs_the_role_allows(house, client_of):
    me = client_of(house.shelter_admin).get("/api/me").json()
    assert (me["username"], me["agency"]["name"], me["roles"]) == (
        "shelter_admin",
        "Lighthouse Shelter",
        ["administrator"],
    )
    files = [verb for verb in me["may"] if verb.startswith(("office.", "protection.", "prosecution."))]
    assert files == ["office.appoint_member", "office.dismiss_member", "office.renew_sign_in"]
    assert me["csrf_token"]


def test_the_directory_is_the_pages_directory(house, client_of):
    client = client_of(house.shelter_worker)
    found = client.get("/api/agencies").json()
    names = [item["name"] for item in found["items"]]
    assert (found["count"], "Border Guard" in names) == (len(house.agency) - 1, False)
    page = client.get(reverse("office:directory"))
    assert [agency.name for agency, _ in page.context["rows"]] == names
    narrowed = client.get("/api/agencies?purpose=investigation&words=special").json()
    assert [item["name"] for item in narrowed["items"]] == ["Special Unit"]


@pytest.mark.parametrize("limit", [1, 3])
def test_the_directory_asks_the_same_number_of_questions(house, client_of, django_assert_num_queries, limit):
    client = client_of(house.shelter_worker)
    with django_assert_num_queries(6):
        assert len(client.get(f"/api/agencies?limit={limit}").json()["items"]) == limit


def test_notices_are_the_own_agencys_and_name_nobody(house, person, client_of):
    identity = Identity(given_name="Ivana", family_name="Primerova", phones=("+302101234567",))
    with acting_as(house.shelter_worker):
        search_before_create(member=house.shelter_worker, identity=identity, reason="New arrival")
    with acting_as(house.reception_responder):
        notify(agency=house.reception, kind=NoticeKind.SAFETY)
    found = client_of(house.reception_responder).get("/api/notices").json()
    said = {item["kind"]: item["asks_id"] for item in found["items"]}
    assert (found["count"], said) == (2, {"safety": None, "make_contact": str(house.shelter.pk)})
    assert "rimerova" not in json.dumps(found)
    assert client_of(house.shelter_worker).get("/api/notices").json() == {"count": 0, "items": []}


def test_a_notice_is_read_once_and_by_its_agency(house, client_of):
    with acting_as(house.reception_responder):
        notify(agency=house.reception, kind=NoticeKind.SAFETY)
        notice = Notice.objects.get()
    client = client_of(house.reception_responder)
    assert client.post(f"/api/notices/{notice.pk}/read").status_code == 204
    assert client.get("/api/notices").json()["count"] == 0
    assert client.get("/api/notices?everything=true").json()["items"][0]["read_at"]
    assert client_of(house.police_manager).post(f"/api/notices/{notice.pk}/read").status_code == 404
