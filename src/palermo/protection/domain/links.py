"""For a provider without an account: a link that opens once, and a code that comes another way."""

import datetime as dt
import hashlib
import secrets
from dataclasses import dataclass

from django.db import connection, transaction

from palermo.office import clock
from palermo.office.domain.acting import log
from palermo.office.domain.rights import NotAllowed, allow, require
from palermo.office.enums import Role
from palermo.office.models import Member
from palermo.protection.enums import OPEN_REFERRALS
from palermo.protection.models import Referral, SealedLink
from palermo.vocabulary.codes import bare
from palermo.vocabulary.errors import Refusal

SEND = allow("protection.send_link", Role.FIRST_RESPONDER, Role.CASE_MANAGER)

#: How long a link waits to be opened.
LINK_HOURS = 72


@dataclass(frozen=True)
class LinkAndCode:
    """What is handed over, each by its own way. Neither is kept; only their hashes are."""

    token: str
    code: str

    #: Says nothing to whoever reads it over a shoulder.
    message = "A message is waiting for you. Please open the link and enter the code that we tell you by telephone."


def _hash(*parts: str) -> bytes:
    return hashlib.sha256("\n".join(parts).encode()).digest()


@transaction.atomic
def send_link(*, member: Member, referral: Referral) -> LinkAndCode:
    """Make the one-time link of a referral to a provider without an account.

    Raises:
        NotAllowed: the referral is another agency's.
        Refusal: the recipient signs in, or the referral is closed.
    """
    require(member, SEND)
    if member.agency_id != referral.sender_id:
        raise NotAllowed(SEND, "this referral is not your agency's")
    if referral.recipient.has_account:
        raise Refusal(
            f"{referral.recipient} signs in to Palermo", where="recipient", remedy="It finds the referral in its inbox."
        )
    if not Referral.objects.filter(pk=referral.pk, state__in=OPEN_REFERRALS).exists():
        raise Refusal("the referral is closed", where="referral", remedy="Send a new one if help is still needed.")
    made = LinkAndCode(secrets.token_urlsafe(24), f"{secrets.randbelow(10**8):08d}")
    SealedLink(
        referral_id=referral.id,
        recipient=referral.recipient,
        token_hash=_hash(made.token),
        code_hash=_hash(made.token, made.code),
        made_at=clock.now(),
        expires_at=clock.now() + dt.timedelta(hours=LINK_HOURS),
    ).save(force_insert=True)
    log(SEND, object_id=referral.id, person_id=referral.person_id, purpose=referral.purpose)
    return made


@dataclass(frozen=True)
class Opened:
    """An opened link: whose hand reads it, and which referral."""

    guest: Member
    referral_id: str


def open_link(*, token: str, code: str) -> Opened | None:
    """Open a link with its code, once. None for a wrong code (five close it), an old, an opened or an unknown link."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT referral, guest FROM protection_open_link(%s, %s)", [_hash(token), _hash(token, bare(code))]
        )
        row = cursor.fetchone()
    return Opened(Member.objects.get(pk=row[1]), str(row[0])) if row else None
