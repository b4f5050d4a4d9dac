"""Pages of the office: who sees what, and with how many statements."""

import itertools

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse

from palermo.office.domain.acting import acting_as
from palermo.office.domain.emergency import open_emergency
from palermo.office.domain.rights_of_person import ask_right
from palermo.office.models import EmergencyOpening, LogLine, Member, Notice, Person, RightsRequest
from palermo.office.pages.urls import urlpatterns
from palermo.office.plain_words import all_words

WHY = "A threat to life was reported tonight."
EVERYBODY = (
    "reception_responder",
    "reception_manager",
    "reception_dpo",
    "reception_admin",
    "shelter_worker",
    "shelter_dpo",
    "police_manager",
    "national_co_ordinator",
    "border_officer",
)


@pytest.fixture
def lived_in(house, person):
    me = house.reception_responder
    with acting_as(me):
        request = ask_right(member=me, person=person, kind="complaint", words="They shouted at me.")
    with acting_as(house.police_manager):
        open_emergency(member=house.police_manager, code=person.code, reason=WHY)
    with acting_as(house.reception_dpo):
        return {
            "person": person.pk,
            "asked": request.pk,
            "opening": EmergencyOpening.objects.get().pk,
            "notice": Notice.objects.filter(kind="emergency_opened").get().pk,
            "member": house.reception_manager.pk,
        }


def routes(known):
    for pattern in urlpatterns:
        names = pattern.pattern.converters
        yield pattern.name, reverse(f"office:{pattern.name}", kwargs={name: known[name] for name in names})


#: Who gets an answer from a page that shows something of the lived-in house; everybody else is refused or finds nothing.
MAY_READ = {
    "notices": set(EVERYBODY),
    "directory": set(EVERYBODY),
    "members": {"reception_admin"},
    "appoint": {"reception_admin"},
    "emergency": {"reception_responder", "reception_manager", "police_manager"},
    "person": {"reception_responder", "reception_manager", "police_manager"},
    "report": {"reception_manager"},
    "ask_right": {"reception_responder", "reception_manager", "police_manager"},
    "log": {"reception_dpo", "shelter_dpo"},
    "openings": {"reception_dpo", "shelter_dpo"},
    "opening": {"reception_dpo"},
    "rights": {"reception_dpo", "shelter_dpo"},
    "right": {"reception_dpo"},
    "searches": {"reception_dpo", "shelter_dpo"},
}
ONLY_POST = {"read_notice", "notices_noted", "dismiss", "renew"}


def test_every_route_for_every_member(house, lived_in, client_of):
    """Routes are taken from the table of addresses; a new one fails until it is said who may read it."""
    answers = {}
    for name in EVERYBODY:
        client = client_of(getattr(house, name))
        for route, address in routes(lived_in):
            page = client.get(address)
            answers.setdefault(route, {})[name] = page.status_code
            text = page.content.decode()
            if name not in MAY_READ.get(route, ()):
                assert page.status_code in ((405,) if route in ONLY_POST else (403, 404)), (route, name)
            if name in {"border_officer", "national_co_ordinator", "shelter_worker", "shelter_dpo"}:
                assert not any(secret in text for secret in (WHY, "They shouted", "Примерова")), (route, name)
    assert {
        route: {name for name, status in found.items() if status == 200}
        for route, found in answers.items()
        if route not in ONLY_POST
    } == MAY_READ


def test_nobody_sees_a_page_without_signing_in(client, house, lived_in):
    for route, address in routes(lived_in):
        for method in (client.get, client.post):
            answer = method(address)
            assert (route, answer.status_code, answer.headers["Location"].split("?")[0]) == (
                route,
                302,
                "/account/login/",
            )


