"""What leaves an investigation as data: persons by role, accounts, rows, reasons. Victims are never subjects."""

from dataclasses import dataclass

import polars as pl

from palermo.office.domain.acting import log
from palermo.office.domain.rights import allow
from palermo.office.enums import Role
from palermo.office.models import Member
from palermo.prosecution.domain.investigations import require_desk
from palermo.prosecution.enums import SUSPECTS
from palermo.prosecution.models import Investigation, Party, StatementFile
from palermo.prosecution.queries.books import newest_book, rows_of
from palermo.prosecution.queries.investigations import accounts_of, assessments, parties
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
    """A row of the ledger with its place in a file.

    Attributes:
        source, target: accounts, empty for outside.
        amount: as a decimal string.
        protected: sides (`source`, `target`) that are a victim's account.
        secret: it rests on a secret report alone: for the financial intelligence unit, for nobody else.
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
    secret: bool = False


@dataclass(frozen=True)
class InvestigationExport:
    """An investigation as data.

    Attributes:
        subjects: suspects who are no victims; whoever is both stands in `protected_labels` only.
        protected_labels, protected_accounts: victims by their number, and their accounts; no names.
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
    transactions: tuple[ExportTransaction, ...]
    reasons: tuple[str, ...]


def export_investigation(*, member: Member, investigation: Investigation) -> InvestigationExport:
    """Gather an investigation for a report; a line in the log says that it was done."""
    return investigation_for_export(member=member, investigation=investigation)


def investigation_for_export(*, member: Member, investigation: Investigation) -> InvestigationExport:
    """What goAML, FollowTheMoney and the evidence file are made from."""
    require_desk(member=member, verb=EXPORT)
    people = parties(investigation.pk)
    owners = accounts_of(investigation.pk)
    victims = {party.pk for party in people if party.is_victim}
    protected = {account for account, party in owners.items() if party.pk in victims}
    log(EXPORT, object_id=investigation.pk)

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
        protected_accounts=tuple(sorted(protected)),
        transactions=_transactions(investigation, protected),
        reasons=_reasons(investigation, people),
    )


def _transactions(investigation: Investigation, protected: set[str]) -> tuple[ExportTransaction, ...]:
    book = newest_book(investigation, ready=True)
    if book is None:
        return ()
    files = StatementFile.objects.filter(pk__in=book.files, authority__secret=True)
    secret = set(files.values_list("sha256", flat=True))
    frame = rows_of(book).with_columns(pl.col("source").fill_null(""), pl.col("target").fill_null(""))
    return tuple(
        ExportTransaction(
            id=row["id"],
            day=row["time"].isoformat(),
            source=row["source"],
            target=row["target"],
            amount=str(row["amount"]),
            currency=row["currency"],
            text=row["text"],
            file=row["file"],
            line=row["line"],
            sha256=row["sha256"],
            protected=tuple(side for side in ("source", "target") if row[side] in protected),
            secret=row["sha256"] in secret and row["other_sha256"] in (None, *secret),
        )
        for row in frame.iter_rows(named=True)
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
