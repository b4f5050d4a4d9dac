"""Victims' claims with what is shared and paid of each, sharings with how each share came about, and who waits."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce

from palermo.prosecution.enums import AssetState, ClaimState, Payee, ShareWay
from palermo.prosecution.methods.rates import Rate, Rates, owed_in, rate_on, settled_by
from palermo.prosecution.methods.restitution import Restitution, by_loss, by_trace, victims_first
from palermo.prosecution.models import Asset, Investigation, Party, Recovered, Share, Sharing, VictimClaim, VictimLink
from palermo.prosecution.queries.assets import assets
from palermo.prosecution.queries.books import accepted_book, ledger_in, rows_of
from palermo.prosecution.queries.investigations import accounts_of
from palermo.prosecution.queries.links import Offer, standing
from palermo.prosecution.queries.sealed import opened
from palermo.vocabulary.errors import Refusal


@dataclass(frozen=True)
class Claimed:
    """A claim with what became of it, minor units.

    Attributes:
        link: the referral through which those who protect the person are met, while the consent stands.
        shared: in sharings that stand, paid or not; in the claim's own currency, as all amounts of it.
    """

    claim: VictimClaim
    link: Offer | None
    shared: int
    paid: int

    @property
    def open(self) -> int:
        """Approved and in no sharing yet."""
        return max(self.claim.approved - self.shared, 0) if self.claim.state == ClaimState.APPROVED else 0

    @property
    def owed(self) -> int:
        """Approved and not paid."""
        return self.claim.approved - self.paid

    @property
    def waits(self) -> bool:
        """Undecided, or not paid in full: the same as SQL's prosecution_victims_wait() asks of all."""
        return self.claim.state == ClaimState.MADE or self.owed > 0


def claims_of(investigation_id: UUID) -> list[Claimed]:
    """All claims by number. Four statements."""
    links = VictimLink.objects.filter(investigation_id=investigation_id, ended_at=None)
    by_party = {link.party_id: link for link in links}
    live = standing(by_party.values())
    shared: dict[UUID, list[int]] = {}
    for claim_id, amount, paid_on in Share.objects.filter(
        investigation_id=investigation_id, payee=Payee.VICTIM, withdrawn_at=None
    ).values_list("claim_id", "settles", "paid_on"):
        total = shared.setdefault(claim_id, [0, 0])
        total[0] += amount
        total[1] += amount if paid_on else 0
    found = []
    for claim in VictimClaim.objects.filter(investigation_id=investigation_id).select_related("party"):
        link = by_party.get(claim.party_id)
        found.append(Claimed(claim, live[link.pk] if link else None, *shared.get(claim.pk, (0, 0))))
    return found


def link_stands(party: Party) -> bool:
    """Whether a link by consent stands for this victim at this moment."""
    return any(standing(VictimLink.objects.filter(party=party, ended_at=None)).values())


def claims_waiting(investigation_id: UUID) -> int:
    """How many claims wait (`Claimed.waits`). One statement."""
    paid = Share.objects.filter(claim=OuterRef("pk")).exclude(paid_on=None).order_by().values("claim")
    owed = Coalesce(Subquery(paid.annotate(total=Sum("settles")).values("total")), 0)
    waits = Q(state=ClaimState.MADE) | Q(state=ClaimState.APPROVED, approved__gt=owed)
    return VictimClaim.objects.filter(waits, investigation_id=investigation_id).count()


def victims_wait(investigation_id: UUID) -> bool:
    """Whether a claim is undecided, or approved and not paid in full: then the State waits. The database's own word."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT prosecution_victims_wait(%s)", [investigation_id])
        return bool(cursor.fetchone()[0])


@dataclass(frozen=True)
class Owed:
    """An open claim in the currency that is shared.

    Attributes:
        minor: what is open of it in that currency, minor units.
        rate: from the claim's currency; None where it is the same.
    """

    claimed: Claimed
    minor: int
    rate: Rate | None = None

    @property
    def claim(self) -> VictimClaim:
        return self.claimed.claim

    def settles(self, share: int) -> int:
        """How much of the claim a share settles, in the claim's currency."""
        return share if self.rate is None else settled_by(share, self.minor, self.claimed.open, self.rate)


def owed_in_currency(known: Sequence[Claimed], currency: str, rates: Rates, day: dt.date) -> list[Owed]:
    """Open claims of this currency, and those of others that a rate of the day or before brings into it."""
    found = []
    for one in known:
        if not one.open:
            continue
        if one.claim.currency == currency:
            found.append(Owed(one, one.open))
        elif (rate := rate_on(rates, one.claim.currency, currency, day)) is not None:
            found.append(Owed(one, owed_in(one.open, rate), rate))
    return found