def test_posts_of_others_change_nothing(house, lived_in, client_of, owner_sql):
    tables = ("office_member", "office_emergencyopening", "office_rightsrequest", "office_notice")
    counted = "SELECT " + ", ".join(
        f"(SELECT md5(string_agg(t::text, '' ORDER BY t::text)) FROM {table} t)" for table in tables
    )
    for name in ("shelter_dpo", "shelter_admin", "border_officer", "national_co_ordinator"):
        client = client_of(getattr(house, name))
        before = owner_sql(counted)
        for route, address in routes(lived_in):
            if route in {"appoint", "emergency"}:
                continue
            answer = client.post(
                address,
                {"review": "All was well, I am sure.", "answer": "All was well.", "kind": "complaint", "words": "x"},
            )
            assert (route, answer.status_code) in {(route, status) for status in (403, 404, 405)}
        assert owner_sql(counted) == before


def test_a_refusal_is_said_in_words_and_logged(house, client_of):
    page = client_of(house.reception_manager).get(reverse("office:members"))
    assert page.status_code == 403
    assert b"Your role does not allow this" in page.content
    with acting_as(house.reception_dpo):
        line = LogLine.objects.get(verb="office.refused")
        assert (line.member_id, "office.appoint_member" in line.body, "office:members" in line.body) == (
            house.reception_manager.pk,
            True,
            True,
        )


def test_who_it_is_is_shown_on_asking_and_logged(house, person, client_of):
    client = client_of(house.reception_manager)
    address = reverse("office:person", args=[person.pk])
    assert "Примерова" not in client.get(address).content.decode()
    assert "Ивана Примерова" in client.post(address).content.decode()
    with acting_as(house.reception_dpo):
        assert LogLine.objects.filter(verb="office.read_identity", person_id=person.pk).count() == 1


def test_the_emergency_page_asks_the_reason_first(house, person, client_of):
    client = client_of(house.police_manager)
    address = reverse("office:emergency")
    assert list(client.get(address).context["form"].fields) == ["reason", "code"]
    refused = client.post(address, {"reason": "urgent", "code": person.code})
    assert refused.context["form"].errors == {
        "reason": ["Write the reason first, in a sentence. It is shown to the owner."]
    }
    opened = client.post(address, {"reason": WHY, "code": person.code.lower()})
    assert opened.url == reverse("office:person", args=[person.pk])
    assert b"another agency" in client.get(opened.url).content
    assert (
        client_of(house.reception_manager).get(reverse("office:notices")).content.count(b"opened in an emergency") == 1
    )


def test_a_notice_is_opened_and_read(house, person, client_of):
    from palermo.office.domain.search import search_before_create
    from palermo.office.methods.identity import Identity

    with acting_as(house.police_manager):
        search_before_create(
            member=house.police_manager,
            identity=Identity(given_name="Ivana", family_name="Primerova"),
            reason="met today",
        )
    client = client_of(house.reception_manager)
    page = client.get(reverse("office:notices"))
    assert "Special Unit has met somebody" in page.content.decode()
    with acting_as(house.reception_manager):
        notice = Notice.objects.get()
    assert client.post(reverse("office:read_notice", args=[notice.pk])).url == reverse(
        "office:person", args=[person.pk]
    )
    assert b"Nothing waits" in client.get(reverse("office:notices")).content
    assert client.get(reverse("office:notices") + "?all=1").content.count(b"Special Unit has met") == 1


def test_the_officer_reviews_and_answers(house, lived_in, client_of):
    client = client_of(house.reception_dpo)
    assert (
        client.post(reverse("office:opening", args=[lived_in["opening"]]), {"review": "no"}).context["form"].errors
        != {}
    )
    assert (
        client.post(
            reverse("office:opening", args=[lived_in["opening"]]), {"review": "It was right; there was danger."}
        ).status_code
        == 302
    )
    waiting = client.get(reverse("office:rights")).content.decode()
    assert reverse("office:right", args=[lived_in["asked"]]) in waiting
    assert "Nobody has asked" not in waiting
    assert b"They shouted at me." in client.get(reverse("office:right", args=[lived_in["asked"]])).content
    assert (
        client.post(
            reverse("office:right", args=[lived_in["asked"]]), {"answer": "We are sorry; the guard was moved."}
        ).status_code
        == 302
    )
    with acting_as(house.reception_dpo):
        assert EmergencyOpening.objects.get().reviewed_at is not None
        assert RightsRequest.objects.get().answer == "We are sorry; the guard was moved."
    file = client_of(house.reception_manager).get(reverse("office:person", args=[lived_in["person"]])).content.decode()
    assert "We are sorry; the guard was moved." in file
    assert "They shouted at me." not in file


