"""To link files of agencies here: hashes, or names on a recorded basis, held sealed only until the counts are made."""

import datetime as dt
import hashlib
from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.db import transaction

from palermo.office import clock
from palermo.office.domain.acting import at_length, log
from palermo.office.domain.rights import allow
from palermo.office.enums import Role
from palermo.office.models import Member
from palermo.office.sealing import packed
from palermo.prevention.domain.once import at_the_file, digest_of_file
from palermo.prevention.domain.studies import require_open, said
from palermo.prevention.enums import Linkage
from palermo.prevention.models import HeldPart, Linking, Study
from palermo.vocabulary.errors import Refusal

if TYPE_CHECKING:
    import polars as pl

    from palermo.prevention.formats.held import Held

LINK = allow("prevention.link_files", Role.ANALYST)

#: Bytes of a file at most, and records of all: more would keep a browser waiting, and go through the command line.
MOST, MOST_RECORDS = 20_000_000, 20_000
MOST_PAIRS = 200
#: How long the sealed files are held at most.
HELD = dt.timedelta(days=14)
Files = Sequence[tuple[str, bytes]]


@transaction.atomic
def link_files(
    *, member: Member, study: Study, files: Files, names_basis: str, delivered_by: str, delivered_on: dt.date
) -> Linking:
    """Link the files of agencies and hold them, sealed, until somebody has counted or given up.

    Args:
        files: name and bytes of each: hashes as `palermo encode` makes them, or lists with names.
        names_basis: the act and its article on which names may be linked; asked for where a file has names.
        delivered_by: an office or function, no person.
        delivered_on: the day.

    Raises:
        Refusal: names without a basis, or a file that cannot be read; nothing was kept.
    """
    require_open(member=member, study=study, verb=LINK)
    digests = sorted(digest_of_file(data, name=name, most=MOST) for name, data in files)
    with at_the_file():
        records, keyed = _read(files)
    remedy = "These files hold names: name the act and its article, or let agencies run palermo encode."
    basis = "" if keyed else said(names_basis, where="names_basis", remedy=remedy, least=3)
    with at_the_file(), at_length():
        held = _linked(records, keyed=keyed)
    kept = Linking(
        agency=member.agency,
        study=study,
        name=", ".join(name for name, _ in files)[:120],
        lists=sorted(records["source"].unique().to_list()),
        linkage=Linkage.HASHED if keyed else Linkage.NAMES,
        names_basis=basis[:200],
        records=records.height,
        pairs=held.doubtful.height,
        sha256=hashlib.sha256("".join(digests).encode()).hexdigest(),
        delivered_by=said(delivered_by, where="delivered_by", remedy="The office that delivered it.", least=2),
        delivered_on=delivered_on,
        made_at=clock.now(),
        made_by=member.pk,
        until=clock.now() + HELD,
    )
    kept.save(force_insert=True)
    _hold(kept, held)
    log(LINK, object_id=kept.pk, sha256=kept.sha256)
    return kept


def _hold(linking: Linking, held: "Held") -> None:
    from palermo.prevention.formats.held import write_held  # noqa: PLC0415 -- heavy

    HeldPart.objects.bulk_create(
        HeldPart(agency=linking.agency, linking=linking, position=position, until=linking.until, sealed=part)
        for position, part in enumerate(packed(write_held(held)))
    )


def _read(files: Files) -> "tuple[pl.DataFrame, bool]":
    """All records together, and whether they are hashes."""
    import polars as pl  # noqa: PLC0415 -- heavy

    from palermo.prevention.formats.hashes import is_hashes, read_hashes  # noqa: PLC0415 -- heavy
    from palermo.prevention.formats.records import read_records  # noqa: PLC0415 -- heavy
    from palermo.prevention.methods.linkage import standardise  # noqa: PLC0415 -- heavy

    keyed = [is_hashes(data) for _, data in files]
    if any(keyed) and not all(keyed):
        raise Refusal("some files hold hashes and some hold names", remedy="Have the others encoded too.")
    if all(keyed):
        records = pl.concat([read_hashes(data, name=name) for name, data in files])
    else:
        tables = [
            standardise(read_records(data, name=name), source=name.rsplit(".", 1)[0][:120]) for name, data in files
        ]
        records = pl.concat(tables).with_columns(record=pl.format("{}:{}", "source", "record"))
    if records.height > MOST_RECORDS:
        told = f"there are {records.height:,} records; at most {MOST_RECORDS:,} are linked here"
        raise Refusal(told, remedy="Use palermo link, and bring its counts.")
    if records["source"].n_unique() < 2:
        raise Refusal("there is only one list", remedy="Choose the files of all agencies at once.")
    if records["record"].is_duplicated().any():
        raise Refusal("a record stands twice", remedy="Bring each list once, each under its own name.")
    return records, all(keyed)


def _linked(records: "pl.DataFrame", *, keyed: bool) -> "Held":
    from palermo.prevention.formats.held import Held  # noqa: PLC0415 -- heavy
    from palermo.prevention.methods import linkage  # noqa: PLC0415 -- heavy

    found = linkage.link_hashed(records) if keyed else linkage.link(records)
    return Held(found, linkage.doubtful(found, most=MOST_PAIRS), None if keyed else records)
