"""`palermo trends`: what rises beyond season and effort, what changed, and what is still to be reported."""

import json
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from palermo.cli import file_bytes

if TYPE_CHECKING:
    import polars as pl


def register(app: typer.Typer) -> None:
    """Add `trends` to the command line."""
    app.command()(trends)


def trends(
    file: Annotated[Path, typer.Argument(help="CSV: date,count[,stratum,effort,change], or identified,registered.")],
    weeks: Annotated[int, typer.Option(min=1, help="How many of the newest weeks to judge.")] = 52,
    alpha: Annotated[float, typer.Option(min=1e-6, max=0.5, help="Probability above which no alarm is raised.")] = 0.01,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Look at weekly counts, each alarm with its reason; more found is not more happening."""
    from palermo.prevention.formats.series import read_dates

    data = file_bytes(file)
    frame = read_dates(data, name=file.name)
    found = _cases(frame) if "identified" in frame.columns else _weeks(frame, weeks, alpha)
    typer.echo(json.dumps(found) if as_json else "\n".join(_lines(found)))


def _weeks(frame: "pl.DataFrame", weeks: int, alpha: float) -> dict[str, Any]:
    from palermo.prevention.formats.series import by_week
    from palermo.prevention.methods.trends import farrington, holding, stretches

    strata = by_week(frame)
    judged = {s.name: farrington(s.counts, effort=s.effort, tested=weeks, alpha=alpha) for s in strata}
    held = holding(judged)
    alarms = []
    for k in range(len(next(iter(judged.values())))):
        for s in strata:
            week = judged[s.name][k]
            if week.alarm:
                alarms.append({
                    "stratum": s.name, "week": s.weeks[week.position].isoformat(), "count": week.count,
                    "expected": week.expected, "upper": week.upper, "probability": week.probability,
                    "holds_among_all_strata": held[s.name][k], "reason": week.reason,
                })  # fmt: skip
    changes = [
        {
            "stratum": s.name, "from": s.weeks[part.start].isoformat(), "to": s.weeks[part.end - 1].isoformat(),
            "rate": part.rate, "lower": part.lower, "upper": part.upper, "detection_changed": part.known,
        }
        for s in strata
        for part in stretches(s.counts, effort=s.effort, known=s.known)
    ]  # fmt: skip
    return {"strata": [s.name for s in strata], "tested_weeks": weeks, "alarms": alarms, "stretches": changes}


def _cases(frame: "pl.DataFrame") -> dict[str, Any]:
    from palermo.prevention.formats.series import case_weeks
    from palermo.prevention.methods.trends import nowcast

    event, report, first = case_weeks(frame)
    told = nowcast(event, report, now=int(report.max()))
    return {
        "nowcast": [
            {
                "week": (first + timedelta(weeks=each.week)).isoformat(), "reported": each.reported,
                "share": each.share, "expected": each.expected, "lower": each.lower, "upper": each.upper,
            }
            for each in told
        ]
    }  # fmt: skip


def _lines(found: dict[str, Any]) -> list[str]:
    if "nowcast" in found:
        return [
            f"{w['week']}: {w['reported']} reported, {w['expected']:.0f} expected in the end "
            f"({w['lower']:.0f} to {w['upper']:.0f})"
            for w in found["nowcast"]
        ]
    alarms = [f"{a['week']} {a['stratum']}: {a['reason']}." for a in found["alarms"]] or ["No week stands out."]
    changes = [
        f"{c['stratum']}, {c['from']} to {c['to']}: rate {c['rate']:.3g} ({c['lower']:.3g} to {c['upper']:.3g})"
        + (", after detection changed" if c["detection_changed"] else "")
        for c in found["stretches"]
    ]
    return [*alarms, *changes]
