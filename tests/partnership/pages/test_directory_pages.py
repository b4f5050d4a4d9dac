"""The directory's pages: what they show on a day, what forms do, how many statements they ask."""

import datetime as dt

import pytest
from django.urls import reverse

from palermo.office.domain.acting import acting_as
from palermo.partnership.domain.designations import designate
from palermo.partnership.domain.directory import add_contact, add_organisation
from palermo.partnership.models import Contact, Corridor, Designation

pytestmark = pytest.mark.django_db
DAY = dt.date(2017, 3, 1)
#: What every page asks: its session's member, second factor and pass.
FRAME = 4


@pytest.fixture
def desk(house):
    return house.co_ordinator


@pytest.fixture
def holder(desk, do):
    """`holder("MD", "co_ordinator")` is a designation of a new official."""

    def make(state, post, name="Ana Exemplar", **said):
        person = do(desk, add_contact, name=name)
        values = {"since": DAY, "document": "Note verbale 1/2017"} | said
        return do(desk, designate, contact=person, post=post, state=state, **values)

    return make


def tiles(response):
    return [(str(tile["label"]), tile["value"]) for tile in response.context["tiles"]]


def test_the_directory_of_a_day(browser, desk, holder):
    holder("MD", "co_ordinator")
    holder("MD", "rapporteur", "Boris Exemplar")
    holder("TH", "co_ordinator", "Chai Exemplar")
    holder("UA", "co_ordinator", "Dana Exemplar", until=dt.date(2017, 6, 30))
    page = browser(desk).get(reverse("partnership:directory"), {"day": "2017-12-31"})
    assert [value for _, value in tiles(page)] == [3, 2, 1, 1, 2, 1]
    assert len(page.context["rows"]) == 3
    one = browser(desk).get(page.context["tiles"][3]["url"].split("#")[0], follow=True)
    assert one.status_code == 200
    by_kind = browser(desk).get(reverse("partnership:directory") + page.context["tiles"][3]["url"].split("#")[0])
    assert [str(row[1]) for row in by_kind.context["rows"]] == ["National co-ordinator"]
    assert "Chai Exemplar" in by_kind.content.decode()
    assert "Ana Exemplar" not in by_kind.content.decode()
    before = browser(desk).get(reverse("partnership:directory"), {"day": "2017-06-30"})
    assert dict(tiles(before))["National co-ordinators"] == 3


def test_a_day_that_is_none_is_today(browser, desk, holder):
    holder("MD", "co_ordinator")
    page = browser(desk).get(reverse("partnership:directory"), {"day": "yesterday", "show": "king"})
    assert page.status_code == 200
    assert dict(tiles(page))["National co-ordinators"] == 1


@pytest.mark.parametrize("number", [1, 3])
def test_pages_ask_the_same_number_of_statements_for_one_and_for_three(
    browser, desk, holder, house, do, statements, number
):
    client = browser(desk)
    body = do(desk, add_organisation, name="Aid", kind="ngo", state="MD")
    for n in range(number):
        held = holder("MD", "focal_point", f"Person {n}")
        do(desk, designate, contact=held.contact, post="ngo_contact", organisation=body, since=DAY, document="E-mail")
    for name, asked in (
        ("partnership:directory", FRAME + 4),
        ("partnership:unconfirmed", FRAME + 3),
        ("partnership:contacts", FRAME + 2),
        ("partnership:corridors", FRAME + 1),
    ):
        address = reverse(name)
        client.get(address)
        with statements(asked):
            assert client.get(address).status_code == 200
    address = reverse("partnership:contact", args=[held.contact_id])
    with statements(FRAME + 4):
        assert client.get(address).status_code == 200


