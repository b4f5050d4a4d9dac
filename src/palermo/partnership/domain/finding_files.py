"""Findings from a file, all of it or nothing; and into one."""

from django.db import transaction

from palermo.office.domain.acting import attempting, log
from palermo.office.domain.rights import allow, require
from palermo.office.models import Member
from palermo.partnership.domain.clearing import DESK
from palermo.partnership.domain.findings import READ, Source, Wording, record_finding
from palermo.partnership.enums import Clearance
from palermo.partnership.enums.findings import TextStage
from palermo.partnership.formats.findings_csv import FindingRow, read_findings_csv, write_findings_csv
from palermo.partnership.models import Finding
from palermo.partnership.queries.findings import with_texts
from palermo.vocabulary.errors import Refusal

IMPORT = allow("partnership.import_findings", *DESK)
#: Column by what the verb calls it, where the two differ.
_PLACES = {"source": "source_kind", "theme": "themes", "readers": "clearance"}


@transaction.atomic
def import_findings(*, member: Member, data: bytes, name: str = "file") -> int:
    """Record every finding of a CSV file, or none.

    Returns:
        How many were recorded.

    Raises:
        Refusal: the first thing that is wrong, with file, row and column.
    """
    require(member, IMPORT)
    rows = list(read_findings_csv(data, name=name))
    with attempting():
        for number, row in rows:
            try:
                _record(member, row)
            except Refusal as refusal:
                where = f"{name}, row {number}, {_PLACES.get(refusal.where, refusal.where) or 'title'}"
                raise Refusal(refusal.message, where=where, remedy=refusal.remedy) from refusal
    log(IMPORT, rows=len(rows))
    return len(rows)


def _record(member: Member, row: FindingRow) -> None:
    record_finding(
        member=member,
        kind=row.kind,
        title=row.title,
        source=Source(row.source_kind, row.found_on, row.source_reference, row.body),
        state=row.state,
        themes=row.themes,
        reference=row.reference,
        urgency=row.urgency,
        addressee=row.addressee,
        deadline=row.deadline,
        texts=(Wording(row.language or "en", row.text or row.title),),
        stage=row.stage or TextStage.DRAFT,
        clearance=row.clearance or Clearance.OFFICE,
    )


def export_findings(*, member: Member, findings: list[Finding], language: str = "en") -> bytes:
    """Findings with their last text as CSV, as `import_findings` reads it. Two statements."""
    require(member, READ)
    texts = with_texts(findings, language)
    return write_findings_csv(
        FindingRow(
            one.reference,
            one.kind,
            one.state,
            one.body,
            one.title,
            tuple(one.themes),
            one.source_kind,
            one.source_reference,
            one.found_on,
            one.urgency,
            one.addressee,
            one.deadline,
            one.stage,
            language,
            texts.get(one.pk, ""),
            one.clearance,
        )
        for one in findings
    )
