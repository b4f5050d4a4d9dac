"""A series is judged when it comes in, and kept with its alarms, their reasons, and changes of detection."""

import datetime as dt

import pytest

from palermo.office.domain.acting import acting_as
from palermo.prevention.domain.series import keep_series
from palermo.prevention.domain.simulated import simulated_weeks
from palermo.prevention.models import Series
from palermo.vocabulary.errors import Refusal


def test_the_rise_is_an_alarm_with_its_reason_and_the_new_hotline_is_a_known_change(study_by, do, analysts):
    data = simulated_weeks(until=dt.date(2026, 6, 1), seed=3)
    kept = do(analysts.rapporteur, keep_series, study=study_by(), name="w.csv", data=data, source="Hotline")
    with acting_as(analysts.rapporteur):
        found = Series.objects.get(pk=kept.pk).found
    alarms = [week for week in found["judged"]["all"] if week["alarm"]]
    assert {week["position"] for week in alarms} >= {251, 252, 253, 254}
    assert all("would not surprise" in week["reason"] for week in alarms)
    assert [part["start"] for part in found["stretches"]["all"] if part["known"]] == [156]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "the file is empty"),
        (b"date,count\n2026-13-01,4\n", "'2026-13-01' is not a date"),
        (b"date,count\n2026-01-05,4\n", "three years and more are needed"),
        (b"date,count\n0901-01-05,4\n2026-01-05,4\n", "are too many"),
        (b"name,sex\nAda,f\n", "The columns are name, sex"),
        (b"identified,registered\n" + b"2026-02-01,2026-01-01\n" * 30, "registered before it was identified"),
    ],
)
def test_a_series_that_cannot_be_judged_is_one_error(study_by, do, analysts, data, said, owner_sql):
    with pytest.raises(Refusal) as refused:
        do(analysts.rapporteur, keep_series, study=study_by(), name="w.csv", data=data, source="Hotline")
    assert said in str(refused.value)
    assert refused.value.where == "file"
    assert owner_sql("SELECT count(*) FROM prevention_series") == [(0,)]


def test_the_same_series_is_not_kept_twice(study_by, do, analysts):
    study, data = study_by(), simulated_weeks(until=dt.date(2026, 6, 1), seed=3)
    do(analysts.rapporteur, keep_series, study=study, name="w.csv", data=data, source="Hotline")
    with pytest.raises(Refusal, match="kept already"):
        do(analysts.rapporteur, keep_series, study=study, name="w.csv", data=data, source="Hotline")
