"""What leaves an investigation as data: persons by role, accounts, rows, reasons. Victims are never subjects."""

from dataclasses import dataclass

from palermo.office.domain.acting import log
from palermo.office.domain.rights import NotAllowed, allow
from palermo.office.enums import Role
from palermo.office.models import Member
from palermo.prosecution.domain.investigations import require_desk
from palermo.prosecution.enums import SUSPECTS
from palermo.prosecution.models import Investigation, Party
from palermo.prosecution.queries.books import newest_book
from palermo.prosecution.queries.investigations import accounts_of, assessments, parties
from palermo.prosecution.queries.leaving import Leaving, leaving_of
from palermo.prosecution.queries.sealed import opened

EXPORT = allow("prosecution.export_investigation", Role.INVESTIGATOR)


@dataclass(frozen=True)
class ExportPerson:
    """A suspect or witness, with name; a victim never is one."""

    label: str
    roles: tuple[str, ...]
    name: str
    known: str
    accounts: tuple[str, ...]


@dataclass(frozen=True)
class ExportTransaction:
    """A row of the ledger with its place in an item of evidence.

    Attributes:
        source, target: accounts, empty for outside.
        amount: as a decimal string.
        file: the item of evidence, E-1 …
        protected: sides (`source`, `target`) that are a victim's account.
    """

    id: str
    day: str
    source: str
    target: str
    amount: str
    currency: str
    text: str
    file: str
    line: int
    sha256: str
    protected: tuple[str, ...] = ()


@dataclass(frozen=True)
class InvestigationExport:
    """An investigation as data. Nothing of a secret report is in it.

    Attributes:
        subjects: suspects who are no victims; whoever is both stands in `protected_labels` only.
        protected_labels, protected_accounts: victims by their number, and their accounts; no names.
        banks: account → the bank whose statement tells of it.
        reasons: elements that are held, in words, without names.
    """

    code: str
    title: str
    opened_on: str
    agency: str
    state: str
    subjects: tuple[ExportPerson, ...]
    witnesses: tuple[ExportPerson, ...]
    protected_labels: tuple[str, ...]
    protected_accounts: tuple[str, ...]
    banks: dict[str, str]
    transactions: tuple[ExportTransaction, ...]
    reasons: tuple[str, ...]


def require_own(*, member: Member, investigation: Investigation, verb: str) -> None:
    """Refuse unless the investigation is the own agency's; what is closed may still be told."""
    require_desk(member=member, verb=verb)
    if investigation.agency_id != member.agency_id:
        raise NotAllowed(verb, "this investigation is another agency's")


def export_investigation(*, member: Member, investigation: Investigation) -> InvestigationExport:
    """What goAML and FollowTheMoney are made from; a line in the log says that it was gathered."""
    require_own(member=member, investigation=investigation, verb=EXPORT)
    log(EXPORT, object_id=investigation.pk)
    return gathered(investigation)


def gathered(investigation: Investigation, rows: Leaving | None = None) -> InvestigationExport:
    """The same for the agency's automatic hand, once a member has asked for it (and the log says so).

    Args:
        rows: what may leave, where it is at hand.
    """
    people = parties(investigation.pk)
    owners = accounts_of(investigation.pk)
    victims = {party.pk for party in people if party.is_victim}
    if rows is None and newest_book(investigation, ready=True):
        rows = leaving_of(investigation)
    held = {account for account, party in owners.items() if party.pk in victims}
    known = rows.labels if rows else {}

    def person(party: Party) -> ExportPerson:
        who = opened(party.sealed)
        mine = tuple(sorted(account for account, owner in owners.items() if owner.pk == party.pk))
        return ExportPerson(party.label, tuple(party.roles), who["name"], who.get("known", ""), mine)

    others = [party for party in people if party.pk not in victims]
    return InvestigationExport(
        code=investigation.code,
        title=investigation.title,
        opened_on=investigation.opened_at.date().isoformat(),
        agency=str(investigation.agency),
        state=investigation.agency.state,
        subjects=tuple(person(party) for party in others if set(party.roles) & SUSPECTS),
        witnesses=tuple(person(party) for party in others if not set(party.roles) & SUSPECTS),
        protected_labels=tuple(party.label for party in people if party.pk in victims),
        protected_accounts=tuple(sorted({known.get(one, one) for one in held} | set(rows.protected if rows else ()))),
        banks=rows.banks if rows else {},
        transactions=_transactions(rows) if rows else (),
        reasons=_reasons(investigation, people),
    )


def _transactions(leaving: Leaving) -> tuple[ExportTransaction, ...]:
    return tuple(
        ExportTransaction(
            id=row["id"],
            day=row["time"].isoformat(),
            source=row["source"] or "",
            target=row["target"] or "",
            amount=str(row["amount"]),
            currency=row["currency"],
            text=row["text"],
            file=row["file"],
            line=row["line"],
            sha256=row["sha256"],
            protected=tuple(side for side in ("source", "target") if row[side] in leaving.protected),
        )
        for row in leaving.rows.sort("time", "id").iter_rows(named=True)
    )


def _reasons(investigation: Investigation, people: list[Party]) -> tuple[str, ...]:
    found = []
    for party, assessment, _supports in assessments(investigation.pk, people):
        found += [
            f"{party.label}: {one.element} ({', '.join(one.codes)}), {', '.join(one.items)}"
            for one in assessment.findings
            if one.items
        ]
    return tuple(found)
