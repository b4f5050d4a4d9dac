"""Letters to banks: under an order or a consent, with a deadline; never under what nobody may be told of."""

import datetime as dt

from django.db import transaction

from palermo.office import clock
from palermo.office.domain.acting import log
from palermo.office.domain.rights import allow
from palermo.office.enums import Role
from palermo.office.models import Member
from palermo.prosecution.domain.evidence import check_authority
from palermo.prosecution.domain.investigations import require_open
from palermo.prosecution.domain.sealed import sealed_json
from palermo.prosecution.models import BankRequest, Investigation, LawfulAuthority
from palermo.vocabulary.errors import Refusal

SEND = allow("prosecution.send_request", Role.INVESTIGATOR)
NOTE = allow("prosecution.note_reply", Role.INVESTIGATOR)


@transaction.atomic
def send_request(
    *,
    member: Member,
    investigation: Investigation,
    authority: LawfulAuthority,
    bank: str,
    accounts: str,
    asked: str,
    days: int = 14,
) -> BankRequest:
    """Record a letter to a bank and when its answer is due.

    Raises:
        Refusal: the authority is a report, or secret: a letter would tell of it.
    """
    require_open(member=member, investigation=investigation, verb=SEND)
    check_authority(authority=authority, investigation=investigation)
    if authority.secret:
        raise Refusal(
            "a letter would tell that there is a report",
            where="authority",
            remedy="Obtain an order, and write under that.",
        )
    if not bank.strip() or not asked.strip():
        raise Refusal("say whom you ask for what", where="asked")
    if not 1 <= days <= 365:
        raise Refusal("the deadline lies between a day and a year", where="days")
    request = BankRequest(
        agency=member.agency,
        investigation=investigation,
        authority=authority,
        bank=bank.strip(),
        sealed_asked=sealed_json(accounts=accounts.strip(), asked=asked.strip()),
        sent_on=clock.now().date(),
        due_at=clock.now() + dt.timedelta(days=days),
    )
    request.save(force_insert=True)
    log(SEND, object_id=request.pk)
    return request


@transaction.atomic
def note_reply(*, member: Member, request: BankRequest, reply: str) -> None:
    """Note what came back; statements that came with it are uploaded under the same authority."""
    require_open(member=member, investigation=request.investigation, verb=NOTE)
    if len(reply.strip()) < 3:
        raise Refusal("say what came back", where="reply", remedy="A few words are enough.")
    BankRequest.objects.filter(pk=request.pk, answered_at=None).update(
        answered_at=clock.now(), sealed_reply=sealed_json(reply=reply.strip())
    )
    log(NOTE, object_id=request.pk)
