"""A search finds one's own files in any script, and tells nothing of others'."""

import pytest
from django.db import OperationalError, connection, transaction
from django.test.utils import CaptureQueriesContext

from palermo.office.domain.acting import acting_as
from palermo.office.domain.rights import NotAllowed
from palermo.office.domain.search import search_before_create
from palermo.office.methods.identity import Identity
from palermo.office.models import Notice, Search
from palermo.vocabulary.errors import Refusal


def look(member, reason="arrived today", **identity):
    with (
        acting_as(member),
        CaptureQueriesContext(
            connection,
        ) as queries,
    ):
        found = search_before_create(member=member, identity=Identity(**identity), reason=reason)
    return found, len(queries)


@pytest.mark.parametrize(
    "identity",
    [
        {"given_name": "Ивана", "family_name": "Примерова"},
        {"given_name": "Ivana", "family_name": "Primerova"},
        {"given_name": "IVANA", "family_name": "PRIMEROVA"},
        {"phones": ("0030 210 123 4567",)},
        {"phones": ("2101234567",), "phone_region": "GR"},
    ],
)
def test_ones_own_file_is_found_in_any_writing(house, person, identity):
    assert look(house.reception_manager, **identity)[0] == [person]


@pytest.mark.parametrize(
    ("kept", "asked"),
    [
        (("Γιώργος", "Παραδείγματος"), ("Giorgos", "Paradeigmatos")),
        (("Олена", "Прикладенко"), ("Olena", "Prykladenko")),
        (("ليلى", "حسن"), ("ليلى", "حسن")),
        (("Élodie", "Exemple"), ("Elodie", "EXEMPLE")),
    ],
)
def test_scripts_meet(house, register, kept, asked):
    file = register(identity=Identity(given_name=kept[0], family_name=kept[1]))
    assert look(house.reception_manager, given_name=asked[0], family_name=asked[1])[0] == [file]


def test_a_document_is_found(house, register):
    file = register(identity=Identity(documents=("AB 123-456",)))
    assert look(house.reception_manager, documents=("ab123456",))[0] == [file]


def test_the_answer_is_the_same_whether_others_know_the_person_or_not(house, person):
    hit = look(house.police_manager, given_name="Ivana", family_name="Primerova")
    miss = look(house.police_manager, given_name="Nobody", family_name="Unheard")
    assert hit == miss == ([], hit[1])


def test_the_owner_is_asked_to_make_contact_once_a_day(house, person):
    for _ in range(3):
        look(house.police_manager, given_name="Ivana", family_name="Primerova")
    with acting_as(house.reception_manager):
        assert [(notice.kind, notice.about_id, notice.text) for notice in Notice.objects.all()] == [
            ("make_contact", person.id, str(house.police.id))
        ]
    with acting_as(house.police_manager):
        assert Notice.objects.count() == 0


def test_searches_are_limited(house, person):
    for _ in range(60):
        look(house.police_manager, given_name="Some", family_name="Body")
    with pytest.raises(Refusal, match="60 searches"):
        look(house.police_manager, given_name="Some", family_name="Body")
    look(house.reception_manager, given_name="Some", family_name="Body")


def test_searches_are_kept_for_the_officer_without_what_was_searched(house, person):
    look(house.police_manager, reason="stopped in a raid", given_name="Ivana", family_name="Primerova")
    with acting_as(house.police_dpo):
        assert [(one.member_id, one.reason) for one in Search.objects.all()] == [
            (house.police_manager.id, "stopped in a raid")
        ]
    with acting_as(house.reception_dpo):
        assert Search.objects.count() == 0


@pytest.mark.parametrize(
    ("identity", "reason", "where"), [({}, "arrived", "name"), ({"given_name": "Ivana"}, " x ", "reason")]
)
def test_a_search_needs_something_and_a_reason(house, identity, reason, where):
    with pytest.raises(Refusal) as caught:
        look(house.police_manager, reason=reason, **identity)
    assert caught.value.where == where


@pytest.mark.parametrize("name", ["reception_dpo", "reception_admin", "national_co_ordinator", "border_officer"])
def test_only_desks_search(house, name):
    with pytest.raises(NotAllowed):
        look(getattr(house, name), given_name="Ivana")


def test_a_search_is_of_one_person(house, person):
    with pytest.raises(Refusal, match="too many names"):
        look(house.police_manager, documents=tuple(f"AB{number:06}" for number in range(21)))
    with (
        acting_as(house.police_manager),
        pytest.raises(OperationalError, match="more than 20 keys"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("SELECT office_search(%s, '')", [[bytes([n]) * 16 for n in range(21)]])
