"""A finding from its first draft to its last assessment: by different hands, and never overwritten."""

import datetime as dt

import pytest
from desk import DAY, finding
from django.db import IntegrityError, InternalError, ProgrammingError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from palermo.office.domain.acting import acting_as
from palermo.office.domain.rights import NotAllowed
from palermo.partnership.domain.findings import Wording, publish_finding, write_finding_text
from palermo.partnership.domain.follow_up import (
    assess_finding,
    follow_up_finding,
    link_findings,
    record_measure,
    record_reply,
)
from palermo.partnership.methods.chain import MOVES, PROGRESS, Dated, standing
from palermo.partnership.models import Finding, FindingText
from palermo.partnership.queries.findings import chain_of, practices_for, said_to
from palermo.vocabulary.errors import Refusal


@pytest.fixture
def desk(house):
    return house.co_ordinator


def later(days):
    return DAY + dt.timedelta(days=days)


def test_the_chain_of_a_recommendation(desk, do):
    one = finding(desk, "The office urges the authorities to adopt a law.", stage="draft")
    assert (one.reference, one.urgency, one.stage, one.status) == ("DK-2017-01", "immediate", "draft", "")
    do(
        desk,
        write_finding_text,
        finding=one,
        stage="sent",
        on=later(20),
        texts=[Wording("en", "Sent text"), Wording("fr", "Texte envoyé", "working")],
    )
    do(
        desk,
        write_finding_text,
        finding=one,
        stage="comments",
        on=later(60),
        texts=[Wording("en", "The State comments")],
    )
    do(desk, write_finding_text, finding=one, stage="final", on=later(90), texts=[Wording("en", "Final text")])
    do(desk, publish_finding, finding=one)
    do(desk, record_reply, finding=one, position="already_done", on=later(100), document="Note verbale 12")
    do(desk, record_measure, state="DK", kind="law", title="Act on trafficking amended", on=later(200), findings=[one])
    do(
        desk,
        assess_finding,
        finding=one,
        status="partly",
        on=later(300),
        reason="The act lacks compensation.",
        evidence="Act 12",
    )
    do(desk, follow_up_finding, finding=one, on=later(330), occasion="17th Alliance conference", what="Raised again")
    with acting_as(desk):
        chain = chain_of(one.pk)
    assert [(text.number, text.stage, text.language, text.standing) for text in chain.texts] == [
        (5, "published", "en", "official"),
        (4, "final", "en", "official"),
        (3, "comments", "en", "official"),
        (2, "sent", "en", "official"),
        (2, "sent", "fr", "working"),
        (1, "draft", "en", "official"),
    ]
    assert (chain.finding.stage, chain.finding.status, chain.finding.clearance) == ("published", "partly", "public")
    assert [reply.position for reply in chain.replies] == ["already_done"]
    assert [measure.title for measure in chain.measures] == ["Act on trafficking amended"]
    assert [follow_up.occasion for follow_up in chain.follow_ups] == ["17th Alliance conference"]


def test_a_measure_answers_several_findings_of_one_state(desk, do):
    one, two, other = finding(desk), finding(desk, "Train the judges of the country."), finding(desk, state="MN")
    do(desk, record_measure, state="DK", kind="training", title="Courses for inspectors", on=DAY, findings=[one, two])
    with acting_as(desk):
        assert [len(chain_of(x.pk).measures) for x in (one, two, other)] == [1, 1, 0]
    with pytest.raises(Refusal, match="same State"):
        do(desk, record_measure, state="DK", kind="law", title="Something for Mongolia", on=DAY, findings=[other])


def test_references_are_numbered_by_state_and_year(desk):
    made = [
        finding(desk),
        finding(desk),
        finding(desk, state="MN"),
        finding(desk, on=dt.date(2016, 1, 1)),
        finding(desk, state=""),
    ]
    assert [one.reference for one in made] == ["DK-2017-01", "DK-2017-02", "MN-2017-01", "DK-2016-01", "ALL-2017-01"]
    with pytest.raises(Refusal, match="there is a finding DK-2017-01"):
        finding(desk, reference="DK-2017-01")


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"state": "XX"}, "no State of the region"),
        ({"title": "short"}, "less than 10"),
        ({"kind": "idea"}, "no kind of finding"),
        ({"source_kind": "rumour"}, "no source"),
        ({"themes": ["astrology"]}, "is no theme"),
        ({"urgency": "yesterday"}, "no urgency"),
        ({"deadline": dt.date(2017, 1, 1)}, "deadline is before"),
        ({"clearance": "secret"}, "is no clearance"),
        ({"clearance": "public", "stage": "draft"}, "not final"),
        ({"texts": (Wording("xx", "text"),)}, "no language"),
    ],
)
def test_what_makes_no_sense_is_refused_and_nothing_is_kept(desk, owner_sql, values, words):
    with pytest.raises(Refusal, match=words):
        finding(desk, **values)
    assert owner_sql("SELECT count(*) FROM partnership_finding") == [(0,)]


def test_what_another_body_published_begins_as_published_and_may_be_public(desk):
    one = finding(desk, body="GRETA", source_kind="body", stage="published", clearance="public")
    assert (one.stage, one.clearance, one.body) == ("published", "public", "GRETA")


