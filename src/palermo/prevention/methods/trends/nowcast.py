"""How many cases of recent weeks will be known once every report is in.

The delay from identification to registration is learnt from the reporting triangle (reverse-time hazards, Lawless
1994); what is still missing is then a negative binomial count. The delays themselves are uncertain, so they are drawn
anew from a Dirichlet posterior in every replicate.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from palermo.vocabulary.errors import Refusal

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

DRAWS = 2000
LONGEST = 12
FEWEST = 20


@dataclass(frozen=True, slots=True)
class Nowcast:
    """One week as it will look.

    Args:
        week: its number.
        reported: cases already registered.
        share: of all cases that are expected to be in by now.
        expected: median of cases in the end.
        lower: of the 95 % interval.
        upper: of the same.
    """

    week: int
    reported: int
    share: float
    expected: float
    lower: float
    upper: float


def nowcast(event: Ints, report: Ints, *, now: int, longest: int = LONGEST, seed: int = 1) -> tuple[Nowcast, ...]:
    """Complete the newest weeks.

    Args:
        event: (cases,) week in which each case was identified.
        report: (cases,) week in which it was registered, not before.
        now: the present week; later registrations are not looked at.
        longest: delay in weeks after which hardly anything comes.
        seed: of the replicates.

    Raises:
        Refusal: a case registered before it was identified, or fewer than 20 cases.
    """
    if (report < event).any():
        raise Refusal("A case was registered before it was identified.", remedy="Check whether the dates are swapped.")
    seen = report <= now
    event, delay = event[seen], np.minimum(report[seen] - event[seen], longest)
    if event.size < FEWEST:
        raise Refusal(f"{event.size} cases are too few to learn delays from; at least {FEWEST} are needed.")
    rng = np.random.default_rng(seed)
    within = _completeness(event, delay, now, longest, rng)
    out = []
    for week in range(now - longest + 1, now + 1):
        reported = int((event == week).sum())
        shares = within[:, now - week]
        missing = rng.negative_binomial(reported + 0.5, shares)
        lower, middle, upper = np.quantile(reported + missing, [0.025, 0.5, 0.975])
        out.append(Nowcast(week, reported, float(np.median(shares)), float(middle), float(lower), float(upper)))
    return tuple(out)


def _completeness(event: Ints, delay: Ints, now: int, longest: int, rng: np.random.Generator) -> Floats:
    """Draws of the share of cases registered within d weeks, d = 0 … longest: shape (draws, longest + 1).

    Reverse hazard at d: of cases seen within d weeks, those seen in the d-th; taken from weeks at least d old.
    """
    out = np.ones((DRAWS, longest + 1))
    for d in range(longest, 0, -1):
        old = event <= now - d
        at, upto = int((old & (delay == d)).sum()), int((old & (delay <= d)).sum())
        hazard = rng.beta(at + 0.5, upto - at + 0.5, size=DRAWS)
        out[:, d - 1] = out[:, d] * (1 - hazard)
    return np.clip(out, 1e-6, 1.0)
