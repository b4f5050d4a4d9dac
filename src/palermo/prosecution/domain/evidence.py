"""Lawful authorities, items of evidence, their custody and disclosure, and which element each one holds."""

import datetime as dt

from django.db import transaction

from palermo.office import clock
from palermo.office.domain.acting import log
from palermo.office.domain.rights import allow
from palermo.office.enums import Role
from palermo.office.models import Member
from palermo.prosecution.domain.checks import next_number, said
from palermo.prosecution.domain.investigations import require_open
from palermo.prosecution.domain.sealed import sealed_json
from palermo.prosecution.enums import ELEMENTS, AuthorityKind, DisclosureStatus
from palermo.prosecution.models import (
    CustodyStep,
    EvidenceItem,
    Investigation,
    LawfulAuthority,
    Party,
    Support,
)
from palermo.vocabulary.errors import Refusal

AUTHORITY = allow("prosecution.record_authority", Role.INVESTIGATOR)
ITEM = allow("prosecution.add_item", Role.INVESTIGATOR)
HAND_OVER = allow("prosecution.hand_over", Role.INVESTIGATOR)
WITHDRAW = allow("prosecution.withdraw_item", Role.INVESTIGATOR)
DISCLOSURE = allow("prosecution.set_disclosure", Role.INVESTIGATOR)
SUPPORT = allow("prosecution.add_support", Role.INVESTIGATOR)
REMOVE = allow("prosecution.remove_support", Role.INVESTIGATOR)


@transaction.atomic
def record_authority(
    *,
    member: Member,
    investigation: Investigation,
    kind: str,
    issuer: str,
    reference: str,
    since: dt.date,
    until: dt.date | None = None,
    covers: str,
    secret: bool = False,
) -> LawfulAuthority:
    """Record an order, a consent or a report. A report's existence is always secret.

    Args:
        covers: the accounts and persons that it names; sealed.
    """
    require_open(member=member, investigation=investigation, verb=AUTHORITY)
    issuer, reference, covers = (
        said(text, field, "Without it nobody can check the authority.")
        for field, text in (("issuer", issuer), ("reference", reference), ("covers", covers))
    )
    if until is not None and until < since:
        raise Refusal("it ends before it begins", where="until", remedy="Correct one of the dates.")
    found = LawfulAuthority(
        agency=member.agency,
        investigation=investigation,
        kind=kind,
        issuer=issuer,
        reference=reference,
        since=since,
        until=until,
        secret=secret or kind == AuthorityKind.REPORT,
        sealed_covers=sealed_json(covers=covers),
        recorded_at=clock.now(),
    )
    found.save(force_insert=True)
    log(AUTHORITY, object_id=found.pk, kind=kind)
    return found


def check_authority(*, authority: LawfulAuthority, investigation: Investigation) -> None:
    """Refuse an authority of another investigation, or one whose time has not come or is over."""
    if authority.investigation_id != investigation.pk:
        raise Refusal("the authority belongs to another investigation", where="authority")
    if not authority.in_force(clock.now().date()):
        raise Refusal("the authority is not in force today", where="authority", remedy="Obtain a new one first.")


@transaction.atomic
def add_item(
    *,
    member: Member,
    investigation: Investigation,
    kind: str,
    source: str,
    description: str,
    obtained_on: dt.date,
    authority: LawfulAuthority | None = None,
    sha256: str = "",
    custodian: str = "",
) -> EvidenceItem:
    """Add an item of evidence; its first custodian begins the chain of custody.

    Args:
        source: whence it came; names no person.
        description: what it shows; sealed.
        custodian: the office or function that has it now.
    """
    require_open(member=member, investigation=investigation, verb=ITEM)
    if authority is not None:
        check_authority(authority=authority, investigation=investigation)
    sha256 = sha256.strip().lower()
    if sha256 and (len(sha256) != 64 or set(sha256) - set("0123456789abcdef")):
        raise Refusal("this is no SHA-256", where="sha256", remedy="It has 64 digits from 0 to f.")
    item = EvidenceItem(
        agency=member.agency,
        investigation=investigation,
        number=next_number(EvidenceItem, investigation),
        kind=kind,
        source=source.strip(),
        sha256=sha256,
        authority=authority,
        sealed_description=sealed_json(description=description.strip()),
        obtained_on=obtained_on,
        added_at=clock.now(),
    )
    item.save(force_insert=True)
    log(ITEM, object_id=item.pk, kind=kind)
    if custodian.strip():
        hand_over(
            member=member,
            item=item,
            from_hand=source.strip()[:120],
            to_hand=custodian,
            reason="obtained",
            at=clock.now(),
        )
    return item


