"""To hold a demonstration from end to end, and to count what came out of it."""

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any

from django.conf import settings
from django.db import connection
from django.utils import timezone

from palermo.office import clock
from palermo.office.domain.acting import acting_as
from palermo.office.domain.second_factor import enrol_second_factor
from palermo.office.models import Member
from palermo.training.domain import reception
from palermo.training.domain.cast import Cast, found_cast
from palermo.training.domain.exercise import Exercise
from palermo.training.domain.money import hold_investigation
from palermo.training.methods.plan import load_plan
from palermo.training.methods.scoring import (
    Rate,
    Screened,
    age_band,
    by_group,
    reticence_band,
    sensitivity,
    specificity,
)
from palermo.training.models import Demonstration
from palermo.training.queries.outcome import Answered, Outcome, outcomes
from palermo.vocabulary.errors import Refusal
from palermo.world import World, make_world

_DAY = dt.timedelta(hours=24)


def hold_demonstration(
    *, people: int, seed: int, tell: Callable[[str], None] = lambda _: None
) -> tuple[Demonstration, Cast]:
    """Pour a world into the (fresh, simulated) space, let its agencies act on it, and count from the records.

    Args:
        people: how many arrive.
        seed: the same seed gives the same world and the same dice.
        tell: called with a line of progress.

    Raises:
        Refusal: outside the simulated space, or where one was held already.
    """
    if settings.PALERMO_SPACE != "simulated":
        raise Refusal("a demonstration is held in the simulated space only", remedy="Set PALERMO_SPACE=simulated.")
    if Demonstration.objects.using("owner").exists():
        raise Refusal("this space holds a demonstration already", remedy="Make a fresh one with --once.")
    plan = load_plan()
    tell("making the world")
    world = make_world(people=people, seed=seed, days=plan.days)
    cast = found_cast(plan=plan, world=world)
    for member in Member.objects.select_related("agency").filter(kind=Member.Kind.PERSON):
        with acting_as(member):
            enrol_second_factor(member=member)
    length = dt.timedelta(days=plan.days + plan.follow_up_days)
    started_at = timezone.now().replace(minute=0, second=0, microsecond=0) - length
    held = Demonstration.objects.using("owner").create(people=people, seed=seed, started_at=started_at)
    exercise = Exercise(world=world, plan=plan, cast=cast, started_at=started_at, seed=seed, tell=tell)
    with connection.cursor() as cursor:
        # The commits of a rehearsal need not each wait for the disk; the one that keeps its figures does.
        cursor.execute("SET synchronous_commit = off")
        exercise.run(reception.begin)
        cursor.execute("RESET synchronous_commit")
    tell("following the money")
    hold_investigation(member=cast.members["investigator"], today=clock.now().date(), seed=seed)
    tell("counting")
    with acting_as(cast.manager):
        files, answered = outcomes()
    held.figures = count(files, answered, world)
    held.save(using="owner", update_fields=["figures"])
    return held, cast


def screened_persons(files: Sequence[Outcome], world: World) -> list[Screened]:
    """Each screened file beside what the world knows of the person."""
    truth = {row["person_id"]: row for row in world.truth["persons"].to_pylist()}
    return [
        Screened(
            presumed=file.presumed_at is not None,
            victim=truth[file.world_id]["victim"],
            form=truth[file.world_id]["form"] or "",
            age=age_band(truth[file.world_id]["age"]),
            reticence=reticence_band(truth[file.world_id]["reticence_intake"]),
        )
        for file in files
        if file.screened
    ]


def count(files: Sequence[Outcome], answered: Sequence[Answered], world: World) -> dict[str, Any]:
    """The figures of a demonstration.

    Returns:
        Counts: `arrived`, `screened`, `presumed`, `referred` (persons), `referred_within_24h` (persons whose first
        referral went out within 24 hours of the presumption), `referrals`, `answered_in_time` (referrals answered by
        their deadline), `children` (persons screened by the child path), `children_with_guardian_request`. Shares:
        `sensitivity`, `specificity`, with counts and Wilson intervals under `rates`, sensitivity also by form, age and
        reticence.
    """
    rows = screened_persons(files, world)
    found, spared = sensitivity(rows), specificity(rows)
    children = [file for file in files if file.screened and file.child]
    referred = [file for file in files if file.referred_at]
    soon = [f for f in referred if f.presumed_at and f.referred_at and f.referred_at - f.presumed_at <= _DAY]
    groups: dict[str, dict[str, Any]] = {
        name: {group: rate.as_dict() for group, rate in by_group(rows, name).items()}
        for name in ("form", "age", "reticence")
    }
    return {
        "arrived": len(files),
        "screened": len(rows),
        "presumed": sum(row.presumed for row in rows),
        "sensitivity": found.value,
        "specificity": spared.value,
        "referred": len(referred),
        "referred_within_24h": len(soon),
        "referrals": len(answered),
        "answered_in_time": sum(bool(a.answered_at and a.answered_at <= a.due_at) for a in answered),
        "children": len(children),
        "children_with_guardian_request": sum(file.guardian_asked for file in children),
        "rates": {"sensitivity": _rate(found), "specificity": _rate(spared), "sensitivity_by": groups},
    }


def _rate(rate: Rate) -> dict[str, Any]:
    return rate.as_dict()
