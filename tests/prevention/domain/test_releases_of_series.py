"""A series is published from noisy counts alone, within the study's budget, by the same review and decision as tables."""

import csv
import datetime as dt
import io
import json

import pytest

from palermo.office.domain.acting import acting_as
from palermo.prevention.domain.budgets import set_budget
from palermo.prevention.domain.deciding import decide_release
from palermo.prevention.domain.series import keep_series
from palermo.prevention.domain.series_releases import ask_series_release
from palermo.prevention.domain.simulated import simulated_weeks
from palermo.prevention.models import PublicTable, Release
from palermo.prevention.queries.releases import made_of, report_of, spent_of
from palermo.vocabulary.errors import Refusal

WHY = "No week below the floor is shown, and membership stays within its bound."


@pytest.fixture
def kept(study_by, do, analysts):
    """A series of five years in a study whose budget is epsilon 2."""
    study, member = study_by(), analysts.rapporteur
    do(member, set_budget, study=study, epsilon=2, reason="Agreed with the data protection officer.")
    data = simulated_weeks(until=dt.date(2026, 6, 1), seed=3)
    return do(member, keep_series, study=study, name="w.csv", data=data, source="Hotline of the region")


@pytest.fixture
def made(kept, do, analysts, work):
    """A release of it that waits for its decision."""
    asked = do(analysts.rapporteur, ask_series_release, series=kept, title="Calls", epsilon=1, floor=10)
    work()
    with acting_as(analysts.rapporteur):
        return Release.objects.select_related("study", "series").get(pk=asked.pk)


def test_what_is_told_is_noisy_and_never_below_the_floor(made, kept, analysts):
    with acting_as(analysts.rapporteur):
        told, report = made_of(made), report_of(made)
    assert set(told["tables"]) == {"weeks", "stretches"}
    rows = list(csv.DictReader(io.StringIO(told["tables"]["weeks"])))
    counts = [int(row["count"]) if row["count"] else None for row in rows]
    real = kept.weeks[0]["counts"]
    assert len(counts) == len(real)
    assert min(count for count in counts if count is not None) >= 10
    assert sum(count == true for count, true in zip(counts, real, strict=True)) < 0.4 * len(real)
    assert told["told"]["noise"]["count"] > 2
    assert report["attack"]["advantage"] < report["attack"]["bound"]
    assert report["series"]["weeks"] == 260


def test_a_series_spends_of_the_same_budget(made, kept, do, analysts):
    with acting_as(analysts.rapporteur):
        assert spent_of(made.study_id).told == pytest.approx(1, rel=1e-6)
    with pytest.raises(Refusal) as refused:
        do(analysts.rapporteur, ask_series_release, series=kept, title="Calls again", epsilon=1.9)
    assert refused.value.where == "epsilon"


def test_published_by_the_same_decision_and_without_the_real_counts(made, kept, do, analysts, house, owner_sql):
    do(analysts.rapporteur, decide_release, release=made, publish=True, reason=WHY)
    with acting_as(house.manager):
        assert set(PublicTable.objects.values_list("name", flat=True)) == {"weeks", "stretches"}
    public = str(owner_sql("SELECT csv, told FROM prevention_publictable"))
    assert json.dumps(kept.weeks[0]["counts"])[1:-1] not in public


@pytest.mark.parametrize(
    ("more", "where"),
    [({"per_person": 0}, "per_person"), ({"strata": ["nobody"]}, "strata"), ({"floor": 1}, "floor")],
)
def test_what_cannot_be_told_safely_is_refused_at_its_field(kept, do, analysts, more, where, owner_sql):
    with pytest.raises(Refusal) as refused:
        do(analysts.rapporteur, ask_series_release, series=kept, title="Calls", epsilon=1, **more)
    assert refused.value.where == where
    assert owner_sql("SELECT count(*) FROM prevention_release") == [(0,)]


def test_without_a_budget_no_series_is_told(study_by, do, analysts):
    data = simulated_weeks(until=dt.date(2026, 6, 1), seed=3)
    series = do(analysts.rapporteur, keep_series, study=study_by(), name="w.csv", data=data, source="Hotline")
    with pytest.raises(Refusal, match="no budget is decided"):
        do(analysts.rapporteur, ask_series_release, series=series, title="Calls", epsilon=1)
