"""Do 95 % intervals hold the truth, and does the output warn where they do not?

Three settings of 200 simulated regions each: lists that are independent, lists that depend in pairs, and lists that all
find the same few and overlook the same many (a hidden group), which no log-linear model of pairs can tell.
A region counts as warned where `palermo estimate` prints a warning of the method, or says that its interval leaves out
what other methods or near-tied models give. That methods are a quarter apart is counted beside it: it is a note.
Seeds are others than those on which thresholds of warnings were chosen (9000 to 9002).

Run from the checkout: PYTHONPATH=src python benchmarks/intervals.py [regions]
Writes benchmarks/results/intervals.json.
"""

import json
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from palermo.prevention.methods.estimation import (
    Interval,
    Lists,
    by_bic,
    by_decomposable,
    by_stepwise,
    left_out,
    near_ties,
)
from palermo.prevention.methods.estimation.error_rates import head
from palermo.prevention.methods.estimation.survey import AGREE

HERE = Path(__file__).parent
PEOPLE = 5_000


def region(rng: np.random.Generator, *, dependent: bool) -> Lists:
    """Five lists; where they depend, two pairs refer a share of their persons to each other or shun them."""
    rates = rng.uniform(0.03, 0.15, size=5)
    seen = rng.random((PEOPLE, 5)) < rates
    if dependent:
        a, b, c, d = rng.permutation(5)[:4]
        seen[:, b] |= seen[:, a] & (rng.random(PEOPLE) < rng.uniform(0.1, 0.4))
        seen[:, d] &= ~(seen[:, c] & (rng.random(PEOPLE) < rng.uniform(0.3, 0.8)))
    counts = np.bincount(seen @ (1 << np.arange(5)), minlength=32).astype(float)
    counts[0] = 0
    return Lists(tuple("ABCDE"), counts)


def hidden(rng: np.random.Generator) -> Lists:
    """Five lists that find some people well and the others hardly, all for the same reason."""
    found = rng.random(PEOPLE) < rng.uniform(0.15, 0.4)
    well, hardly = rng.uniform(0.2, 0.4, size=5), rng.uniform(0.01, 0.05, size=5)
    seen = rng.random((PEOPLE, 5)) < np.where(found[:, None], well, hardly)
    counts = np.bincount(seen @ (1 << np.arange(5)), minlength=32).astype(float)
    counts[0] = 0
    return Lists(tuple("ABCDE"), counts)


SETTINGS: dict[str, Callable[[np.random.Generator], Lists]] = {
    "independent": lambda rng: region(rng, dependent=False),
    "dependent in pairs": lambda rng: region(rng, dependent=True),
    "a hidden group": hidden,
}


@dataclass(frozen=True)
class Told:
    """Of one method in one region: whether its interval holds the truth, and by name what is told."""

    holds: bool
    percentile_holds: bool
    warnings: tuple[str, ...]
    notes: tuple[str, ...]


def judge(lists: Lists, seed: int) -> dict[str, Told]:
    """Each method's interval held against the truth, and what is said of it."""
    found = [
        by_stepwise(lists, resamples=1000, seed=seed),
        by_bic(lists, resamples=300, seed=seed),
        by_decomposable(lists),
    ]
    ties = near_ties(lists, order=2)
    points = [e.estimate for e in (*found, *ties)]
    apart = ("Methods a quarter apart",) if max(points) > AGREE * min(points) else ()
    narrow = left_out(found, ties)
    return {
        e.method: Told(
            e.lower <= PEOPLE <= e.upper,
            _holds(next((span for span in e.intervals if span.kind == "percentile"), e.intervals[0])),
            (*map(head, e.warnings), *(["Others left out"] if e.method in narrow else [])),
            (*map(head, e.notes), *apart),
        )
        for e in found
    }


def _holds(span: Interval) -> bool:
    return span.lower <= PEOPLE <= span.upper


def row(name: str, method: str, told: list[Told]) -> dict[str, Any]:
    """Coverage and warnings of a method in a setting."""
    regions = len(told)
    held, missed = [one for one in told if one.holds], [one for one in told if not one.holds]
    share = len(held) / regions
    names = sorted(
        {(kind, n) for one in told for kind in ("warnings", "notes") for n in getattr(one, kind)}, reverse=True
    )
    return {
        "lists": name,
        "method": method,
        "regions": regions,
        "coverage": round(share, 3),
        "monte_carlo_error": round(float(np.sqrt(share * (1 - share) / regions)), 3),
        "coverage_of_percentiles": round(sum(one.percentile_holds for one in told) / regions, 3),
        "missed": len(missed),
        "warned_where_missed": sum(bool(one.warnings) for one in missed),
        "held": len(held),
        "warned_where_held": sum(bool(one.warnings) for one in held),
        "told": {
            f"{kind[:-1]}: {n}": {
                "missed": sum(n in getattr(one, kind) for one in missed),
                "held": sum(n in getattr(one, kind) for one in held),
            }
            for kind, n in names
        },
    }


def main() -> None:
    regions = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    rows, began = [], time.process_time()
    for number, (name, make) in enumerate(SETTINGS.items()):
        rng = np.random.default_rng(500 + number)
        told = [judge(make(rng), seed) for seed in range(regions)]
        for method in told[0]:
            rows.append(row(name, method, [each[method] for each in told]))
            print(rows[-1], flush=True)
    spent = round(time.process_time() - began, 1)
    report = {"people": PEOPLE, "level": 0.95, "cpu_seconds": spent, "rows": rows}
    (HERE / "results" / "intervals.json").write_text(json.dumps(report, indent=1) + "\n")


if __name__ == "__main__":
    main()
