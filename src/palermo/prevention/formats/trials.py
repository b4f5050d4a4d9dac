"""Trials against the truth as JSON and as lines for a terminal."""

from dataclasses import asdict
from typing import Any

from palermo.prevention.methods.estimation.against_truth import Trials


def as_object(found: Trials) -> dict[str, Any]:
    """One object: coverage with its Monte-Carlo error, bias, and each region."""
    rows = [asdict(trial) | {"covers": trial.covers} for trial in found.trials]
    for row in rows:
        row["upper"] = None if row["upper"] == float("inf") else row["upper"]
    return asdict(found) | {"regions": len(rows), "trials": rows}


def as_text(found: Trials) -> str:
    """What a reader wants to know first."""
    regions = len(found.trials)
    held = sum(trial.covers for trial in found.trials)
    missed = regions - held
    return "\n".join(
        [
            f"{regions} regions; lists know {found.known:.0%} of the victims there are (median).",
            (
                f"95 % intervals hold the truth in {held}: {found.coverage:.0%}"
                f" (Monte-Carlo error {found.monte_carlo_error:.1%})."
            ),
            f"Estimates are off by {found.bias:+.0%} (median).",
            (
                f"Warned in {found.warned_where_missed} of {missed} that miss"
                f" and in {found.warned_where_held} of {held} that hold."
            ),
            *(f"  {name}: {missing} and {holding}" for name, (missing, holding) in found.told.items()),
        ]
    )
