"""Weekly series and case dates from CSV.

Two forms: ``date,count`` with optional ``stratum``, ``effort`` and ``change`` (1 where detection is known to have
changed), one row a week; or ``identified,registered``, one row a case.
"""

import io
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import polars as pl
from numpy.typing import NDArray

from palermo.vocabulary.errors import Refusal

FORM = "date,count[,stratum,effort,change] by week, or identified,registered by case"


@dataclass(frozen=True, slots=True, eq=False)
class Series:
    """One stratum by week.

    Args:
        name: of the stratum, "all" where there is none.
        weeks: the Monday of each week, without gaps.
        counts: (weeks,) cases; weeks not given count 0.
        effort: (weeks,) or None.
        known: positions at which detection is known to have changed.
    """

    name: str
    weeks: tuple[date, ...]
    counts: NDArray[np.float64]
    effort: NDArray[np.float64] | None
    known: tuple[int, ...]


def read_dates(data: bytes, *, name: str) -> pl.DataFrame:
    """The table with its dates parsed and names in lower case.

    Raises:
        Refusal: not CSV, columns missing, or a cell that is no date or number.
    """
    try:
        frame = pl.read_csv(io.BytesIO(data), infer_schema=False)
    except (pl.exceptions.PolarsError, ValueError) as error:
        raise Refusal("It is not a CSV file in UTF-8.", where=name, remedy=f"Give {FORM}.") from error
    frame = frame.rename({title: title.strip().lower() for title in frame.columns})
    kinds = {"date": pl.Date, "identified": pl.Date, "registered": pl.Date, "count": pl.Float64, "effort": pl.Float64}
    if not ({"date", "count"} <= set(frame.columns) or {"identified", "registered"} <= set(frame.columns)):
        raise Refusal(f"The columns are {', '.join(frame.columns)}.", where=name, remedy=f"Give {FORM}.")
    for title, kind in kinds.items():
        if title in frame.columns:
            frame = frame.with_columns(_parsed(frame[title], kind, name))
    return frame


def _parsed(column: pl.Series, kind: type[pl.DataType], name: str) -> pl.Series:
    text = column.str.strip_chars()
    out = text.str.to_date("%Y-%m-%d", strict=False) if kind is pl.Date else text.cast(pl.Float64, strict=False)
    bad = out.is_null() if kind is pl.Date else out.is_null() | (out < 0) | ~out.is_finite()
    if bad.any():
        at = int(bad.arg_true()[0])
        expected = "a date like 2026-03-31" if kind is pl.Date else "a number of 0 or more"
        raise Refusal(
            f"{column[at]!r} is not {expected}.",
            where=f"{name}, row {at + 2}, column {column.name!r}",
            remedy="Correct it.",
        )
    return out


def by_week(frame: pl.DataFrame) -> list[Series]:
    """Strata as gapless weekly series over the same span."""
    monday = pl.col("date").dt.truncate("1w")
    stratum = pl.col("stratum") if "stratum" in frame.columns else pl.lit("all")
    table = frame.with_columns(monday.alias("week"), stratum.fill_null("not known").alias("stratum"))
    first, last = table["week"].min(), table["week"].max()
    assert isinstance(first, date)
    assert isinstance(last, date)
    weeks = tuple(first + timedelta(weeks=k) for k in range((last - first).days // 7 + 1))
    place = {week: k for k, week in enumerate(weeks)}
    out = []
    for (name,), rows in sorted(table.group_by("stratum"), key=lambda pair: str(pair[0])):
        counts, effort = np.zeros(len(weeks)), np.zeros(len(weeks))
        at = np.array([place[week] for week in rows["week"]])
        np.add.at(counts, at, rows["count"].to_numpy())
        if "effort" in rows.columns:
            np.add.at(effort, at, rows["effort"].to_numpy())
        marked = rows.filter(pl.col("change").str.strip_chars() == "1") if "change" in rows.columns else rows.clear()
        known = tuple(sorted(place[week] for week in marked["week"]))
        out.append(Series(str(name), weeks, counts, effort if "effort" in rows.columns else None, known))
    return out


def case_weeks(frame: pl.DataFrame) -> tuple[NDArray[np.int64], NDArray[np.int64], date]:
    """Weeks of identification and registration since the first Monday, and that Monday."""
    first = frame["identified"].dt.truncate("1w").min()
    assert isinstance(first, date)
    since = [(frame[c].dt.truncate("1w") - first).dt.total_days().to_numpy() // 7 for c in ("identified", "registered")]
    return since[0].astype(np.int64), since[1].astype(np.int64), first
