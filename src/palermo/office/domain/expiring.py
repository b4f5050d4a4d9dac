"""Consents that are about to end: the agency is told in time to speak with the person again."""

import datetime as dt

from palermo.office import clock
from palermo.office.domain.acting import acting_as, log
from palermo.office.domain.notices import notify
from palermo.office.enums import NoticeKind
from palermo.office.models import Consent, Member, Notice

#: How long before its end a consent is spoken of.
DAYS_BEFORE = 7


def tell_of_expiring_consents() -> int:
    """Tell each agency once of every consent in its files that ends within a week.

    Returns:
        How many notices were left now.
    """
    return sum(_tell(hand) for hand in Member.objects.filter(kind=Member.Kind.SYSTEM))


def _tell(hand: Member) -> int:
    with acting_as(hand):
        now = clock.now()
        ending = Consent.objects.filter(
            person__agency=hand.agency,
            withdrawn_at=None,
            expires_at__gt=now,
            expires_at__lte=now + dt.timedelta(days=DAYS_BEFORE),
        )
        # A notice is about the file, and says which consent by its id: it names nobody.
        told = set(Notice.objects.filter(kind=NoticeKind.CONSENT_ENDS).values_list("text", flat=True))
        fresh = [consent for consent in ending if str(consent.id) not in told]
        for consent in fresh:
            notify(agency=hand.agency, kind=NoticeKind.CONSENT_ENDS, about_id=consent.person_id, text=str(consent.id))
            log("office.tell_of_expiry", object_id=consent.id, person_id=consent.person_id, purpose=consent.purpose)
        return len(fresh)
