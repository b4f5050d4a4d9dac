"""Subscriptions: a secret address gives a calendar to whoever holds it, as the member who made it reads it."""

import hashlib
import secrets
from collections.abc import Mapping
from uuid import UUID

from django.db import connection, transaction
from django.db.models import F, QuerySet

from palermo.office import clock
from palermo.office.domain.acting import log
from palermo.office.domain.rights import allow, require
from palermo.office.enums import Role
from palermo.office.models import Member
from palermo.partnership.enums import FeedKind
from palermo.partnership.models import FeedToken
from palermo.partnership.queries.calendar_sources import Filter
from palermo.vocabulary.errors import Refusal

MAKE = allow("partnership.make_feed", *Role)
REVOKE = allow("partnership.revoke_feed", *Role)
#: Subscriptions that one member may hold at once.
MOST_FEEDS = 20
#: Random bytes in an address: nobody guesses 256 bits.
TOKEN_BYTES = 32


def feeds_of(*, member: Member) -> QuerySet[FeedToken]:
    """The member's own subscriptions, those still alive first."""
    require(member, MAKE)
    return FeedToken.objects.filter(member=member).order_by(F("revoked_at").desc(nulls_first=True), "-made_at")


@transaction.atomic
def make_feed(
    *,
    member: Member,
    name: str,
    kind: str = FeedKind.CALENDAR,
    saved: Mapping[str, str] | None = None,
    remind_days: int | None = None,
) -> tuple[FeedToken, str]:
    """Make a subscription for a saved filter.

    Returns:
        The record, and the token of its address: shown once, kept only as a hash.

    Raises:
        Refusal: no name, an unknown kind, or too many.
    """
    require(member, MAKE)
    if not name.strip():
        raise Refusal("it has no name", where="name", remedy="Say where you will use it.")
    if kind not in FeedKind.values:
        raise Refusal("this is not on the list", where="kind", remedy=f"Use {', '.join(FeedKind.values)}.")
    if remind_days is not None and not 0 <= remind_days <= 365:
        raise Refusal("this is too long before", where="remind_days", remedy="0 to 365 days.")
    if FeedToken.objects.filter(member=member, revoked_at=None).count() >= MOST_FEEDS:
        raise Refusal(f"you have {MOST_FEEDS} subscriptions", where="name", remedy="Revoke one that you do not use.")
    token = secrets.token_urlsafe(TOKEN_BYTES)
    feed = FeedToken(
        member=member,
        name=name.strip()[:80],
        kind=kind,
        token_hash=token_hash(token),
        saved=Filter.of(saved or {}).said(),
        remind_days=remind_days,
    )
    feed.save(force_insert=True)
    log(MAKE, object_id=feed.pk, kind=kind)
    return feed, token


@transaction.atomic
def revoke_feed(*, member: Member, feed: FeedToken) -> None:
    """Revoke a subscription: its address gives nothing from now on."""
    require(member, REVOKE)
    FeedToken.objects.filter(pk=feed.pk, revoked_at=None).update(revoked_at=clock.now())
    log(REVOKE, object_id=feed.pk)


def token_hash(token: str) -> bytes:
    """What is kept of a token."""
    return hashlib.sha256(token.encode()).digest()


def reader_of(*, token: str) -> tuple[UUID, Member] | None:
    """The subscription and its member; None if the address gives nothing (unknown, revoked, dismissed)."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT feed, reader FROM partnership_feed(%s)", [token_hash(token)])
        row = cursor.fetchone()
    member = Member.objects.filter(pk=row[1]).first() if row else None
    return (row[0], member) if member is not None else None
