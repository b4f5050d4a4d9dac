"""Clearance of findings and reports by SQL, at both doors: nobody reads what is not for them."""

import pytest
from desk import DAY, declared, finding
from django.db import connection

from palermo.office.domain.acting import acting_as
from palermo.office.domain.rights import NotAllowed
from palermo.office.enums import Role
from palermo.partnership.domain.figures import recount_figure
from palermo.partnership.domain.findings import Wording, publish_finding, write_finding_text
from palermo.partnership.domain.follow_up import (
    assess_finding,
    follow_up_finding,
    link_findings,
    record_measure,
    record_reply,
)
from palermo.partnership.domain.reports import freeze_report, publish_report, write_report


@pytest.fixture
def second_office(house, as_owner):
    """Another office with a desk of its own."""
    from palermo.office.domain.agencies import enrol_member, found_agency

    with as_owner():
        agency = found_agency(name="Protocol Department", kind="first_reception", state="GR", using="default")
        member, _ = enrol_member(
            agency=agency,
            username="protocol",
            name="Protocol",
            roles=[Role.PROTOCOL_OFFICER],
            password="a long first password",
            using="default",
        )
    return member


@pytest.fixture
def findings(house, do):
    desk = house.co_ordinator
    made = {
        "office": finding(desk, "An office finding for this test"),
        "organisation": finding(desk, "A finding for all agencies", clearance="organisation"),
        "draft": finding(desk, "A draft that others may know of", clearance="organisation", stage="draft"),
        "named": finding(desk, "A finding for one named reader", clearance="named", readers=[house.manager.pk]),
        "public": finding(desk, "A finding that is published here"),
    }
    do(desk, publish_finding, finding=made["public"])
    for one in made.values():
        do(desk, record_reply, finding=one, position="noted", on=one.found_on, document="Note verbale")
        do(
            desk,
            assess_finding,
            finding=one,
            status="partly",
            on=one.found_on,
            reason="As was said",
            evidence="Note verbale",
        )
    return made


def seen(member, findings, query="SELECT id FROM partnership_finding"):
    """Names of the findings that a member's pass finds by SQL without any condition."""
    names = {one.pk: name for name, one in findings.items()}
    with acting_as(member), connection.cursor() as cursor:
        cursor.execute(query)
        return sorted({names[row[0]] for row in cursor.fetchall()})


EVERYBODY = ["draft", "organisation", "public"]
PARTS = ["reply", "assessment"]


def test_who_finds_which_finding_and_its_parts(house, second_office, findings):
    expected = {
        house.co_ordinator: ["draft", "named", "office", "organisation", "public"],
        second_office: EVERYBODY,
        house.worker: EVERYBODY,
        house.manager: ["draft", "named", "organisation", "public"],
    }
    for member, names in expected.items():
        assert seen(member, findings) == names
        for part in PARTS:
            assert seen(member, findings, f"SELECT finding_id FROM partnership_{part}") == names
        assert seen(member, findings, "SELECT id FROM partnership_findingevent") == names


def test_drafts_are_read_in_the_office_alone(house, second_office, findings):
    texts = "SELECT finding_id FROM partnership_findingtext"
    assert seen(house.co_ordinator, findings, texts) == ["draft", "named", "office", "organisation", "public"]
    assert seen(house.manager, findings, texts) == ["named", "organisation", "public"]
    assert seen(second_office, findings, texts) == ["organisation", "public"]


def test_the_door_reads_what_is_published_and_nothing_else(house, findings):
    for member in (None, house.officer):
        assert seen(member, findings) == ["public"]
        assert seen(member, findings, "SELECT finding_id FROM partnership_findingtext") == ["public"]
        with acting_as(member), connection.cursor() as cursor:
            cursor.execute("SELECT DISTINCT stage FROM partnership_findingtext")
            assert cursor.fetchall() == [("published",)]


