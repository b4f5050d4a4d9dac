"""The one window into protection: referrals for investigation whose basis stands at this moment."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db import connection

from palermo.office.models import Agency
from palermo.prosecution.models import VictimLink


@dataclass(frozen=True)
class Offer:
    """A referral for investigation to this desk; of the person it tells only whether it is a child."""

    referral_id: UUID
    sender_id: UUID
    sent_at: dt.datetime
    child: bool

    @property
    def reference(self) -> str:
        """What both sides call the referral among themselves."""
        digits = str(self.referral_id).upper()
        return f"R-{digits[:4]}-{digits[4:8]}"


def offers() -> list[Offer]:
    """All of them, the newest first. One statement."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM prosecution_offers()")
        found = [Offer(*row) for row in cursor.fetchall()]
    return sorted(found, key=lambda one: one.sent_at, reverse=True)


def standing(links: Iterable[VictimLink]) -> dict[UUID, Offer | None]:
    """Link → its referral, or None where the link is dark: consent withdrawn or ended, data recalled."""
    known = {one.referral_id: one for one in offers()}
    return {link.pk: known.get(link.referral_id) for link in links}


def agencies_to_warn(investigation_id: UUID) -> list[tuple[Agency, UUID]]:
    """Agencies that hold the cases of linked victims, each with the referral by which they know of it."""
    links = VictimLink.objects.filter(investigation_id=investigation_id, ended_at=None)
    live = {one.referral_id: one for one in standing(links).values() if one}
    agencies = Agency.objects.in_bulk({one.sender_id for one in live.values()})
    return [(agencies[one.sender_id], one.referral_id) for one in live.values()]
