"""Statements in: each under its authority, sealed at once, read at once; what is wrong is said with file and row."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import uuid4

from django.db import transaction

from palermo.office import clock
from palermo.office.domain.acting import log
from palermo.office.domain.rights import allow
from palermo.office.enums import Role
from palermo.office.models import Member
from palermo.prosecution.domain.evidence import add_item, check_authority
from palermo.prosecution.domain.investigations import require_desk, require_open
from palermo.prosecution.domain.sealed import keep_content, sealed_json
from palermo.prosecution.enums import EvidenceKind, FileState
from palermo.prosecution.formats.statements import FIELDS
from palermo.prosecution.formats.statements.peek import is_table
from palermo.prosecution.models import BankReading, Investigation, LawfulAuthority, StatementFile
from palermo.prosecution.queries.sealed import content_of, opened
from palermo.prosecution.queries.statements import Said, attempt, reading_of
from palermo.vocabulary.errors import Refusal

KEEP = allow("prosecution.keep_statements", Role.INVESTIGATOR)
MEND = allow("prosecution.mend_reading", Role.INVESTIGATOR)
SAVE = allow("prosecution.save_bank_reading", Role.INVESTIGATOR)

#: Bytes of one statement file at most. A larger ledger goes through the command line.
MOST = 50_000_000


@dataclass(frozen=True)
class Upload:
    """A file as it came: its name and its bytes."""

    name: str
    data: bytes


@transaction.atomic
def keep_statements(
    *, member: Member, investigation: Investigation, authority: LawfulAuthority, bank: str, files: Sequence[Upload]
) -> list[StatementFile]:
    """Keep files of one bank under an authority in force, each an item of evidence with its SHA-256, and read them.

    A file that cannot be read is kept with the reason, so that it can be mended or asked for anew; nothing of it
    reaches a ledger. A file that is there already is not kept twice.
    """
    require_open(member=member, investigation=investigation, verb=KEEP)
    check_authority(authority=authority, investigation=investigation)
    if not files:
        raise Refusal("choose at least one file", where="files")
    if not bank.strip():
        raise Refusal("name the bank", where="bank", remedy="Its way of writing statements is kept under that name.")
    return [kept for one in files if (kept := _keep(member, investigation, authority, bank.strip(), one))]


def _keep(
    member: Member, investigation: Investigation, authority: LawfulAuthority, bank: str, one: Upload
) -> StatementFile | None:
    if not one.data or len(one.data) > MOST:
        raise Refusal(
            "the file is empty" if not one.data else "the file is larger than 50 MB", where="files", remedy=one.name
        )
    sha256 = hashlib.sha256(one.data).hexdigest()
    if StatementFile.objects.filter(investigation=investigation, sha256=sha256).exists():
        return None
    item = add_item(
        member=member,
        investigation=investigation,
        kind=EvidenceKind.STATEMENT,
        source=bank,
        description=one.name,
        obtained_on=clock.now().date(),
        authority=authority,
        sha256=sha256,
        custodian=str(member.agency),
    )
    said = Said(name=one.name)
    state, report = _read(one.data, said, BankReading.objects.filter(bank=bank).first())
    kept = StatementFile(
        id=uuid4(),
        agency=member.agency,
        investigation=investigation,
        authority=authority,
        item=item,
        bank=bank,
        sealed_name=sealed_json(name=one.name),
        sha256=sha256,
        size=len(one.data),
        state=state,
        sealed_reading=sealed_json(**said.as_json()),
        sealed_report=sealed_json(**report),
        uploaded_at=clock.now(),
    )
    kept.save(force_insert=True)
    keep_content(agency=member.agency, owner_id=kept.pk, data=one.data)
    log(KEEP, object_id=kept.pk, sha256=sha256)
    return kept


def _read(data: bytes, said: Said, saved: BankReading | None) -> tuple[str, dict[str, Any]]:
    report = attempt(data, said, reading_of(said, saved))
    if "problem" not in report:
        return FileState.READ, report
    where = str(report["problem"]["where"])
    mendable = is_table(data) and ("column balance" not in where)
    return (FileState.TO_MEND if mendable and not report["problem"]["foots"] else FileState.REFUSED), report


@transaction.atomic
def mend_reading(*, member: Member, file: StatementFile, said: Mapping[str, Any], bank: str = "") -> StatementFile:
    """Say of one file what it does not say itself (account, currency, balances), and read it again."""
    require_open(member=member, investigation=file.investigation, verb=MEND)
    before = Said.of(opened(file.sealed_name)["name"], opened(file.sealed_reading))
    now = replace(before, **said)
    saved = BankReading.objects.filter(bank=bank or file.bank).first()
    state, report = _read(content_of(file.pk), now, saved)
    file.state, file.bank = state, bank or file.bank
    file.sealed_reading, file.sealed_report = sealed_json(**now.as_json()), sealed_json(**report)
    file.save(update_fields=["state", "bank", "sealed_reading", "sealed_report"])
    log(MEND, object_id=file.pk)
    return file


@transaction.atomic
def save_bank_reading(
    *, member: Member, bank: str, columns: Mapping[str, str], dates: str = "", decimal: str = "", currency: str = ""
) -> BankReading:
    """Save how the files of a bank are read; the next file of that bank is read so at once."""
    require_desk(member=member, verb=SAVE)
    unknown = set(columns) - set(FIELDS)
    if unknown or dates not in ("", "dmy", "mdy", "ymd") or decimal not in ("", ".", ","):
        raise Refusal("this is no way to read a file", where="columns", remedy="Choose from the lists.")
    values = {"columns": dict(columns), "dates": dates, "decimal": decimal, "currency": currency.strip().upper()}
    found = BankReading.objects.filter(bank=bank).first()
    if found is None:
        found = BankReading(agency=member.agency, bank=bank, saved_at=clock.now(), **values)
        found.save(force_insert=True)
    else:
        for name, value in {**values, "saved_at": clock.now()}.items():
            setattr(found, name, value)
        found.save(update_fields=[*values, "saved_at"])
    log(SAVE, object_id=found.pk)
    return found
