"""The site as it runs, each login on a connection of its own: the public's concern, an officer's pages."""

import pytest
from django.db import connections
from django.urls import reverse

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "door"])


@pytest.fixture
def statements_by_login(own_connections):
    """What each login was sent, by its alias."""
    sent = {"default": [], "door": []}

    def note(execute, sql, params, many, context):
        sent[context["connection"].alias].append(sql)
        return execute(sql, params, many, context)

    with connections["default"].execute_wrapper(note), connections["door"].execute_wrapper(note):
        yield sent


def test_a_concern_comes_in_through_the_door(house, browser, statements_by_login, owner_sql):
    said = {"signs": ["injuries_from_assault"], "child": "no", "agrees": "", "recipient": house.reception.pk}
    answer = browser(None).post(reverse("protection:concern", args=["medical_practitioner"]), said)
    assert (answer.status_code, b"receipt" in answer.content.lower()) == (200, True)
    assert [sql for sql in statements_by_login["default"] if "office_" in sql or "protection_" in sql] == []
    assert any("protection_announce_concern" in sql for sql in statements_by_login["door"])
    assert owner_sql("SELECT count(*) FROM protection_concern") == [(1,)]
    assert owner_sql("SELECT kind FROM office_notice") == [("concern_received",)]
    assert owner_sql("SELECT verb FROM office_logline") == [("protection.raise_concern",)]


def test_an_officers_pages_ask_no_table_of_files(house, browser, person, statements_by_login):
    client = browser(house.border_officer)
    for status, address in (
        (200, reverse("protection:home")),
        (200, reverse("office:notices")),
        (200, reverse("office:directory")),
        (403, reverse("protection:cases")),
        (403, reverse("office:person", args=[person.pk])),
    ):
        statements_by_login["default"].clear()
        assert client.get(address).status_code == status, address
        assert [sql for sql in statements_by_login["default"] if "office_person" in sql or "protection" in sql] == []
    assert client.get(reverse("protection:home")).status_code == 200


def test_a_members_pages_do_not_come_through_the_door(house, browser, person, statements_by_login):
    assert browser(house.reception_responder).get(reverse("office:person", args=[person.pk])).status_code == 200
    assert statements_by_login["door"] == []
