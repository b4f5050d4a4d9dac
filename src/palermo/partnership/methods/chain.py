"""The chain of a finding: which version may follow which, how urgent a verb is, where implementation stands.

Versions are rows and are never overwritten; so are assessments. What stands now is computed from them.
"""

import datetime as dt
import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from palermo.vocabulary.errors import Refusal

#: Stage of the last version → stages that the next may have. A conference's recommendation is final without a State's
#: comments; a published text is corrected by another published one.
MOVES: dict[str, tuple[str, ...]] = {
    "": ("draft", "final", "published"),
    "draft": ("draft", "sent", "final"),
    "sent": ("comments", "final"),
    "comments": ("comments", "draft", "sent", "final"),
    "final": ("final", "published"),
    "published": ("published",),
}

#: Statuses that say that something was done, in rising order; "overtaken" ends the matter without it.
PROGRESS = ("not_started", "under_way", "partly", "largely", "fully")

#: Verbs of monitoring bodies, the most pressing first: reports rank what they ask for by them.
_VERBS = (
    ("immediate", ("urge", "call on", "calls on", "call upon", "calls upon", "must ")),
    ("high", ("strongly recommend", "consider that", "considers that", "should ", "recommend")),
    ("normal", ("invite", "encourage", "suggest", "may wish")),
)


def urgency_of(text: str) -> str:
    """How urgent a recommendation is by its first ranked verb: `immediate`, `high` or `normal` (also without one).

    GRETA's reports rank by "urges", "considers that … should" and "invites".
    """
    said = " ".join(text.lower().split()) + " "
    places = [(said.find(verb), -len(verb), urgency) for urgency, verbs in _VERBS for verb in verbs if verb in said]
    return min(places)[2] if places else "normal"


def next_number(stages: Sequence[tuple[int, str]], stage: str) -> int:
    """The number of a version with this stage after those there are.

    Args:
        stages: number and stage of each version so far, in any order.
        stage: that of the new version.

    Raises:
        Refusal: this stage cannot follow.
    """
    last = max(stages, default=(0, ""))
    if stage not in MOVES[last[1]]:
        allowed = ", ".join(MOVES[last[1]])
        raise Refusal(
            f"a version “{stage}” cannot follow “{last[1] or 'nothing'}”",
            where="stage",
            remedy=f"Next comes: {allowed}.",
        )
    return last[0] + 1


@dataclass(frozen=True)
class Dated:
    """One assessment: the day it is about, the order in which it was entered, what it says."""

    on: dt.date
    entered: int
    status: str


def standing(assessments: Iterable[Dated]) -> str:
    """The status now: the last assessment by its day, by its entry where two are of one day; empty without any."""
    last = max(assessments, key=lambda one: (one.on, one.entered), default=None)
    return last.status if last else ""


def setbacks(assessments: Iterable[Dated]) -> tuple[Dated, ...]:
    """Assessments that say less than the one before them, in order of their days: worth a second look."""
    ordered = sorted(assessments, key=lambda one: (one.on, one.entered))
    ranked = [one for one in ordered if one.status in PROGRESS]
    return tuple(
        after
        for before, after in itertools.pairwise(ranked)
        if PROGRESS.index(after.status) < PROGRESS.index(before.status)
    )