def test_the_log_is_narrowed(house, lived_in, client_of):
    client = client_of(house.reception_dpo)
    address = reverse("office:log")
    everything = client.get(address).context["page"].paginator.count
    narrowed = {
        "verb": client.get(address, {"verb": "office.register_person"}),
        "member": client.get(address, {"member": str(house.reception_responder.pk)}),
        "file": client.get(address, {"file": str(lived_in["person"])}),
        "since": client.get(address, {"since": "2100-01-01"}),
    }
    assert {name: page.context["page"].paginator.count for name, page in narrowed.items()} == {
        "verb": 1,
        "member": 2,
        "file": 3,
        "since": 0,
    }
    assert everything > 3


def test_the_log_speaks_to_those_who_watch_it(house, lived_in, client_of):
    from palermo.office.models import Person

    assert client_of(house.reception_responder).get(reverse("office:log")).status_code == 403
    page = client_of(house.reception_dpo).get(reverse("office:log")).content.decode()
    with acting_as(house.reception_manager):
        code = Person.objects.get(pk=lived_in["person"]).code
    assert f">{code}</a>" in page
    assert "Register person" in page
    assert "Refused: Looked at the log or another part of oversight (office:log)" in page
    for told_to_the_person in ("about you", "your file", "your data"):
        assert told_to_the_person not in page
    assert code not in client_of(house.shelter_dpo).get(reverse("office:log")).content.decode()


def test_a_right_is_written_down(house, person, client_of):
    client = client_of(house.reception_responder)
    answer = client.post(
        reverse("office:ask_right", args=[person.pk]), {"kind": "access", "words": "What do you know of me?"}
    )
    assert answer.status_code == 302
    assert [str(message).split(".")[0] for message in get_messages(answer.wsgi_request)] == ["Written down and sealed"]


def test_the_report_is_in_plain_words_without_places_or_staff(house, lived_in, client_of):
    text = client_of(house.reception_manager).get(reverse("office:report", args=[lived_in["person"]])).content.decode()
    assert "opened a file about you" in text
    assert "opened your file in an emergency" in text
    paper = text.split('<article class="paper">')[1].split("</article>")[0]
    assert not [name for name in ("Harbour", "Shelter", "Responder", "Manager") if name in paper]
    assert "First reception" in paper


def test_an_administrator_appoints_by_page(house, client_of):
    client = client_of(house.reception_admin)
    page = client.post(reverse("office:appoint"), {"username": "new", "name": "New Person", "roles": ["case_manager"]})
    assert Member.objects.get(username="new").check_password(page.context["password"]) is True
    assert page.headers["Cache-Control"].count("no-store") == 1
    taken = client.post(reverse("office:appoint"), {"username": "new", "name": "New Person", "roles": ["case_manager"]})
    assert taken.context["form"].errors == {"username": ["The sign-in name new is taken. Choose another."]}
    new = Member.objects.get(username="new")
    assert client.post(reverse("office:renew", args=[new.pk])).context["password"] != page.context["password"]
    assert client.post(reverse("office:dismiss", args=[new.pk])).url == reverse("office:members")
    assert client.post(reverse("office:dismiss", args=[house.shelter_worker.pk])).status_code == 403


