"""An estimate is made part by part, fixed by a digest, refused with its reason, and published as a range."""

import pytest

from palermo.office.domain.acting import acting_as
from palermo.office.figures import Bound, Period, figure_of
from palermo.prevention.domain.estimates import ask_estimate, digest_of
from palermo.prevention.domain.lists import withdraw_lists
from palermo.prevention.domain.publishing import publish_estimate, withdraw_estimate
from palermo.prevention.methods.estimation import survey
from palermo.prevention.models import PublishedEstimate, Run
from palermo.prevention.queries.runs import parts_of
from palermo.prevention.queries.tables import lists_of
from palermo.vocabulary.errors import Refusal

QUICK = {"methods": ["stepwise", "decomposable"], "resamples": 100}
WHY = "The board of the rapporteur agreed to it."


@pytest.fixture
def done(study_by, lists_in, do, analysts, work):
    """A finished run, as its office reads it."""
    table = lists_in(study_by())
    run = do(analysts.rapporteur, ask_estimate, table=table, **QUICK)
    work()
    with acting_as(analysts.rapporteur):
        return Run.objects.select_related("table", "study", "agency").get(pk=run.pk)


def test_the_parts_are_those_of_the_library(done, analysts):
    assert (done.state, done.done) == ("done", 6)
    with acting_as(analysts.rapporteur):
        parts = parts_of(done)
    alone = survey(lists_of(done.table), methods=("stepwise", "decomposable"), resamples=100)
    assert list(done.parts) == ["stepwise", "decomposable", "ties", "variants", "groups", "conclusion"]
    assert parts["conclusion"] == alone.conclusion
    assert [parts[e.method]["estimate"] for e in alone.methods] == [e.estimate for e in alone.methods]
    assert parts["groups"]["total"]["estimate"] > 1467
    assert done.digest == digest_of(done, parts)


def test_a_finished_run_is_never_changed(done, analysts):
    from django.db import connection

    with acting_as(analysts.rapporteur), connection.cursor() as cursor:
        cursor.execute("UPDATE prevention_run SET digest = 'x', state = 'failed' WHERE id = %s", [done.pk])
        assert cursor.rowcount == 0


def test_each_part_is_a_piece_of_work_of_its_own(study_by, lists_in, do, analysts, work):
    do(analysts.rapporteur, ask_estimate, table=lists_in(study_by()), **QUICK)
    assert work() == 6


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"a,b,count\n1,0,40\n0,1,30\n1,1,5\n", "2 lists cannot show"),
        (b"a,b,c,count\n1,0,0,40\n0,1,0,30\n0,0,1,20\n", "No person is on two lists"),
        (b"a,b,c,count\n1,0,0,40\n1,1,0,30\n0,0,1,20\n", "Everybody on 'b' is also on 'a'"),
    ],
)
def test_lists_that_cannot_tell_are_a_finding_with_its_reason(study_by, lists_in, do, analysts, work, data, said):
    run = do(analysts.rapporteur, ask_estimate, table=lists_in(study_by(), data=data), **QUICK)
    assert (run.state, work()) == ("failed", 0)
    assert said in run.problem
    with pytest.raises(Refusal, match="not done"):
        do(analysts.rapporteur, publish_estimate, run=run, reason=WHY)


def test_withdrawn_lists_are_not_estimated(study_by, lists_in, do, analysts):
    table = lists_in(study_by())
    do(analysts.rapporteur, withdraw_lists, table=table, reason="Delivered for another year.")
    with pytest.raises(Refusal, match="withdrawn"):
        do(analysts.rapporteur, ask_estimate, table=table, **QUICK)


def test_what_is_published_is_a_range_in_tens_that_everybody_reads(done, do, analysts, house):
    kept = do(analysts.rapporteur, publish_estimate, run=done, reason=WHY)
    assert (kept.observed, kept.lower % 10, kept.upper % 10) == (1460, 0, 0)
    assert kept.observed < kept.lower < kept.upper
    assert "1,467" not in kept.conclusion
    year = Period(done.study.start, done.study.end.replace(year=2026))
    for member in (house.co_ordinator, analysts.elsewhere, house.manager):
        with acting_as(member):
            lower = figure_of(name="prevention.estimated_persons_lower").count(year)
            assert (lower.value, lower.bound, lower.ids) == (kept.lower, Bound.AT_LEAST, (str(kept.pk),))
            assert figure_of(name="prevention.estimated_persons_upper").count(year).bound == Bound.UP_TO
    do(analysts.rapporteur, withdraw_estimate, published=kept, reason="A list was delivered twice.")
    with acting_as(house.co_ordinator):
        assert figure_of(name="prevention.estimated_persons_lower").count(year).value == 0


def test_a_newer_range_takes_the_place_of_the_older(done, do, analysts):
    first = do(analysts.rapporteur, publish_estimate, run=done, reason=WHY)
    second = do(analysts.rapporteur, publish_estimate, run=done, reason=WHY)
    with acting_as(analysts.rapporteur):
        held = {one.pk: one.withdrawn_at is None for one in PublishedEstimate.objects.all()}
    assert held == {first.pk: False, second.pk: True}
