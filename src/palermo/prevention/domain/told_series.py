"""A series as a release tells it: noisy counts and what follows from them; and how far it is from the real one."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import numpy as np

from palermo.prevention.enums import SeriesKind
from palermo.prevention.models import Release, Series

if TYPE_CHECKING:
    import polars as pl

    from palermo.prevention.methods.release.weeks import ToldWeeks

    #: Tables by name, the noise, the fewest cases that a week shows, how far it is from the real series.
    _Told = tuple[dict[str, pl.DataFrame], float, int | None, dict[str, Any]]


def of_series(release: Release) -> tuple[dict[str, str], dict[str, Any], dict[str, Any]]:
    """Tables as CSV by name, what a reader must know, and the report for the holder.

    Raises:
        Refusal: with its noise the series says nothing.
    """
    from palermo.prevention.methods.release.weeks import distinguishable  # noqa: PLC0415 -- heavy

    series, per_person = release.series, release.per_person
    assert series is not None
    assert per_person is not None
    tables, sigma, fewest, kept = (_cases if series.kind == SeriesKind.CASES else _weeks)(release, series, per_person)
    told = {
        "series": series.kind,
        "epsilon": release.epsilon,
        "delta": release.delta,
        "floor": release.floor,
        "per_person": per_person,
        "noise": {"count": sigma},
        "source": series.source,
    }
    bound = float(np.tanh(release.epsilon / 2) + 2 * release.delta)
    attack = {"advantage": distinguishable(sigma, per_person), "bound": bound, "fewest_shown": fewest}
    return {name: frame.write_csv() for name, frame in tables.items()}, told, {"series": kept, "attack": attack}


def _weeks(release: Release, series: Series, per_person: int) -> "_Told":
    from palermo.prevention.methods.release.weeks import Weekly, tell_weeks  # noqa: PLC0415 -- heavy

    strata = [
        Weekly(
            one["stratum"],
            one["weeks"],
            np.array(one["counts"], dtype=np.float64),
            None if one["effort"] is None else np.array(one["effort"], dtype=np.float64),
            one["known"],
        )
        for one in series.weeks
        if one["stratum"] in release.columns
    ]
    found = series.found
    made = tell_weeks(
        strata,
        release.rho,
        per_person=per_person,
        floor=release.floor,
        tested=found["tested"],
        alpha=found["alpha"],
    )
    counts = np.concatenate([one.counts for one in strata])
    kept = _kept(made, counts, found, {one.name: one.weeks for one in strata})
    return {"weeks": made.weeks, "stretches": made.stretches}, made.sigma, _fewest(made.weeks["count"]), kept


def _fewest(shown: "pl.Series") -> int | None:
    """The least count that is told, if any is."""
    seen = shown.drop_nulls()
    return None if seen.is_empty() else int(seen.min())  # type: ignore[arg-type]  # not empty


def _kept(made: "ToldWeeks", counts: Any, found: Mapping[str, Any], weeks: Mapping[str, Any]) -> dict[str, Any]:
    """How much of the real series a reader sees."""
    import polars as pl  # noqa: PLC0415 -- heavy

    shown = made.weeks["count"].is_not_null().to_numpy()
    told = made.weeks["count"].fill_null(0).to_numpy()
    alarms = {
        (name, weeks[name][week["position"]])
        for name in weeks
        for week in found["judged"][name]
        if week["alarm"] and week["holds"]
    }
    seen = set(made.weeks.filter(pl.col("alarm") == 1).select("stratum", "week").iter_rows())
    error = np.abs(told - counts)[shown] / np.maximum(counts[shown], 1)
    return {
        "weeks": int(shown.size),
        "weeks_shown": int(shown.sum()),
        "error": float(error.mean()) if shown.any() else None,
        "alarms": len(alarms),
        "alarms_told": len(alarms & seen),
        "alarms_of_noise": len(seen - alarms),
        "stretches": sum(len(found["stretches"][name]) for name in weeks),
        "stretches_told": made.stretches.height,
    }


def _cases(release: Release, series: Series, per_person: int) -> "_Told":
    import polars as pl  # noqa: PLC0415 -- heavy

    from palermo.prevention.methods.release.delays import tell_delays  # noqa: PLC0415 -- heavy

    cells, first = np.array(series.weeks["cells"], dtype=np.int64), date.fromisoformat(series.weeks["first"])
    made = tell_delays(cells, series.weeks["now"], release.rho, per_person=per_person, floor=release.floor)
    days = [(first + timedelta(weeks=week)).isoformat() for week in made.weeks["week"]]
    real = {row["week"]: row for row in series.found["nowcast"]}
    shown = [
        (row, real[day]) for row, day in zip(made.weeks.iter_rows(named=True), days, strict=True) if row["expected"]
    ]
    errors = [abs(row["expected"] - one["expected"]) / max(one["expected"], 1) for row, one in shown]
    kept = {
        "weeks": made.weeks.height,
        "weeks_shown": len(shown),
        "error": float(np.mean(errors)) if errors else None,
    }
    tables = {"nowcast": made.weeks.with_columns(pl.Series("week", days))}
    return tables, made.sigma, _fewest(made.weeks["registered"]), kept