def test_the_directory_answers_by_what_is_offered(house, client_of):
    client = client_of(house.reception_responder)
    address = reverse("office:directory")

    def names(**asked):
        return [agency.name for agency, _ in client.get(address, asked).context["rows"]]

    assert names() == [
        "Child Protection",
        "Harbour Reception",
        "Identification Authority",
        "Lighthouse Shelter",
        "National Co-ordinator",
        "Quay Clinic",
        "Special Unit",
    ]
    assert names(words="help shelter") == ["Lighthouse Shelter"]
    assert names(purpose="investigation") == ["Special Unit"]
    assert names(kind="child_protection") == ["Child Protection"]
    assert names(kind="migration_enforcement") == []


STATEMENTS = {"notices": 8, "directory": 5, "members": 4, "log": 10, "openings": 6, "rights": 6, "searches": 8}


@pytest.mark.parametrize("route", STATEMENTS)
def test_pages_take_a_fixed_number_of_statements(
    house, register, client_of, django_assert_num_queries, route, as_owner
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from palermo.office.domain.agencies import appoint_member
    from palermo.office.domain.search import search_before_create
    from palermo.office.methods.identity import Identity

    who = {
        "members": house.reception_admin,
        "notices": house.reception_manager,
        "directory": house.reception_manager,
    }.get(route, house.reception_dpo)
    client = client_of(who)
    counts = []
    numbers = itertools.count()
    for items in (1, 2):
        for _ in range(items):
            n = next(numbers)
            file = register(identity=Identity(given_name=f"Same{n}", family_name="Name"))
            with acting_as(house.reception_responder):
                ask_right(member=house.reception_responder, person=file, kind="access", words="?")
                search_before_create(
                    member=house.reception_responder,
                    identity=Identity(given_name=f"Other{n}", family_name="Name"),
                    reason="met today",
                )
            with acting_as(house.police_manager):
                open_emergency(member=house.police_manager, code=file.code, reason=WHY)
            with acting_as(house.shelter_worker):
                search_before_create(
                    member=house.shelter_worker,
                    identity=Identity(given_name=f"Same{n}", family_name="Name"),
                    reason="met today",
                )
            with acting_as(house.reception_admin):
                appoint_member(member=house.reception_admin, username=f"new{n}", name="New", roles=["case_manager"])
        with CaptureQueriesContext(connection) as queries:
            assert client.get(reverse(f"office:{route}")).status_code == 200
        counts.append(len([query for query in queries if "SAVEPOINT" not in query["sql"]]))
    assert counts == [STATEMENTS[route]] * 2


def test_every_verb_has_plain_words():
    import importlib
    import pkgutil

    import palermo.office.domain
    import palermo.protection.domain
    from palermo.office.domain.rights import rights

    for package in (palermo.office.domain, palermo.protection.domain):
        for module in pkgutil.iter_modules(package.__path__):
            importlib.import_module(f"{package.__name__}.{module.name}")
    assert sorted(set(rights()) - set(all_words())) == []


def test_every_verb_that_is_logged_has_plain_words():
    """Found by reading the source: log("room.verb", …)."""
    import re
    from pathlib import Path

    import palermo

    logged = set()
    for path in Path(palermo.__path__[0]).rglob("*.py"):
        logged |= set(re.findall(r"""log\(\s*"([a-z]+\.[a-z_]+)\"""", path.read_text(encoding="utf-8")))
    assert sorted(logged - set(all_words())) == []


def test_a_page_survives_a_forged_session(house):
    client = Client()
    client.cookies["sessionid"] = "forged:1abcde:signature"
    assert client.get(reverse("office:directory")).status_code == 302


def test_what_a_page_wrote_is_undone_when_it_fails(house, person, client_of, monkeypatch):
    from palermo.office.pages import persons

    def write_and_fail(**_):
        Person.objects.update(age=99)
        raise RuntimeError

    monkeypatch.setattr(persons, "read_identity", write_and_fail)
    client = client_of(house.reception_manager)
    client.raise_request_exception = False
    assert client.post(reverse("office:person", args=[person.pk])).status_code == 500
    with acting_as(house.reception_manager):
        assert Person.objects.get().age == 30
