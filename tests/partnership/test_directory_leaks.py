"""Nothing of directory, commitments and law is shown that the clearance does not open: by page, by API, by SQL."""

import datetime as dt
import json
import uuid
from types import SimpleNamespace

import pytest
from django.db import Error, connection, transaction
from django.test import Client
from django.urls import reverse
from records import second_factor, sign_in
from routes import routes

from palermo.office.domain.acting import acting_as
from palermo.office.domain.rights import NotAllowed
from palermo.partnership.domain.corridors import add_corridor
from palermo.partnership.domain.designations import designate
from palermo.partnership.domain.directory import add_contact, add_organisation
from palermo.partnership.domain.law import add_bill, add_law_record, assess_gap
from palermo.partnership.domain.outcomes import open_outcome
from palermo.partnership.enums import Clearance
from palermo.partnership.models import Instrument, Provision, TextVersion

pytestmark = pytest.mark.django_db
DAY = dt.date(2017, 3, 1)


def word(clearance, what):
    """A word that stands nowhere else: of which record, under which clearance."""
    return f"{what}{clearance}mark"


def fill(desk, clearance, readers):
    """One record of each kind under a clearance; returns their ids."""
    frame = {"clearance": clearance, "readers": readers}

    def marked(what):
        return word(clearance, what)

    body = add_organisation(member=desk, name=marked("body"), kind="ngo", state="MD", **frame)
    person = add_contact(
        member=desk, name=marked("person"), phone=marked("phone"), organisation=body, consented_on=DAY, **frame
    )
    post = {"post": "focal_point", "since": DAY, "document": marked("document"), **frame}
    held = designate(member=desk, contact=person, state="MD", **post)
    add_corridor(
        member=desk,
        name=marked("way"),
        origin=["MD"],
        destination=["IT"],
        evidence=marked("evidence"),
        source="s",
        grade="B",
        since=DAY,
        **frame,
    )
    instrument = Instrument(
        office=desk.agency,
        symbol=marked("symbol"),
        title=marked("title"),
        body="b",
        adopted_on=DAY,
        source="s",
        grade="B",
        clearance=clearance,
        readers=sorted({desk.pk, *readers}) if clearance == Clearance.NAMED else [],
    )
    instrument.save(force_insert=True)
    provision = Provision(instrument=instrument, addressee="states", themes=["child"])
    provision.save(force_insert=True)
    TextVersion(
        instrument=instrument, provision=provision, language="eng", standing="working", text=marked("text"), source="s"
    ).save(force_insert=True)
    law = add_law_record(
        member=desk,
        state="MD",
        point="act",
        covers="yes",
        act=marked("act"),
        says=marked("says"),
        since=DAY,
        source="s",
        grade="A",
        **frame,
    )
    assess_gap(
        member=desk, state="MD", provision=provision, gap="met", reason=marked("reason"), assessed_on=DAY, **frame
    )
    bill = add_bill(
        member=desk,
        state="MD",
        title=marked("bill"),
        points=["act"],
        stage="drafted",
        on=DAY,
        source=marked("step"),
        **frame,
    )
    outcome = open_outcome(
        member=desk, state="MD", title=marked("outcome"), stage="interested", on=DAY, evidence=marked("letter"), **frame
    )
    return {
        "contact": person.pk,
        "designation": held.pk,
        "commitment": instrument.pk,
        "provision": provision.pk,
        "law": law.pk,
        "bill": bill.pk,
        "outcome": outcome.pk,
    }


WORDS = [
    "body",
    "person",
    "phone",
    "document",
    "way",
    "evidence",
    "symbol",
    "title",
    "text",
    "act",
    "says",
    "reason",
    "bill",
    "step",
    "outcome",
    "letter",
]


@pytest.fixture
def scene(house, as_owner):
    from palermo.office.domain.agencies import enrol_member

    def enrol(agency, name, role):
        member, _ = enrol_member(agency=agency, username=name, name=name, roles=[role], password="x", using="default")
        return member

    with as_owner():
        people = {
            "desk": house.co_ordinator,
            "colleague": enrol(house.national, "colleague", "protocol_officer"),
            "named": enrol(house.shelter, "named", "case_manager"),
            "stranger": house.shelter_worker,
            "other_desk": enrol(house.police, "other_desk", "protocol_officer"),
            "enforcement": house.officer,
        }
        for member in people.values():
            second_factor(member)
    with acting_as(people["desk"]):
        ids = {clearance: fill(people["desk"], clearance, [people["named"].pk]) for clearance in Clearance.values}
    return SimpleNamespace(people=people, ids=ids)


def opens(who, clearance):
    """The rule, in one place."""
    return (
        who != "enforcement"
        and {
            Clearance.PUBLIC: True,
            Clearance.ORGANISATION: True,
            Clearance.OFFICE: who in {"desk", "colleague"},
            Clearance.NAMED: who in {"desk", "named"},
        }[clearance]
    )


