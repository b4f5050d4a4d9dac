"""Questions to the directory: who held which post on a day, whom nobody has confirmed, who is reached where."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce

from palermo.partnership.methods.posts import SINGLE, Holders, Tenure, holders
from palermo.partnership.models import Contact, Corridor, Designation, Organisation
from palermo.vocabulary.states import load_states


def held_on(day: dt.date) -> QuerySet[Designation]:
    """Designations that are held on a day, by State, post and first day. One statement."""
    return Designation.objects.filter(Q(until__isnull=True) | Q(until__gte=day), since__lte=day)


def tenures_on(day: dt.date) -> list[Tenure]:
    """The same as plain values. One statement."""
    return [tenure_of(one) for one in held_on(day).order_by("pk")]


def tenure_of(one: Designation) -> Tenure:
    """A designation as a plain value."""
    seat = one.state or str(one.organisation_id)
    return Tenure(str(one.pk), str(one.contact_id), one.post, seat, one.since, one.until, one.shared, one.confirmed_on)


def kinds_of_states() -> dict[str, str]:
    """State code → participating State or Partner, of the vocabulary."""
    return {code: state.kind for code, state in load_states().items()}


@dataclass(frozen=True)
class Tally:
    """Co-ordinators and rapporteurs of a day, together and apart."""

    day: dt.date
    together: Holders
    co_ordinators: Holders
    rapporteurs: Holders


def tally(day: dt.date) -> Tally:
    """How many co-ordinators and rapporteurs there are, from how many States and Partners. One statement."""
    found, kinds = tenures_on(day), kinds_of_states()
    return Tally(
        day,
        holders(found, kinds, day, SINGLE),
        holders(found, kinds, day, SINGLE[:1]),
        holders(found, kinds, day, SINGLE[1:]),
    )


def unconfirmed(day: dt.date, days: int = 365) -> QuerySet[Designation]:
    """Designations held on a day that nobody has confirmed in the `days` before, those longest silent first."""
    limit = day - dt.timedelta(days=days)
    silent = Q(confirmed_on__lt=limit) | Q(confirmed_on__isnull=True, since__lt=limit)
    return held_on(day).filter(silent).order_by(Coalesce("confirmed_on", "since"), "pk")


@dataclass(frozen=True)
class Entry:
    """A designation with its contact and organisation; None where the reader's clearance does not open them."""

    designation: Designation
    contact: Contact | None
    organisation: Organisation | None

    @property
    def of(self) -> str:
        """The State or organisation whose post it is; empty where it is not open to the reader."""
        state = load_states().get(self.designation.state)
        return state.name if state else str(self.organisation or "")


def with_people(designations: Iterable[Designation], *, as_given: bool = False) -> list[Entry]:
    """Designations with whom they name, sorted by State, post and day unless `as_given`; two statements besides.

    Not a join: a designation may be open to more readers than the person's name is.
    """
    found = list(designations)
    people = Contact.objects.in_bulk([one.contact_id for one in found])
    bodies = {one.organisation_id for one in found} | {one.organisation_id for one in people.values()}
    organisations = Organisation.objects.in_bulk([pk for pk in bodies if pk])
    entries = []
    for one in found:
        contact = people.get(one.contact_id)
        body = one.organisation_id or (contact.organisation_id if contact else None)
        entries.append(Entry(one, contact, organisations.get(body) if body else None))
    return entries if as_given else sorted(entries, key=lambda e: (e.of, e.designation.post, e.designation.since))


def of_state(code: str) -> QuerySet[Designation]:
    """All designations of a State, the newest first."""
    return Designation.objects.filter(state=code).order_by("-since", "post")


def corridors_of(code: str) -> QuerySet[Corridor]:
    """Corridors that begin in a State, lead through it or end there."""
    return Corridor.objects.filter(
        Q(origin__contains=[code]) | Q(transit__contains=[code]) | Q(destination__contains=[code])
    )
