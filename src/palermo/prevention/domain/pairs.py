"""Clerical review of a linkage: to look at a pair, to decide on it, to count what came of it, to give it up."""

from typing import TYPE_CHECKING

from django.db import transaction

from palermo.office import clock
from palermo.office.domain.acting import log
from palermo.office.domain.rights import NotAllowed, allow, require
from palermo.office.enums import Role
from palermo.office.models import Member
from palermo.prevention.domain.once import insert_once
from palermo.prevention.domain.studies import require_open, said
from palermo.prevention.enums import LinkingState, PairVerdict
from palermo.prevention.models import Decision, HeldPart, Linking, ListTable
from palermo.prevention.queries.linking import decisions_of, held_of
from palermo.prevention.queries.tables import groups_json
from palermo.vocabulary.errors import Refusal

if TYPE_CHECKING:
    from palermo.prevention.formats.held import Held

READ = allow("prevention.read_pair", Role.ANALYST)
DECIDE = allow("prevention.decide_pair", Role.ANALYST)
COUNT = allow("prevention.count_linking", Role.ANALYST)
DISCARD = allow("prevention.discard_linking", Role.ANALYST)


def _require_held(*, member: Member, linking: Linking, verb: str) -> None:
    require_open(member=member, study=linking.study, verb=verb)
    if linking.state != LinkingState.REVIEW or linking.until <= clock.now():
        raise Refusal("the files of this linkage are deleted", where="linking", remedy="Bring them anew.")


@transaction.atomic
def read_pair(*, member: Member, linking: Linking, pair: int) -> "Held":
    """Open the held files to show one pair, and log who looked.

    Raises:
        Refusal: there is no such pair, or the files are deleted.
    """
    _require_held(member=member, linking=linking, verb=READ)
    _require_pair(linking, pair)
    log(READ, object_id=linking.pk)
    return held_of(linking)


@transaction.atomic
def decide_pair(*, member: Member, linking: Linking, pair: int, verdict: str, reason: str) -> Decision:
    """Say that two records are one person or two, or that one cannot tell; the newest decision counts."""
    _require_held(member=member, linking=linking, verb=DECIDE)
    _require_pair(linking, pair)
    if verdict not in PairVerdict.values:
        raise Refusal("say what you found", where="verdict", remedy="Choose from the list.")
    kept = Decision(agency=member.agency, linking=linking, pair=pair, verdict=verdict)
    kept.reason = said(reason, where="reason", remedy="What speaks for it, without a name.", least=3)[:200]
    kept.decided_at, kept.decided_by = clock.now(), member.pk
    kept.save(force_insert=True)
    log(DECIDE, object_id=linking.pk)
    return kept


@transaction.atomic
def count_linking(*, member: Member, linking: Linking) -> ListTable:
    """Join the records with all decisions, keep the counts of who is on which list, and delete the files."""
    from palermo.prevention.methods import linkage  # noqa: PLC0415 -- heavy

    _require_held(member=member, linking=linking, verb=COUNT)
    held = held_of(linking)
    ends = held.doubtful.select("left", "right").rows()
    verdicts = {ends[pair]: one.verdict for pair, one in decisions_of(linking).items()}
    lists = linkage.overlaps(linkage.decided(held.found, verdicts))
    kept = ListTable(
        agency=member.agency,
        study=linking.study,
        name=linking.name,
        lists=list(lists.names),
        by=[],
        groups=groups_json([((), lists)]),
        observed=lists.observed,
        shared=lists.shared,
        linkage=linking.linkage,
        sha256=linking.sha256,
        delivered_by=linking.delivered_by,
        delivered_on=linking.delivered_on,
        kept_at=clock.now(),
        kept_by=member.pk,
    )
    twice = "counts of these very files are kept already"
    insert_once(kept, otherwise=Refusal(twice, where="linking", remedy="Look under Lists."))
    linking.table = kept
    end(linking, LinkingState.COUNTED)
    log(COUNT, object_id=linking.pk)
    return kept


@transaction.atomic
def discard_linking(*, member: Member, linking: Linking) -> None:
    """Delete the files without counting."""
    require(member, DISCARD)
    if linking.agency_id != member.agency_id:
        raise NotAllowed(DISCARD, "this linkage is another office's")
    if linking.state != LinkingState.REVIEW:
        raise Refusal("the files of this linkage are deleted", where="linking")
    end(linking, LinkingState.DISCARDED)
    log(DISCARD, object_id=linking.pk)


def end(linking: Linking, state: str) -> None:
    """Delete the held files for good; the state is the last one."""
    HeldPart.objects.filter(linking=linking).delete()
    linking.state, linking.ended_at = state, clock.now()
    linking.save(update_fields=["state", "ended_at", "table"])


def _require_pair(linking: Linking, pair: int) -> None:
    if not 0 <= pair < linking.pairs:
        raise Refusal("there is no such pair", where="pair")