def test_from_page_to_record(browser, desk):
    client = browser(desk)
    plain = {"clearance": "office"}
    added = client.post(
        reverse("partnership:contact_add"),
        {"name": "Ana Exemplar", "name_own_script": "Ана Экземплар", "languages": ["ron"], **plain},
    )
    with acting_as(desk):
        person = Contact.objects.get()
    assert added.url == reverse("partnership:contact", args=[person.pk])
    said = {"post": "co_ordinator", "state": "MD", "since": "2017-03-01", "document": "Note verbale 1/2017", **plain}
    assert client.post(reverse("partnership:designation_add", args=[person.pk]), said).status_code == 302
    again = client.post(reverse("partnership:designation_add", args=[person.pk]), said)
    assert again.status_code == 422
    assert again.context["form"].errors["since"][0].startswith("Somebody else holds this post on one of these days")
    with acting_as(desk):
        held = Designation.objects.get()
    client.post(reverse("partnership:designation_confirm", args=[held.pk]), {"on": "2018-01-10"})
    client.post(
        reverse("partnership:designation_end", args=[held.pk]), {"until": "2018-06-30", "document": "NV 2/2018"}
    )
    change = reverse("partnership:contact_change", args=[person.pk])
    assert client.post(change, {"name": "Ana Exemplar", "clearance": "public"}).status_code == 422
    client.post(change, {"name": "Ana B. Exemplar", "clearance": "public", "consented_on": "2018-02-01"})
    with acting_as(desk):
        held, person = Designation.objects.get(), Contact.objects.get()
    assert (held.until, held.document_until, held.confirmed_on) == (
        dt.date(2018, 6, 30),
        "NV 2/2018",
        dt.date(2018, 1, 10),
    )
    assert (person.name, person.clearance, person.consented_on) == ("Ana B. Exemplar", "public", dt.date(2018, 2, 1))
    page = client.get(reverse("partnership:contact", args=[person.pk])).content.decode()
    assert "National co-ordinator" in page
    assert "NV 2/2018" in page


def test_a_language_of_elsewhere_is_kept_when_the_entry_is_corrected(browser, desk, do):
    person = do(desk, add_contact, name="Ana Exemplar", languages=["tir", "eng"])
    page = browser(desk).get(reverse("partnership:contact_change", args=[person.pk]))
    assert {code for code, _ in page.context["form"].fields["languages"].choices} >= {"tir", "eng"}
    assert page.context["form"]["languages"].value() == ["tir", "eng"]


def test_a_corridor_and_the_processes(browser, desk):
    client = browser(desk)
    said = {
        "name": "Central Asia to the north",
        "origin": ["UZ", "TJ"],
        "transit": ["KZ"],
        "destination": ["RU"],
        "since": "2015-01-01",
        "evidence": "Reports of hotlines in three years",
        "source": "Survey of hotlines",
        "grade": "B",
        "clearance": "organisation",
    }
    assert client.post(reverse("partnership:corridor_add"), said).status_code == 302
    with acting_as(desk):
        one = Corridor.objects.get()
    assert (one.origin, one.transit, one.destination) == (["UZ", "TJ"], ["KZ"], ["RU"])
    page = client.get(reverse("partnership:corridors"), {"day": "2017-06-01"})
    assert [len(found["members"]) for found in page.context["processes"]] == [43, 7, 50]
    assert "Central Asia to the north" in page.content.decode()
    assert "Central Asia to the north" in client.get(reverse("partnership:state", args=["KZ"])).content.decode()


def test_unconfirmed_for_a_year_can_be_confirmed(browser, desk, holder):
    held = holder("MD", "co_ordinator")
    holder("UA", "co_ordinator", "Dana Exemplar", confirmed_on=dt.date(2018, 5, 1))
    page = browser(desk).get(reverse("partnership:unconfirmed"), {"day": "2018-12-31"})
    assert len(page.context["rows"]) == 1
    assert reverse("partnership:designation_confirm", args=[held.pk]) in page.content.decode()


def test_those_longest_silent_stand_first_whatever_their_state(browser, desk, holder):
    holder("MD", "co_ordinator", confirmed_on=dt.date(2017, 11, 1))
    holder("UA", "co_ordinator", "Dana Exemplar")
    holder("TH", "co_ordinator", "Chai Exemplar", confirmed_on=dt.date(2017, 6, 1))
    page = browser(desk).get(reverse("partnership:unconfirmed"), {"day": "2019-12-31"})
    named = [
        next(name for name in ("Moldova", "Thailand", "Ukraine") if name in str(row[0])) for row in page.context["rows"]
    ]
    assert named == ["Ukraine", "Thailand", "Moldova"]


def test_who_is_no_member_of_the_desk_reads_and_does_not_write(browser, house, desk, holder):
    held = holder("MD", "co_ordinator")
    client = browser(house.manager)
    page = client.get(reverse("partnership:directory"))
    assert page.status_code == 200
    assert reverse("partnership:contact_add") not in page.content.decode()
    assert client.get(reverse("partnership:contact", args=[held.contact_id])).status_code == 404
    for name, args in (("contact_add", []), ("directory_file", []), ("designation_end", [held.pk])):
        assert client.get(reverse(f"partnership:{name}", args=args)).status_code == 403
    assert browser(house.officer).get(reverse("partnership:directory")).status_code == 403
