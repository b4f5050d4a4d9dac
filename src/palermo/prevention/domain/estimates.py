"""To ask lists how many people are on none of them; answered part by part in the background, then fixed by a digest."""

import hashlib
import json
from collections.abc import Sequence
from typing import Any

from django.db import transaction

from palermo.office import clock
from palermo.office.domain.acting import at_length, log
from palermo.office.domain.background import defer
from palermo.office.domain.rights import allow
from palermo.office.enums import Role
from palermo.office.models import Member
from palermo.prevention.domain.answers import answer, parts_for
from palermo.prevention.domain.studies import require_open
from palermo.prevention.enums import WorkState
from palermo.prevention.methods.choices import METHODS
from palermo.prevention.models import ListTable, Run, RunPart
from palermo.prevention.queries.runs import parts_of
from palermo.prevention.queries.tables import lists_of
from palermo.vocabulary.errors import Refusal

ASK = allow("prevention.ask_estimate", Role.ANALYST)
WORK = "prevention.estimate"
FEWEST_RESAMPLES, MOST_RESAMPLES = 100, 20_000


@transaction.atomic
def ask_estimate(
    *,
    member: Member,
    table: ListTable,
    methods: Sequence[str] = METHODS,
    threshold: float = 0.02,
    order: int = 2,
    resamples: int | None = None,
    seed: int = 1,
) -> Run:
    """Ask how many people are on none of the lists, by each method; lists that cannot tell are refused with the reason.

    Args:
        threshold: p-value below which a pair of lists enters the stepwise model.
        order: largest number of lists in one interaction.
        resamples: of the bootstrap; as many as the search allows if none.
        seed: the same seed gives the same figures.

    Returns:
        The run; `failed` with its problem where the lists cannot support any estimate, which is a finding too.
    """
    from palermo.prevention.methods.estimation import require_usable  # noqa: PLC0415 -- heavy

    require_open(member=member, study=table.study, verb=ASK)
    if table.withdrawn_at is not None:
        raise Refusal("these lists are withdrawn", where="table", remedy="Take the lists that replaced them.")
    wanted = [method for method in METHODS if method in methods]
    if not wanted:
        raise Refusal("choose at least one method", where="methods", remedy="All of them show how far they disagree.")
    if resamples is not None and not FEWEST_RESAMPLES <= resamples <= MOST_RESAMPLES:
        raise Refusal("between 100 and 20,000 resamples are taken", where="resamples", remedy="Leave it empty.")
    if not (0 < threshold < 1 and 2 <= order <= 5 and 0 <= seed < 2**31):
        raise Refusal("a setting is out of its range", where="threshold", remedy="Leave the settings as they are.")
    asked = {"methods": wanted, "threshold": threshold, "order": order, "resamples": resamples, "seed": seed}
    run = Run(agency=member.agency, study=table.study, table=table, asked=asked, parts=parts_for(asked, table))
    run.asked_at, run.asked_by = clock.now(), member.pk
    try:
        require_usable(lists_of(table))
    except Refusal as refusal:
        _fail(run, refusal)
    run.save(force_insert=True)
    if run.state == WorkState.QUEUED:
        defer(WORK, run=run.pk)
    log(ASK, object_id=run.pk)
    return run


def _fail(run: Run, refusal: Refusal) -> None:
    run.state, run.done_at = WorkState.FAILED, clock.now()
    run.problem = f"{refusal.message} {refusal.remedy}".strip()


@transaction.atomic
def estimate(*, run: Run) -> Run:
    """Make the next part and leave the one after it for other work, so that each is seen when it is done."""
    if run.state in (WorkState.DONE, WorkState.FAILED):
        return run
    name, before = run.parts[run.done], parts_of(run)
    try:
        with at_length():
            told = answer(run, name, before)
    except Refusal as refusal:
        _fail(run, refusal)
        run.save(update_fields=["state", "problem", "done_at"])
        return run
    part = RunPart(agency=run.agency, study_id=run.study_id, run=run, name=name, told=told, made_at=clock.now())
    part.save(force_insert=True)
    run.done += 1
    run.state = WorkState.WORKING
    if run.done == len(run.parts):
        run.state, run.done_at, run.digest = WorkState.DONE, clock.now(), digest_of(run, {**before, name: told})
    run.save(update_fields=["state", "done", "done_at", "digest"])
    if run.state == WorkState.WORKING:
        defer(WORK, run=run.pk)
    return run


def digest_of(run: Run, parts: dict[str, Any]) -> str:
    """SHA-256 over what was asked, the counts and every part, as JSON with sorted keys."""
    whole = {"asked": run.asked, "lists": run.table.lists, "groups": run.table.groups, "parts": parts}
    return hashlib.sha256(json.dumps(whole, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