@pytest.mark.parametrize(
    "table",
    [
        "reply",
        "assessment",
        "measure",
        "findinglink",
        "followup",
        "findingevent",
        "reporttext",
        "frozenfigure",
        "recount",
        "issuefigure",
        "declaredfigure",
    ],
)
def test_the_door_has_no_grant_on_the_rest(house, findings, table):
    with pytest.raises(NotAllowed), acting_as(None), connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM partnership_{table}")


def test_another_office_changes_nothing(house, second_office, findings):
    with acting_as(second_office), connection.cursor() as cursor:
        cursor.execute("UPDATE partnership_finding SET clearance = 'office'")
        assert cursor.rowcount == 0


def test_a_report_is_public_from_its_publication_and_only_as_issued(house, second_office, do):
    desk = house.co_ordinator
    declared(desk, "event.secret.participants", 12)
    report = do(
        desk, write_report, year=2017, language="en", text="# Year\n{{ declared:event.secret.participants }} came."
    )

    def counts(member):
        rows = []
        with acting_as(member), connection.cursor() as cursor:
            for table in (
                ("report", "reportissue") if member is None else ("report", "reportissue", "reporttext", "frozenfigure")
            ):
                cursor.execute(f"SELECT count(*) FROM partnership_{table}")
                rows.append(cursor.fetchone()[0])
        return rows

    assert (counts(desk), counts(second_office), counts(None)) == ([1, 0, 1, 0], [0, 0, 0, 0], [0, 0])
    do(desk, freeze_report, report=report)
    assert (counts(desk), counts(second_office), counts(None)) == ([1, 1, 1, 1], [0, 0, 0, 0], [0, 0])
    do(desk, publish_report, report=report)
    assert (counts(desk), counts(second_office), counts(None)) == ([1, 1, 1, 1], [1, 1, 0, 0], [1, 1])
    do(desk, freeze_report, report=report)
    assert counts(None) == [1, 1]


@pytest.mark.parametrize(
    ("verb", "said"),
    [
        (write_finding_text, {"stage": "published", "texts": [Wording("en", "Other words")], "on": DAY}),
        (publish_finding, {}),
        (record_reply, {"position": "noted", "on": DAY, "document": "Note verbale"}),
        (assess_finding, {"status": "partly", "on": DAY, "reason": "As was said", "evidence": "Note verbale"}),
        (follow_up_finding, {"on": DAY, "occasion": "Conference", "what": "Raised again"}),
        (link_findings, {"kind": "same_as"}),
        (record_measure, {"state": "DK", "kind": "law", "title": "The act was amended", "on": DAY}),
    ],
)
def test_the_verbs_of_a_finding_are_its_office_s(house, second_office, do, verb, said):
    theirs = finding(house.co_ordinator, "A finding for all agencies", clearance="organisation")
    named = {"findings": [theirs]} if verb is record_measure else {"finding": theirs}
    if verb is link_findings:
        named["other"] = finding(second_office, "A finding of the second office")
    with pytest.raises(NotAllowed, match="this record belongs to another agency"):
        do(second_office, verb, **named, **said)


def test_another_office_links_its_own_finding_with_one_that_it_reads(house, second_office, do):
    theirs = finding(house.co_ordinator, "A finding for all agencies", clearance="organisation")
    own = finding(second_office, "A finding of the second office")
    link = do(second_office, link_findings, finding=own, other=theirs, kind="same_as")
    assert (link.finding_id, link.other_id) == (own.pk, theirs.pk)


def test_a_frozen_figure_is_counted_again_by_its_office(house, second_office, do):
    from palermo.partnership.models import FrozenFigure

    finding(house.co_ordinator)
    report = do(house.co_ordinator, write_report, year=2017, language="en", text="{{ findings.recommendations }} made.")
    do(house.co_ordinator, freeze_report, report=report)
    with acting_as(house.co_ordinator):
        figure = FrozenFigure.objects.get()
    with pytest.raises(NotAllowed, match="this record belongs to another agency"):
        do(second_office, recount_figure, figure=figure)
