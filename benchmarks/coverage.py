"""Do 95 % intervals hold the truth, and does the output warn where they do not?

Three settings of 200 simulated regions each: lists that are independent, lists that depend in pairs, and lists that all
find the same few and overlook the same many (a hidden group), which no log-linear model of pairs can tell.
A region counts as warned where `palermo estimate` prints a warning of the method, or says that methods and near-tied
models disagree so much that no single figure should be published.

Run from the checkout: PYTHONPATH=src python benchmarks/coverage.py [regions]
Writes benchmarks/results/coverage.json.
"""

import json
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np

from palermo.prevention.methods.estimation import Lists, by_bic, by_decomposable, by_stepwise, near_ties
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


def judge(lists: Lists, seed: int) -> dict[str, tuple[bool, bool]]:
    """For each method, whether its interval holds the truth and whether something warns of it."""
    found = [
        by_stepwise(lists, resamples=1000, seed=seed),
        by_bic(lists, resamples=300, seed=seed),
        by_decomposable(lists),
    ]
    points = [e.estimate for e in (*found, *near_ties(lists, order=2))]
    apart = max(points) > AGREE * min(points)
    return {e.method: (e.lower <= PEOPLE <= e.upper, bool(e.warnings) or apart) for e in found}


def main() -> None:
    regions = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    rows = []
    for number, (name, make) in enumerate(SETTINGS.items()):
        rng = np.random.default_rng(100 + number)
        told = [judge(make(rng), seed) for seed in range(regions)]
        for method in told[0]:
            holds, warns = np.array([t[method] for t in told]).T
            share = holds.mean()
            rows.append({
                "lists": name, "method": method, "regions": regions,
                "coverage": round(float(share), 3), "monte_carlo_error": round(float(np.sqrt(share * (1 - share) / regions)), 3),
                "missed": int((~holds).sum()), "warned_where_missed": int(warns[~holds].sum()),
                "warned_where_held": int(warns[holds].sum()), "held": int(holds.sum()),
            })  # fmt: skip
            print(rows[-1])
    (HERE / "results" / "coverage.json").write_text(
        json.dumps({"people": PEOPLE, "level": 0.95, "rows": rows}, indent=1) + "\n"
    )


if __name__ == "__main__":
    main()
