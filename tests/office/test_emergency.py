"""Break the glass: reason first, three hours, reading only, the owner told, a review owed."""

import datetime as dt

import pytest
from django.db import transaction
from django.urls import reverse

from palermo.office import clock
from palermo.office.domain.acting import acting_as
from palermo.office.domain.emergency import open_emergency, review_emergency
from palermo.office.domain.persons import read_identity
from palermo.office.domain.rights import NotAllowed
from palermo.office.models import EmergencyOpening, LogLine, Notice, Person
from palermo.vocabulary.errors import Refusal

WHY = "Threatened at the gate tonight; the shelter must know."
NIGHT = dt.datetime(2027, 3, 1, 22, tzinfo=dt.UTC)


def opened(member, code, why=WHY):
    with clock.at(NIGHT), acting_as(member):
        return open_emergency(member=member, code=code, reason=why)


def test_it_opens_for_three_hours_and_reading_only(house, person):
    assert opened(house.police_manager, person.code.lower()) == person
    for minutes, count in ((0, 1), (179, 1), (180, 0)):
        with clock.at(NIGHT + dt.timedelta(minutes=minutes)), acting_as(house.police_manager):
            assert (Person.objects.count(), minutes) == (count, minutes)
    with clock.at(NIGHT), acting_as(house.police_manager):
        assert Person.objects.update(age=1) == 0
        assert read_identity(member=house.police_manager, person=person).family_name == "Примерова"


@pytest.mark.parametrize("gap", ["", " ", "–"])
def test_the_code_may_be_typed_without_its_hyphen(house, person, gap):
    assert opened(house.police_manager, person.code.lower().replace("-", gap)) == person


def test_the_reason_comes_first(house, person):
    with pytest.raises(Refusal, match="reason first"):
        opened(house.police_manager, person.code, "urgent")
    with acting_as(house.police_manager):
        assert Person.objects.count() == 0


def test_an_unknown_code_opens_nothing_and_is_logged(house, person, owner_sql):
    assert opened(house.police_manager, "AAA-AAAA") is None
    assert owner_sql("SELECT count(*) FROM office_emergencyopening") == [(0,)]
    assert owner_sql(
        "SELECT agency_id, body::jsonb -> 'detail' ->> 'refused' FROM office_logline WHERE member_id = %s",
        [house.police_manager.pk],
    ) == [(house.police.pk, "office.open_emergency")]


def test_the_owner_is_told_and_reviews(house, person):
    opened(house.police_manager, person.code)
    with acting_as(house.reception_dpo):
        notice = Notice.objects.get()
        opening = EmergencyOpening.objects.get()
        assert (notice.kind, notice.about_id, opening.reason, opening.opener) == (
            "emergency_opened",
            person.id,
            WHY,
            house.police,
        )
        assert LogLine.objects.get(verb="office.emergency_opened").person_id == person.id
        review_emergency(member=house.reception_dpo, opening=opening, review="It was right; the threat was real.")
    with acting_as(house.police_dpo):
        assert EmergencyOpening.objects.get().review == "It was right; the threat was real."


def test_the_opener_does_not_review_itself(house, person):
    opened(house.police_manager, person.code)
    with acting_as(house.police_dpo):
        opening = EmergencyOpening.objects.get()
        review_emergency(member=house.police_dpo, opening=opening, review="All was well, I am sure.")
        opening.refresh_from_db()
        assert opening.reviewed_at is None


@pytest.mark.parametrize("name", ["border_officer", "shelter_worker", "reception_dpo", "national_co_ordinator"])
def test_not_for_everybody(house, person, name):
    with pytest.raises(NotAllowed):
        opened(getattr(house, name), person.code)


def test_not_for_migration_enforcement_in_sql_either(house, person):
    from django.db import connection

    with (
        acting_as(house.border_officer),
        pytest.raises(NotAllowed, match="not for your role"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("SELECT office_open_emergency(%s, %s)", [person.code, b"x" * 100])


def test_no_more_than_twenty_a_day_hits_and_misses_together(house, person):
    for number in range(20):
        opened(house.police_manager, person.code if number % 2 else "AAA-AAAA")
    for code in (person.code, "AAA-AAAA"):
        with pytest.raises(Refusal, match="20 tries"):
            opened(house.police_manager, code)
    with clock.at(NIGHT + dt.timedelta(days=1)), acting_as(house.police_manager):
        assert open_emergency(member=house.police_manager, code=person.code, reason=WHY) == person


def test_guesses_on_the_page_are_counted(house, person, client_of, owner_sql):
    """A form that is shown again undoes what it wrote, but not that somebody guessed."""
    client = client_of(house.police_manager)
    for _ in range(20):
        page = client.post(reverse("office:emergency"), {"reason": WHY, "code": "AAA-AAAA"})
        assert b"No file has this code" in page.content
    page = client.post(reverse("office:emergency"), {"reason": WHY, "code": person.code})
    assert b"20 tries" in page.content
    assert owner_sql("SELECT count(*) FROM office_emergencyopening") == [(0,)]
    assert owner_sql("SELECT count(*) FROM office_emergencytry") == [(20,)]