def test_a_practice_is_not_assessed_and_what_is_to_come_is_not_noted(desk, do):
    practice = finding(desk, "Inspectors are trained together with NGOs.", kind="practice")
    said = {"status": "fully", "reason": "It works very well", "evidence": "Report"}
    with pytest.raises(Refusal, match="not implemented"):
        do(desk, assess_finding, finding=practice, on=DAY, **said)
    one = finding(desk)
    with pytest.raises(Refusal, match="still to come"):
        do(desk, assess_finding, finding=one, on=dt.date(2100, 1, 1), **said)
    with pytest.raises(Refusal, match="before the finding"):
        do(desk, assess_finding, finding=one, on=dt.date(2016, 1, 1), **said)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(0, 5), st.sampled_from([*PROGRESS, "overtaken"])), max_size=6))
def test_the_status_in_the_database_is_the_last_assessment_by_its_day(desk, do, course):
    with transaction.atomic():
        one = finding(desk)
        for days, status in course:
            do(
                desk,
                assess_finding,
                finding=one,
                status=status,
                on=later(days),
                reason="As the act says",
                evidence="Act 12",
            )
        entered = [Dated(later(days), n, status) for n, (days, status) in enumerate(course)]
        with acting_as(desk):
            assert Finding.objects.get(pk=one.pk).status == standing(entered)
        transaction.set_rollback(True)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(sorted({x for after in MOVES.values() for x in after})), max_size=7))
def test_every_version_stays_and_the_stage_is_that_of_the_last(desk, do, stages):
    with transaction.atomic():
        one, kept = finding(desk, texts=(), stage="draft"), []
        for n, stage in enumerate(stages):
            try:
                do(desk, write_finding_text, finding=one, stage=stage, on=DAY, texts=[Wording("en", f"text {n}")])
                kept.append((stage, f"text {n}"))
            except Refusal:
                assert stage not in MOVES[kept[-1][0] if kept else ""]
        with acting_as(desk):
            found = list(FindingText.objects.filter(finding=one).order_by("number").values_list("stage", "text"))
            assert found == kept
            assert Finding.objects.get(pk=one.pk).stage == (kept[-1][0] if kept else "draft")
        transaction.set_rollback(True)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE partnership_findingtext SET text = 'other'",
        "DELETE FROM partnership_findingtext",
        "UPDATE partnership_assessment SET status = 'fully'",
        "DELETE FROM partnership_assessment",
        "UPDATE partnership_reply SET position = 'accepted'",
        "UPDATE partnership_finding SET status = 'fully'",
        "UPDATE partnership_finding SET stage = 'published'",
        "DELETE FROM partnership_finding",
        "UPDATE partnership_frozenfigure SET value = 1",
        "DELETE FROM partnership_recount",
        "UPDATE partnership_reportissue SET content = '{}'",
    ],
)
def test_the_application_cannot_overwrite_what_was_said(desk, statement):
    finding(desk)
    with pytest.raises(ProgrammingError, match="permission denied"), acting_as(desk), connection.cursor() as cursor:
        cursor.execute(statement)


def test_a_draft_cannot_be_public_even_by_sql(desk):
    one = finding(desk, stage="draft")
    with pytest.raises(IntegrityError, match="partnership_finding_public"), acting_as(desk):
        Finding.objects.filter(pk=one.pk).update(clearance="public")


def test_nobody_writes_in_another_name(desk, house):
    one = finding(desk)
    with pytest.raises((ProgrammingError, InternalError), match="row-level security"), acting_as(desk):
        FindingText.objects.create(
            finding=one,
            number=9,
            stage="draft",
            language="en",
            text="x",
            on=DAY,
            written_by=house.manager.pk,
            entered_at=dt.datetime.now(dt.UTC),
        )


def test_links_convergence_and_practices_on_offer(desk, do):
    ours = finding(desk, themes=["prevention"])
    greta = finding(
        desk, "GRETA considers that inspectors should be trained.", body="GRETA", source_kind="body", stage="published"
    )
    practice = finding(desk, "Inspectors are trained together with NGOs.", kind="practice", state="MN")
    do(desk, link_findings, finding=ours, other=greta, kind="same_as")
    do(desk, link_findings, finding=practice, other=ours, kind="offered")
    with pytest.raises(Refusal, match="is offered for a recommendation"):
        do(desk, link_findings, finding=ours, other=practice, kind="offered")
    with pytest.raises(Refusal, match="this link is there"):
        do(desk, link_findings, finding=ours, other=greta, kind="same_as")
    with acting_as(desk):
        assert {body: [one.pk for one in found] for body, found in said_to("DK")["prevention"].items()} == {
            "National Co-ordinator": [ours.pk],
            "GRETA": [greta.pk],
        }
        assert [one.pk for one in practices_for(Finding.objects.get(pk=ours.pk))] == [practice.pk]
        chain = chain_of(ours.pk)
    assert [(link.kind, link.other.pk) for link in chain.links] == [("same_as", greta.pk)]
    assert [(link.kind, link.finding.pk) for link in chain.linked_from] == [("offered", practice.pk)]


def test_only_the_desk_writes(house):
    for member in (house.manager, house.officer):
        with pytest.raises(NotAllowed):
            finding(member)