def wrong(who, text, *, sure=()):
    """Words that are shown and may not be; and of `sure` words that may be and are not."""
    found = []
    for clearance in Clearance.values:
        for what in WORDS:
            if word(clearance, what) in text and not opens(who, clearance):
                found.append(f"shows {word(clearance, what)}")
            if what in sure and opens(who, clearance) and word(clearance, what) not in text:
                found.append(f"does not show {word(clearance, what)}")
    return found


def pages(ids):
    """Every page of the subject, and the words that its readers must find there."""
    yield reverse("partnership:directory") + "?day=2017-06-01", ("person", "document")
    yield reverse("partnership:unconfirmed") + "?day=2019-06-01", ("person", "document")
    yield reverse("partnership:contacts"), ("person",)
    yield reverse("partnership:contacts") + "?words=person", ("person",)
    yield reverse("partnership:corridors"), ("way", "evidence")
    yield reverse("partnership:states"), ()
    yield (
        reverse("partnership:state", args=["MD"]) + "?day=2017-06-01",
        ("person", "document", "way", "act", "says", "reason", "bill", "step", "outcome", "letter", "symbol", "text"),
    )
    yield reverse("partnership:commitments"), ("symbol", "title")
    yield reverse("partnership:law") + "?day=2017-06-01", ("act",)
    yield "/api/partnership/directory?day=2017-06-01", ("person", "document")
    yield "/api/partnership/commitments", ("symbol", "title", "text")
    yield "/api/partnership/states/MD?day=2017-06-01", ("act", "says", "reason", "bill", "outcome")
    for of in ids.values():
        yield f"/api/partnership/officials/{of['contact']}", ()
        yield reverse("partnership:contact", args=[of["contact"]]), ()
        yield reverse("partnership:contact_change", args=[of["contact"]]), ()
        yield reverse("partnership:designation_add", args=[of["contact"]]), ()
        yield reverse("partnership:designation_end", args=[of["designation"]]), ()
        yield reverse("partnership:designation_confirm", args=[of["designation"]]), ()
        yield reverse("partnership:commitment", args=[of["commitment"]]), ()
        yield reverse("partnership:provision_add", args=[of["commitment"]]), ()
        yield reverse("partnership:text_add", args=[of["provision"]]), ()
        yield reverse("partnership:gap_add", args=["MD", of["provision"]]), ()
        yield reverse("partnership:law_end", args=[of["law"]]), ()
        yield reverse("partnership:bill_move", args=[of["bill"]]), ()
        yield reverse("partnership:outcome_move", args=[of["outcome"]]), ()


@pytest.mark.parametrize("who", ["desk", "colleague", "named", "stranger", "other_desk", "enforcement"])
def test_by_page_and_api(scene, who):
    client = sign_in(Client(), scene.people[who])
    found = []
    for address, sure in pages(scene.ids):
        answer = client.get(address)
        text = answer.content.decode()
        found += [f"{address}: {said}" for said in wrong(who, text, sure=sure if answer.status_code == 200 else ())]
        if who == "enforcement":
            assert answer.status_code in {403, 404}, address
        elif sure:
            assert answer.status_code == 200, address
    assert found == []


def test_without_an_account_nothing_is_there(scene):
    client = Client()
    for address, _ in pages(scene.ids):
        answer = client.get(address)
        assert answer.status_code in {302, 401}, address
        assert wrong("enforcement", answer.content.decode()) == []


def test_the_pages_of_one_record_open_as_the_record_does(scene):
    for who, member in scene.people.items():
        client = sign_in(Client(), member)
        for clearance, of in scene.ids.items():
            expected = 200 if opens(who, clearance) else 403 if who == "enforcement" else 404
            assert client.get(reverse("partnership:contact", args=[of["contact"]])).status_code == expected
            assert client.get(reverse("partnership:commitment", args=[of["commitment"]])).status_code == expected
            assert client.get(f"/api/partnership/officials/{of['contact']}").status_code == expected


@pytest.mark.parametrize("who", ["desk", "colleague", "named", "stranger", "other_desk", "enforcement", None])
def test_by_sql(scene, owner_sql, who):
    tables = [
        name
        for (name,) in owner_sql(
            "SELECT relname FROM pg_class WHERE relkind = 'r' AND relname LIKE 'partnership\\_%%' ORDER BY 1"
        )
    ]
    assert len(tables) >= 19
    text = ""
    with acting_as(scene.people[who] if who else None):
        for name in tables:
            text += "".join(row[0] for row in said(f"SELECT t::text FROM {name} t"))
    assert wrong(who or "enforcement", text, sure=WORDS if who else ()) == []


