"""Lists in: a file is read whole or refused whole, and only counts of capture histories are kept."""

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.db import transaction

from palermo.office import clock
from palermo.office.domain.acting import log
from palermo.office.domain.rights import allow
from palermo.office.enums import Role
from palermo.office.models import Member
from palermo.prevention.domain.once import at_the_file, digest_of_file, insert_once
from palermo.prevention.domain.studies import require_open, said
from palermo.prevention.enums import Linkage
from palermo.prevention.models import ListTable, Study
from palermo.prevention.queries.tables import groups_json, lists_of
from palermo.vocabulary.errors import Refusal

if TYPE_CHECKING:
    from palermo.prevention.methods.estimation import Lists
    from palermo.prevention.methods.estimation.strata import Group

KEEP = allow("prevention.keep_lists", Role.ANALYST)
WITHDRAW = allow("prevention.withdraw_lists", Role.ANALYST)

#: Bytes of a file at most; a larger one goes through the command line.
MOST = 20_000_000
#: Groups at most; a column with more values names no group.
MOST_GROUPS = 200
_TWICE = "this very file is kept already"


@transaction.atomic
def keep_lists(
    *,
    member: Member,
    study: Study,
    name: str,
    data: bytes,
    linkage: str,
    delivered_by: str,
    delivered_on: dt.date,
    by: Sequence[str] = (),
) -> ListTable:
    """Keep delivered lists as counts of who is on which of them; the file itself is not kept.

    Args:
        name: of the file, for its errors and for the list of tables.
        data: CSV: 0/1 for each list and a last column of counts, or one row a person.
        linkage: one of `Linkage`: how it was found out who is one person.
        delivered_by: an office or function, no person.
        by: columns that name groups (sex, age, form).

    Raises:
        Refusal: with row and column; nothing was kept.
    """
    require_open(member=member, study=study, verb=KEEP)
    sha256 = digest_of_file(data, name=name, most=MOST)
    if linkage not in Linkage.values:
        raise Refusal("say how persons were linked", where="linkage", remedy="Choose from the list.")
    if ListTable.objects.filter(study=study, sha256=sha256).exists():
        raise Refusal(_TWICE, where="file", remedy="Look under Lists.")
    groups = _read(data, name, by)
    kept = ListTable(
        agency=member.agency,
        study=study,
        name=name[:120],
        lists=list(next(iter(groups.values())).names),
        by=list(by),
        groups=groups_json(sorted(groups.items())),
        linkage=linkage,
        sha256=sha256,
        delivered_by=said(delivered_by, where="delivered_by", remedy="The office that delivered it.", least=2),
        delivered_on=delivered_on,
        kept_at=clock.now(),
        kept_by=member.pk,
    )
    whole = lists_of(kept)
    kept.observed, kept.shared = whole.observed, whole.shared
    insert_once(kept, otherwise=Refusal(_TWICE, where="file", remedy="Look under Lists."))
    log(KEEP, object_id=kept.pk, sha256=sha256)
    return kept


def _read(data: bytes, name: str, by: Sequence[str]) -> "dict[Group, Lists]":
    """The groups of a file; what the reader refuses is put at the form's field, its place in the sentence."""
    from palermo.prevention.formats.lists import read_lists, read_strata  # noqa: PLC0415 -- heavy

    with at_the_file():
        groups: dict[Group, Lists] = read_strata(data, by=by, name=name) if by else {(): read_lists(data, name=name)}
    if len(groups) > MOST_GROUPS:
        raise Refusal(
            f"the columns name {len(groups)} groups; at most {MOST_GROUPS} are kept",
            where="by",
            remedy="Take columns of few values: sex, age, form.",
        )
    if not sum(lists.observed for lists in groups.values()):
        raise Refusal("nobody is on any list", where="file", remedy="Check the counts.")
    return groups


@transaction.atomic
def withdraw_lists(*, member: Member, table: ListTable, reason: str) -> None:
    """Mark lists as withdrawn: nothing new is estimated from them; what was estimated keeps its record."""
    require_open(member=member, study=table.study, verb=WITHDRAW)
    why = said(reason, where="reason", remedy="One sentence on what is wrong with them.")
    if table.withdrawn_at is not None:
        raise Refusal("these lists are withdrawn already", where="table")
    table.withdrawn_at, table.withdrawal_reason = clock.now(), why[:300]
    table.save(update_fields=["withdrawn_at", "withdrawal_reason"])
    log(WITHDRAW, object_id=table.pk)
