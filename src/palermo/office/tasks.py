"""Background work: rooms register here what is to be done, `palermo worker` does it (web/worker.py).

A room above office writes a `tasks.py` of its own with the same two decorators; office knows none of them. Work names
are `room.verb`; arguments are ids, never data. The queue itself is reached by `office.domain.background.defer`.
"""

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar
from uuid import UUID

from django.conf import settings

from palermo.office import clock
from palermo.office.domain.acting import acting_as
from palermo.office.domain.audit import daily_root, verify_log
from palermo.office.domain.expiring import tell_of_expiring_consents
from palermo.office.domain.reach import check_reach
from palermo.office.models import Member
from palermo.vocabulary.errors import Refusal

Body = TypeVar("Body", bound=Callable[..., object])


@dataclass(frozen=True)
class Regular:
    """Work that recurs: what is done, and when (five fields of cron, in UTC)."""

    name: str
    cron: str
    body: Callable[[], object]


REGULAR: dict[str, Regular] = {}
DEFERRED: dict[str, Callable[..., object]] = {}


def regular(name: str, *, cron: str) -> Callable[[Body], Body]:
    """Register work that recurs. The body enters records by itself, as the hands of the agencies."""

    def register(body: Body) -> Body:
        REGULAR[name] = Regular(name, cron, body)
        return body

    return register


def deferred(name: str) -> Callable[[Body], Body]:
    """Register work that verbs defer: `body(hand, **ids)` is called as the automatic hand of the agency that did."""

    def register(body: Body) -> Body:
        DEFERRED[name] = body
        return body

    return register


def perform(name: str, *, agency: UUID, ids: dict[str, UUID]) -> object:
    """Do deferred work through the application's login, as the hand of the agency.

    Raises:
        Refusal: nobody registered this work, or the agency has no hand.
    """
    body = DEFERRED.get(name)
    hand = Member.objects.filter(kind=Member.Kind.SYSTEM, agency_id=agency).first()
    if body is None or hand is None:
        raise Refusal("there is nobody to do this work", where=name, remedy="Upgrade the worker with the site.")
    with acting_as(hand):
        return body(hand, **ids)


@regular("office.tell_of_expiring_consents", cron="20 5 * * *")
def _expiring() -> int:
    return tell_of_expiring_consents()


@regular("office.check_reach", cron="40 2 * * *")
def _reach() -> int:
    """Recompute who may reach what; a row that nothing explains is an alarm."""
    found = check_reach()
    if found:
        first = found[0]
        raise Refusal(
            f"{len(found)} rows of reach are explained by nothing",
            where=f"office_reach {first.id}",
            remedy="Stop the site and look who wrote them.",
        )
    return 0


@regular("office.keep_root", cron="55 23 * * *")
def keep_root() -> str:
    """Append the day's Merkle root of all chains to a file outside the database, once a day.

    Raises:
        Refusal: the log is broken, or no longer holds what the last root stood for.
    """
    path, day = Path(settings.PALERMO_ROOTS), clock.now().date()
    earlier = path.read_text(encoding="ascii").splitlines() if path.exists() else []
    if earlier and earlier[-1].startswith(day.isoformat()):
        return earlier[-1]
    if earlier and not (verdict := verify_log(against=earlier[-1])).ok:
        raise Refusal(f"the access log is broken: {verdict.first_broken}", where=str(path))
    line = daily_root(day=day)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(descriptor, "a", encoding="ascii") as file:
        file.write(line + "\n")
        file.flush()
        os.fsync(file.fileno())
    return line