def said(statement, *values):
    """Rows, or none where the login may not even ask."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, values)
            return cursor.fetchall()
    except NotAllowed:  # the public and migration enforcement have no grant
        return []


@pytest.mark.parametrize("who", ["named", "stranger", "other_desk", "enforcement"])
def test_nobody_else_writes_by_sql(scene, owner_sql, who):
    before = owner_sql("SELECT md5(string_agg(t::text, '' ORDER BY t::text)) FROM partnership_contact t")
    with acting_as(scene.people[who]):
        for change in ("phone = 'x'", "clearance = 'public'", "readers = '{}'"):
            try:
                with transaction.atomic(), connection.cursor() as cursor:
                    cursor.execute(f"UPDATE partnership_contact SET {change}")
                    assert cursor.rowcount == 0
            except NotAllowed:
                assert who == "enforcement"
    assert owner_sql("SELECT md5(string_agg(t::text, '' ORDER BY t::text)) FROM partnership_contact t") == before


@pytest.mark.parametrize("statement", ["designation", "gap", "law", "text"])
def test_a_row_names_only_what_its_writer_sees_and_nobody_else_as_its_author(scene, statement):
    """The desk of another office may write in its own name, and learns nothing by trying foreign ids."""
    other, of = scene.people["other_desk"], scene.ids[Clearance.OFFICE]
    mine = {"id": uuid.uuid4(), "office": other.agency_id, "me": other.pk, "someone": scene.people["desk"].pk, **of}
    statements = {
        "designation": (
            "INSERT INTO partnership_designation (id, office_id, clearance, readers, created_at, contact_id, post, state,"
            " shared, since, document, document_until) VALUES (%(id)s, %(office)s, 'office', '{}', now(), %(contact)s,"
            " 'focal_point', 'MD', false, '2017-01-01', 'x', '')"
        ),
        "gap": (
            "INSERT INTO partnership_gapassessment (id, office_id, clearance, readers, created_at, state, provision_id,"
            " gap, reason, assessed_on, assessed_by) VALUES (%(id)s, %(office)s, 'office', '{}', now(), 'MD',"
            " %(provision)s, 'met', 'x', '2017-01-01', %(me)s)"
        ),
        "law": (
            "INSERT INTO partnership_lawrecord (id, office_id, clearance, readers, created_at, state, point, covers, act,"
            " says, since, source, grade, entered_by) VALUES (%(id)s, %(office)s, 'office', '{}', now(), 'MD', 'act',"
            " 'yes', 'x', 'x', '2017-01-01', 'x', 'A', %(someone)s)"
        ),
        "text": (
            "INSERT INTO partnership_textversion (id, instrument_id, provision_id, language, standing, text, source)"
            " VALUES (%(id)s, %(commitment)s, %(provision)s, 'fra', 'working', 'x', 'x')"
        ),
    }
    with acting_as(other), pytest.raises(Error, match="row-level security"), transaction.atomic():
        connection.cursor().execute(statements[statement], mine)


def test_a_name_that_is_not_open_is_not_told_by_an_open_post(scene, do):
    desk = scene.people["desk"]
    person = do(desk, add_contact, name="closednamemark")
    open_post = {"post": "co_ordinator", "state": "UA", "since": DAY, "document": "NV", "clearance": "public"}
    do(desk, designate, contact=person, **open_post)
    client = sign_in(Client(), scene.people["stranger"])
    page = client.get(reverse("partnership:directory"), {"day": "2017-06-01"}).content.decode()
    assert "closednamemark" not in page
    assert "not open to you" in page
    told = json.loads(client.get("/api/partnership/directory?day=2017-06-01").content)
    assert (told["co_ordinators"]["persons"], told["co_ordinators"]["participating"]) == (1, ["UA"])
    assert [post["name"] for post in told["posts"] if post["state"] == "UA"] == [None]


#: Doors for those without an account: what is published, a questionnaire's link, a calendar's secret address.
OUTSIDE = ("partnership/public/", "partnership/answers/", "partnership/feeds/")


@pytest.mark.parametrize("who", ["desk", "stranger", "enforcement"])
def test_no_address_falls_over_and_strangers_post_nowhere(scene, who):
    """Every address of the room, asked and sent to with ids of the wrong kind, of nothing, and hostile words."""
    of = scene.ids[Clearance.OFFICE]
    client = sign_in(Client(raise_request_exception=False), scene.people[who])
    found = []
    for route in routes():
        if not route.text.startswith("partnership/") or route.text.startswith(OUTSIDE):
            continue
        for filling in route.fillings([of["contact"], of["provision"], uuid.UUID(int=0)]):
            address = route.path(filling)
            for method in ("get", "post"):
                with transaction.atomic():
                    status = getattr(client, method)(address).status_code
                    transaction.set_rollback(True)
                allowed = {"desk": {200, 302, 403, 404, 405, 422}, "stranger": {200, 403, 404, 405, 422}}
                if status not in allowed.get(who, {403, 404, 405}) or (
                    method == "post" and who != "desk" and status == 200
                ):
                    found.append(f"{method} {address}: {status}")
    assert found == []
