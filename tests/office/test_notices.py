"""Notices are left through one function: no false kind, text, time or sender, and none to migration enforcement."""

import psycopg
import pytest

from palermo.office.domain.acting import acting_as
from palermo.office.queries.notices import letters, notices

LEAVE = "SELECT office_notify(%s, %s, %s, %s)"


def leave(raw, enter, member, agency, kind, text=""):
    with enter(raw, member):
        raw.execute(LEAVE, [agency.pk, kind, None, text])


def test_a_notice_has_the_time_of_the_clock(as_app, house, enter, owner_sql):
    leave(as_app, enter, house.shelter_worker, house.reception, "referral_received", str(house.shelter.pk))
    assert owner_sql(
        "SELECT agency_id, kind, text, read_at, at BETWEEN now() - interval '1 minute' AND now() FROM office_notice"
    ) == [(house.reception.pk, "referral_received", str(house.shelter.pk), None, True)]


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("make_contact", ""),
        ("emergency_opened", ""),
        ("consent_withdrawn", ""),
        ("data_recalled", ""),
        ("concern_received", ""),
        ("consent_ends", ""),
        ("rights", ""),
        ("anything", ""),
        (None, ""),
        ("safety", None),
        ("safety", "Call me at once"),
        ("safety", "00000000-0000-4000-8000-000000000000"),
    ],
)
def test_no_false_notice_reaches_another_agency(as_app, house, enter, owner_sql, kind, text):
    with pytest.raises(psycopg.errors.CheckViolation):
        leave(as_app, enter, house.shelter_worker, house.reception, kind, text)
    assert owner_sql("SELECT count(*) FROM office_notice") == [(0,)]


def test_none_goes_to_or_from_enforcement_or_from_nobody(as_app, house, enter, owner_sql):
    for member, agency in (
        (house.shelter_worker, house.border_officer.agency),
        (house.border_officer, house.reception),
        (None, house.reception),
    ):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            leave(as_app, enter, member, agency, "safety")
    assert owner_sql("SELECT count(*) FROM office_notice") == [(0,)]


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO office_notice SELECT * FROM office_notice",
        "UPDATE office_notice SET text = 'x'",
        "SELECT ctid FROM office_notice",
        "SELECT xmin FROM office_notice",
        "DELETE FROM office_notice",
    ],
)
def test_the_table_itself_is_closed(as_app, house, enter, statement):
    with pytest.raises(psycopg.errors.InsufficientPrivilege), enter(as_app, house.shelter_worker):
        as_app.execute(statement)


def test_an_odd_text_hides_nobodys_inbox(house, owner_sql):
    for text in ("no id", str(house.shelter.pk)):
        owner_sql(
            "INSERT INTO office_notice (id, agency_id, kind, text, at)"
            " VALUES (gen_random_uuid(), %s, 'make_contact', %s, now())",
            [house.reception.pk, text],
        )
    with acting_as(house.reception_responder):
        assert {letter.asks for letter in letters(list(notices()))} == {None, house.shelter}


def test_what_presses_stands_first_and_a_kind_is_noted_at_once(house, owner_sql, client_of):
    kinds = ["emergency_opened", "referral_answered", "referral_answered", "referral_answered"]
    for hours, kind in enumerate(reversed(kinds)):
        owner_sql(
            "INSERT INTO office_notice (id, agency_id, kind, text, at)"
            " VALUES (gen_random_uuid(), %s, %s, '', now() - make_interval(hours => %s))",
            [house.reception.pk, kind, hours],
        )
    with acting_as(house.reception_responder):
        assert [notice.kind for notice in notices(unread_only=True)] == kinds
    client = client_of(house.reception_responder)
    assert "All 3 noted" in client.get("/office/notices/").content.decode()
    client.post("/office/notices/noted/", {"kind": "referral_answered"})
    with acting_as(house.reception_responder):
        [left] = notices(unread_only=True)
        assert left.kind == "emergency_opened"
    client_of(house.shelter_manager).post("/office/notices/noted/", {"shown": [left.pk]})
    client = client_of(house.reception_responder)
    assert client.post("/office/notices/noted/", {"kind": "odd", "shown": ["odd"]}).status_code == 404
    with acting_as(house.reception_responder):
        assert notices(unread_only=True).count() == 1
    client.post("/office/notices/noted/", {"shown": [left.pk]})
    with acting_as(house.reception_responder):
        assert not notices(unread_only=True).exists()