@transaction.atomic
def hand_over(
    *,
    member: Member,
    item: EvidenceItem,
    from_hand: str,
    to_hand: str,
    reason: str,
    at: dt.datetime,
    intact: bool = True,
) -> CustodyStep:
    """Record that an item went from one hand to another. What breaks the chain is kept too, and shown."""
    require_open(member=member, investigation=item.investigation, verb=HAND_OVER)
    if not from_hand.strip() or not to_hand.strip():
        raise Refusal("say from whom and to whom", where="to_hand", remedy="Offices and functions, not names.")
    if at > clock.now() + dt.timedelta(minutes=5):
        raise Refusal("this has not happened yet", where="at", remedy="Correct the date.")
    step = CustodyStep(
        agency=member.agency,
        investigation=item.investigation,
        item=item,
        at=at,
        from_hand=from_hand.strip(),
        to_hand=to_hand.strip(),
        reason=reason.strip(),
        intact=intact,
        noted_by=member.pk,
    )
    step.save(force_insert=True)
    log(HAND_OVER, object_id=item.pk)
    return step


@transaction.atomic
def withdraw_item(*, member: Member, item: EvidenceItem) -> None:
    """Withdraw an item: it holds no element any more, and stays on record."""
    require_open(member=member, investigation=item.investigation, verb=WITHDRAW)
    EvidenceItem.objects.filter(pk=item.pk, withdrawn_at=None).update(withdrawn_at=clock.now())
    log(WITHDRAW, object_id=item.pk)


@transaction.atomic
def set_disclosure(*, member: Member, item: EvidenceItem, status: str) -> None:
    """Decide whether the defence gets an item. What rests on a secret report never goes there.

    Raises:
        Refusal: the item came under an authority whose existence is secret.
    """
    require_open(member=member, investigation=item.investigation, verb=DISCLOSURE)
    if status not in DisclosureStatus.values:
        raise Refusal("this is no status", where="status")
    if item.secret and status in (DisclosureStatus.TO_DISCLOSE, DisclosureStatus.DISCLOSED):
        raise Refusal(
            "the item rests on a report whose existence is secret",
            where="status",
            remedy="Obtain the same record by an order; that item can be disclosed.",
        )
    EvidenceItem.objects.filter(pk=item.pk).update(disclosure=status)
    log(DISCLOSURE, object_id=item.pk, status=status)


@transaction.atomic
def add_support(*, member: Member, victim: Party, element: str, code: str, item: EvidenceItem) -> Support:
    """Say that an item holds an element of the crime against a victim."""
    require_open(member=member, investigation=victim.investigation, verb=SUPPORT)
    if not victim.is_victim:
        raise Refusal("this person is not a victim here", where="victim", remedy="Give the person that role first.")
    if code not in ELEMENTS.get(element, ()):
        raise Refusal(
            "this does not belong to the element", where="code", remedy="Choose what the element consists in."
        )
    if item.investigation_id != victim.investigation_id:
        raise Refusal("the item belongs to another investigation", where="item")
    known = Support.objects.filter(victim=victim, code=code, item=item, removed_at=None).first()
    if known:
        return known
    support = Support(
        agency=member.agency,
        investigation=victim.investigation,
        victim=victim,
        element=element,
        code=code,
        item=item,
        noted_at=clock.now(),
    )
    support.save(force_insert=True)
    log(SUPPORT, object_id=support.pk, element=element, code=code)
    return support


@transaction.atomic
def remove_support(*, member: Member, support: Support) -> None:
    """Take back that an item holds an element; the history keeps that it was said."""
    require_open(member=member, investigation=support.investigation, verb=REMOVE)
    Support.objects.filter(pk=support.pk, removed_at=None).update(removed_at=clock.now())
    log(REMOVE, object_id=support.pk)
