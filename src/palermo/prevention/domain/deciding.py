"""To decide on a release after its review: publish it, withhold it, or take it back, each with the reason."""

import hashlib

from django.db import transaction

from palermo.office import clock
from palermo.office.domain.acting import log
from palermo.office.domain.rights import allow
from palermo.office.enums import Role
from palermo.office.models import Member
from palermo.prevention.domain.studies import require_open, said
from palermo.prevention.enums import ReleaseState
from palermo.prevention.models import PublicTable, Release
from palermo.prevention.queries.releases import made_of
from palermo.vocabulary.errors import Refusal

DECIDE = allow("prevention.decide_release", Role.ANALYST)
WITHDRAW = allow("prevention.withdraw_release", Role.ANALYST)


@transaction.atomic
def decide_release(*, member: Member, release: Release, publish: bool, reason: str) -> Release:
    """Publish a release or withhold it. What it told is spent either way, since somebody has seen it.

    Args:
        reason: why, in view of the review: what was found, and why it is acceptable or is not.
    """
    require_open(member=member, study=release.study, verb=DECIDE)
    if release.state != ReleaseState.REVIEW:
        raise Refusal("this release does not wait for a decision", where="release", remedy="Look at its state.")
    why = said(reason, where="reason", remedy="One sentence about what the review found.", least=20)
    if publish:
        made = made_of(release)
        PublicTable.objects.bulk_create(
            PublicTable(
                agency=member.agency,
                study=release.study,
                release=release,
                code=release.code,
                title=release.title,
                name=name,
                csv=csv,
                rows=csv.count("\n") - 1,
                sha256=hashlib.sha256(csv.encode()).hexdigest(),
                told=made["told"],
                published_at=clock.now(),
            )
            for name, csv in made["tables"].items()
        )
    _settle(member, release, ReleaseState.PUBLISHED if publish else ReleaseState.WITHHELD, why)
    log(DECIDE, object_id=release.pk, publish=publish)
    return release


@transaction.atomic
def withdraw_release(*, member: Member, release: Release, reason: str) -> Release:
    """Take a published release off the public page. What was read is not unread, and stays spent."""
    require_open(member=member, study=release.study, verb=WITHDRAW)
    if release.state != ReleaseState.PUBLISHED:
        raise Refusal("this release is not published", where="release", remedy="Look at its state.")
    why = said(reason, where="reason", remedy="One sentence on what is wrong with it.")
    PublicTable.objects.filter(release=release).update(withdrawn_at=clock.now())
    _settle(member, release, ReleaseState.WITHDRAWN, why)
    log(WITHDRAW, object_id=release.pk)
    return release


def _settle(member: Member, release: Release, state: str, why: str) -> None:
    release.state, release.reason = state, why[:500]
    release.decided_at, release.decided_by = clock.now(), member.pk
    release.save(update_fields=["state", "reason", "decided_at", "decided_by"])
