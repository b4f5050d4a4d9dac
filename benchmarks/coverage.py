"""Do 95 % intervals hold the truth? 200 simulated regions with independent lists, 200 with lists that depend in pairs.

Run from the checkout: PYTHONPATH=src python benchmarks/coverage.py [regions]
Writes benchmarks/results/coverage.json.
"""

import json
import sys
from pathlib import Path

import numpy as np

from palermo.prevention.methods.estimation import Lists, by_bic, by_decomposable, by_stepwise, near_ties

HERE = Path(__file__).parent
PEOPLE = 5_000


def region(rng: np.random.Generator, dependent: bool) -> Lists:
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


def judge(lists: Lists, seed: int) -> dict[str, tuple[bool, bool]]:
    """For each method, whether its interval holds the truth and whether something warns of it."""
    found = [
        by_stepwise(lists, resamples=1000, seed=seed),
        by_bic(lists, resamples=300, seed=seed),
        by_decomposable(lists),
    ]
    points = [e.estimate for e in (*found, *near_ties(lists, order=2))]
    apart = max(points) > 1.25 * min(points)
    return {e.method: (e.lower <= PEOPLE <= e.upper, bool(e.warnings) or apart) for e in found}


def main() -> None:
    regions = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    rows = []
    for dependent in (False, True):
        rng = np.random.default_rng(100 + dependent)
        told = [judge(region(rng, dependent), seed) for seed in range(regions)]
        for method in told[0]:
            holds, warns = np.array([t[method] for t in told]).T
            share = holds.mean()
            rows.append({
                "lists": "dependent in pairs" if dependent else "independent", "method": method, "regions": regions,
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