@dataclass(frozen=True)
class Shared:
    """A sharing with what it was made of and who gets what."""

    sharing: Sharing
    recovered: list[Recovered]
    shares: list[Share]

    @cached_property
    def told(self) -> dict[str, Any]:
        """How each share came about and what was converted, unsealed when it is asked for."""
        return opened(self.sharing.sealed_told)

    @property
    def touched(self) -> bool:
        """Something of it is paid."""
        return any(one.paid_on for one in self.shares)


def sharings(investigation_id: UUID, *, only: UUID | None = None) -> list[Shared]:
    """All sharings by number, or that one alone. Three statements."""
    asked = {"pk": only} if only else {}
    of_asked = {"sharing": only} if only else {}
    sources: dict[UUID, list[Recovered]] = {}
    for one in Recovered.objects.filter(investigation_id=investigation_id, **of_asked).select_related("asset"):
        sources.setdefault(one.sharing_id, []).append(one)
    shares: dict[UUID, list[Share]] = {}
    for share in Share.objects.filter(investigation_id=investigation_id, **of_asked).select_related("claim__party"):
        shares.setdefault(share.sharing_id, []).append(share)
    order = list(Payee)
    found = Sharing.objects.filter(investigation_id=investigation_id, **asked).select_related("order", "rest_of")
    return [
        Shared(
            sharing,
            sources.get(sharing.pk, []),
            sorted(
                shares.get(sharing.pk, []),
                key=lambda one: (order.index(Payee(one.payee)), one.claim.number if one.claim else 0),
            ),
        )
        for sharing in found
    ]


def shareable(investigation_id: UUID) -> list[Asset]:
    """Confiscated assets that stand in no sharing, by number."""
    shared = Recovered.objects.filter(investigation_id=investigation_id, sharing__withdrawn_at=None)
    return list(assets(investigation_id).filter(state=AssetState.CONFISCATED).exclude(pk__in=shared.values("asset_id")))


def shared_by(
    way: str, investigation: Investigation, brought: Mapping[Asset, int], owed: Sequence[Owed], currency: str
) -> Restitution:
    """What was recovered among the open claims; what no claim is traced into goes to them by loss all the same.

    Args:
        way: one of `ShareWay`.
        brought: minor units by asset.
        owed: claims in the currency, each with something open.

    Raises:
        Refusal: the rolling charge without a ledger, or without a victim's account or an asset in it.
    """
    if way == ShareWay.PARI_PASSU:
        return shared_by_loss(sum(brought.values()), owed)
    return _by_label(_rolling(investigation, brought, owed, currency), owed)


def shared_by_loss(total: int, owed: Sequence[Owed]) -> Restitution:
    """The same by loss, of minor units that no asset stands for."""
    return _by_label(by_loss(total, _lost(owed)), owed)


def _key(one: Owed) -> str:
    """A claim's name while it is shared: what is left over goes by name, and so by number (C-2 before C-10)."""
    return f"{one.claim.number:010}"


def _lost(owed: Sequence[Owed]) -> dict[str, int]:
    return {_key(one): one.minor for one in owed}


def _by_label(done: Restitution, owed: Sequence[Owed]) -> Restitution:
    """The same with claims called as everywhere."""
    labels = {_key(one): one.claim.label for one in owed}
    return replace(
        done,
        paid={labels[key]: minor for key, minor in done.paid.items()},
        lost={labels[key]: minor for key, minor in done.lost.items()},
        parts=tuple(replace(part, claim=labels[part.claim]) for part in done.parts),
    )


def _rolling(
    investigation: Investigation,
    brought: Mapping[Asset, int],
    owed: Sequence[Owed],
    currency: str,
) -> Restitution:
    from palermo.prosecution.methods.tracing import Claim, Rule, trace  # noqa: PLC0415 -- heavy
    from palermo.prosecution.methods.tracing.claims import payments_of  # noqa: PLC0415 -- heavy

    book = accepted_book(investigation)
    rows = rows_of(book)
    if not (rows["currency"] == currency).any():
        raise Refusal(f"the ledger has no row in {currency}", where="way", remedy="Share by loss.")
    ledger = ledger_in(book, rows.filter(rows["currency"] == currency), currency=currency, question={})
    known = set(ledger.accounts.to_list())
    held = accounts_of(investigation.pk)
    claims = [
        Claim(_key(one), part.row, part.amount)
        for one in owed
        for account, party in sorted(held.items(), key=lambda pair: pair[0])
        if party.pk == one.claim.party_id and account in known
        for part in payments_of(ledger, account)
    ]
    recovered = {
        account: amount
        for asset, amount in brought.items()
        for account in [opened(asset.sealed_description).get("account", "")]
        if account in known
    }
    if not claims or not recovered:
        what = "no asset is an account of the ledger" if claims else "no victim's account is in the ledger"
        raise Refusal(what, where="way", remedy="Share by loss, or note the accounts first.")
    done = by_trace(trace(ledger, claims, Rule.PRO_RATA), recovered, _lost(owed))
    beside = sum(brought.values()) - sum(recovered.values())
    return victims_first(Restitution(done.way, done.paid, done.lost, done.surplus + beside, done.parts))
