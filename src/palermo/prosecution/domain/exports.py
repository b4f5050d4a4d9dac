"""To ask for a file that leaves the room, to make it in the background, and to take it out."""

import hashlib
from collections.abc import Mapping
from typing import Any

from django.db import transaction

from palermo.office import clock
from palermo.office.domain.acting import at_length, log
from palermo.office.domain.background import defer
from palermo.office.domain.rights import allow
from palermo.office.enums import Role
from palermo.office.models import Member
from palermo.prosecution.domain.export import require_own
from palermo.prosecution.domain.sealed import keep_content, sealed_json
from palermo.prosecution.enums import ExportKind, ExportState
from palermo.prosecution.models import Export, Investigation
from palermo.prosecution.queries.books import accepted_book
from palermo.prosecution.queries.sealed import content_of, opened
from palermo.vocabulary.errors import Refusal

ASK = allow("prosecution.ask_export", Role.INVESTIGATOR)
TAKE = allow("prosecution.take_export", Role.INVESTIGATOR)
WORK = "prosecution.make_export"
#: Kind → how the file ends, and its type.
FORMS = {
    ExportKind.EVIDENCE: ("zip", "application/zip"),
    ExportKind.GOAML: ("xml", "application/xml"),
    ExportKind.ENTITIES: ("ftm.json", "application/jsonl"),
    ExportKind.ROWS: ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}


@transaction.atomic
def ask_export(*, member: Member, investigation: Investigation, kind: str, asked: Mapping[str, Any]) -> Export:
    """Ask for a file that leaves the room; it is made in the background and kept sealed.

    Args:
        kind: one of `ExportKind`.
        asked: of an evidence file what `packs.evidence_of` takes; of a goAML report `profile` and what
            `goaml_case.NEEDED` lists; nothing of the others.
    """
    require_own(member=member, investigation=investigation, verb=ASK)
    if kind not in ExportKind.values:
        raise Refusal("this does not leave the room", where="kind", remedy="Choose from the list.")
    if kind == ExportKind.EVIDENCE and not asked.get("accounts"):
        raise Refusal("say whose payments to follow", where="accounts", remedy="Choose at least one account.")
    accepted_book(investigation)
    export = Export(
        agency=member.agency,
        investigation=investigation,
        kind=kind,
        sealed_asked=sealed_json(**asked),
        asked_at=clock.now(),
        asked_by=member.pk,
    )
    export.save(force_insert=True)
    defer(WORK, export=export.pk)
    log(ASK, object_id=export.pk, kind=kind)
    return export


@transaction.atomic
def make_export(*, export: Export) -> Export:
    """Make the file that was asked for. Background work, as the agency's automatic hand."""
    if export.state != ExportState.QUEUED:
        return export
    from palermo.prosecution.domain.packs import file_of  # noqa: PLC0415 -- heavy

    try:
        with at_length():
            data = file_of(export, opened(export.sealed_asked))
    except Refusal as refusal:
        export.state, export.sealed_problem = ExportState.FAILED, sealed_json(message=str(refusal))
        export.save(update_fields=["state", "sealed_problem"])
        return export
    keep_content(agency=export.agency, owner_id=export.pk, data=data)
    export.state, export.made_at = ExportState.DONE, clock.now()
    export.sha256, export.size = hashlib.sha256(data).hexdigest(), len(data)
    export.save(update_fields=["state", "sha256", "size", "made_at"])
    return export


@transaction.atomic
def take_export(*, member: Member, export: Export) -> bytes:
    """Take a file out of the room; a line in the log with its SHA-256."""
    require_own(member=member, investigation=export.investigation, verb=TAKE)
    if export.state != ExportState.DONE:
        raise Refusal("the file is not made", where="export", remedy="Wait until it is done, or ask again.")
    log(TAKE, object_id=export.pk, kind=export.kind, sha256=export.sha256)
    return content_of(export.pk)
