"""To publish the range of an estimate, by a decision with its reason, and to take it back."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from palermo.office import clock
from palermo.office.domain.acting import log
from palermo.office.domain.rights import allow
from palermo.office.enums import Role
from palermo.office.models import Member
from palermo.prevention.domain.once import insert_once
from palermo.prevention.domain.studies import require_open, said
from palermo.prevention.enums import WorkState
from palermo.prevention.methods.choices import AGREE, METHODS
from palermo.prevention.models import PublishedEstimate, Run
from palermo.prevention.queries.runs import parts_of, published_of
from palermo.vocabulary.errors import Refusal

PUBLISH = allow("prevention.publish_estimate", Role.ANALYST)
WITHDRAW = allow("prevention.withdraw_estimate", Role.ANALYST)
#: Persons are told in tens: a count that moves by one between two issues points at somebody.
TENS = 10


@transaction.atomic
def publish_estimate(*, member: Member, run: Run, reason: str) -> PublishedEstimate:
    """Publish the range that all methods span with their uncertainty, and the conclusion; never a single figure.

    What was published of the study before is withdrawn with the same statement.
    """
    require_open(member=member, study=run.study, verb=PUBLISH)
    if run.state != WorkState.DONE:
        raise Refusal("the estimate is not done", where="run", remedy="Wait until every part is made.")
    why = said(reason, where="reason", remedy="One sentence on why this may be published.")
    told = parts_of(run)
    ends = [told[method] for method in METHODS if told.get(method, {}).get("lower") is not None]
    if not ends:
        raise Refusal("no method gives a range", where="run", remedy="Say in a report why there is none.")
    before = published_of(run.study_id)
    if before is not None:
        _withdraw(before, "replaced by a newer estimate")
    study, uppers = run.study, [one["upper"] for one in ends]
    kept = PublishedEstimate(
        agency=member.agency,
        study=study,
        run=run,
        code=study.code,
        title=study.title,
        population=study.population,
        place=study.place,
        start=study.start,
        end=study.end,
        observed=_down(run.table.observed),
        lower=_down(min(one["lower"] for one in ends)),
        upper=None if None in uppers else -_down(-max(uppers)),
        conclusion=_conclusion(run, told),
        reason=why[:300],
        published_at=clock.now(),
        published_by=member.pk,
    )
    at_once = "somebody else has just published an estimate of this study"
    insert_once(kept, otherwise=Refusal(at_once, where="run", remedy="Look what is published now."))
    log(PUBLISH, object_id=kept.pk)
    return kept


def _conclusion(run: Run, told: Mapping[str, Any]) -> str:
    """What everybody may conclude: the sentences of the run without its exact counts."""
    points = [told[method]["estimate"] for method in METHODS if told.get(method, {}).get("estimate")]
    low, high = _down(min(points)), -_down(-max(points))
    words = [f"{len(run.table.lists)} lists were compared. The methods place the total between {low:,} and {high:,}."]
    if high > AGREE * low:
        words.append("Which is right cannot be told from these lists, so no single figure is given.")
    words.append("All this assumes that the lists cover one closed population and were linked without error.")
    return " ".join(words)


def _down(persons: float) -> int:
    return int(persons // TENS * TENS)


def _withdraw(published: PublishedEstimate, reason: str) -> None:
    published.withdrawn_at, published.withdrawal_reason = clock.now(), reason[:300]
    published.save(update_fields=["withdrawn_at", "withdrawal_reason"])


@transaction.atomic
def withdraw_estimate(*, member: Member, published: PublishedEstimate, reason: str) -> None:
    """Take a published range back, with the reason; the record stays."""
    require_open(member=member, study=published.study, verb=WITHDRAW)
    if published.withdrawn_at is not None:
        raise Refusal("it is withdrawn already", where="published")
    _withdraw(published, said(reason, where="reason", remedy="One sentence on what is wrong with it."))
    log(WITHDRAW, object_id=published.pk)
