"""To import the records of a year from a file: all of it or nothing, and twice is as good as once."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import IntegrityError, models, transaction

from palermo.office.domain.acting import log
from palermo.office.domain.rights import allow, require
from palermo.office.models import Member
from palermo.partnership.domain.clearing import DESK
from palermo.partnership.domain.kept import check
from palermo.partnership.domain.record_rows import Row, rows_of
from palermo.partnership.enums import Clearance
from palermo.partnership.formats.records_file import RecordsFile
from palermo.vocabulary.errors import Refusal

IMPORT = allow("partnership.import_records", *DESK)


@dataclass
class Imported:
    """What an import did, by kind of record; `differences` say where the file differs from what is kept."""

    year: int
    new: Counter[str] = field(default_factory=Counter)
    same: Counter[str] = field(default_factory=Counter)
    changed: Counter[str] = field(default_factory=Counter)
    differences: list[dict[str, str]] = field(default_factory=list)
    #: False if the file differs from what is kept and nobody said to take its values: then nothing was changed.
    written: bool = False


@transaction.atomic
def import_records(
    *, member: Member, file: RecordsFile, update: bool = False, clearance: str = Clearance.OFFICE
) -> Imported:
    """Keep the records and declared figures of a file.

    Records have stable ids, so that the same file changes nothing. Where a record differs from what is kept, the
    difference is named, and nothing of the file is taken unless `update` says so.

    Args:
        member: the co-ordinator or protocol officer in whose office's name it is kept.
        file: read by `formats.records_file.read_records`.
        update: take the file, also where it differs from what is kept.
        clearance: who may read what is new.

    Raises:
        Refusal: a record cannot be kept; nothing was.
    """
    require(member, IMPORT)
    if clearance not in {Clearance.PUBLIC, Clearance.ORGANISATION, Clearance.OFFICE}:
        raise Refusal(
            "records of a file are for everybody or for nobody named", where="clearance", remedy="Use office."
        )
    rows = list(rows_of(member.agency_id, file))
    result = Imported(file.year)
    fresh: dict[type[models.Model], list[models.Model]] = {}
    changed: list[tuple[models.Model, list[str]]] = []
    for model in dict.fromkeys(row[1] for row in rows):
        some = [row for row in rows if row[1] is model]
        known = _kept(model, some)
        for kind, _, pk, values in some:
            if pk not in known:
                fresh.setdefault(model, []).append(_made(model, pk, values, member, clearance))
                result.new[kind] += 1
            elif names := _differences(kind, known[pk], values, result):
                changed.append((known[pk], names))
            else:
                result.same[kind] += 1
    if result.differences and not update:
        return result
    _write(fresh, changed)
    result.written = True
    log(IMPORT, object_id=member.agency_id, year=file.year, new=dict(result.new), changed=dict(result.changed))
    return result


def _kept(model: type[models.Model], rows: list[Row]) -> dict[UUID, Any]:
    manager: Any = model._default_manager  # noqa: SLF001 -- Django's own name for it
    found: dict[UUID, Any] = manager.in_bulk([pk for _, _, pk, _ in rows])
    return found


def _differences(kind: str, before: Any, values: dict[str, Any], result: Imported) -> list[str]:
    """Set on `before` what the file says otherwise; the names of the fields."""
    changed = {name: value for name, value in values.items() if getattr(before, name) != value}
    if changed:
        result.changed[kind] += 1
    what = str(values.get("reference") or values.get("name") or before.pk)
    for name, value in changed.items():
        said = {"kind": kind, "record": what, "field": name}
        result.differences.append(said | {"kept": str(getattr(before, name)), "file": str(value)})
        setattr(before, name, value)
    return list(changed)


def _write(fresh: dict[type[models.Model], list[models.Model]], changed: list[tuple[models.Model, list[str]]]) -> None:
    for record, names in changed:
        _hold(record)
        record.save(update_fields=names)
    try:
        with transaction.atomic():
            for model, records in fresh.items():
                model._default_manager.bulk_create(records)  # noqa: SLF001 -- as above
    except IntegrityError as error:
        raise Refusal(
            "a record of that name was entered by hand already; nothing was kept.",
            remedy="Give the file's record another id, or change the one there is.",
        ) from error


def _made(model: type[models.Model], pk: UUID, values: dict[str, Any], member: Member, clearance: str) -> models.Model:
    record = model(id=pk, office_id=member.agency_id, clearance=clearance, **values)
    _hold(record)
    return record


def _hold(record: models.Model) -> None:
    try:
        check(record)
    except Refusal as refusal:
        what = getattr(record, "reference", "") or getattr(record, "name", "")
        raise Refusal(
            f"{refusal.where} of “{what}” cannot be kept: {refusal.message}", remedy="Mend the file."
        ) from refusal
