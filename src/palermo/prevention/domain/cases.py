"""Coded cases in, to release from: sealed at once; a column that looks like names or identifiers is refused."""

from django.db import transaction

from palermo.office import clock
from palermo.office.domain.acting import log
from palermo.office.domain.rights import allow
from palermo.office.enums import Role
from palermo.office.models import Member
from palermo.prevention.domain.once import digest_of_file, insert_once
from palermo.prevention.domain.sealed import keep_content
from palermo.prevention.domain.studies import require_open, said
from palermo.prevention.models import CaseTable, Study
from palermo.vocabulary.errors import Refusal

KEEP = allow("prevention.keep_cases", Role.ANALYST)
MOST = 50_000_000
#: A column of more codes, or of more than this share of the cases, is no list of codes.
MOST_CODES, MOST_SHARE = 300, 0.2
FEWEST_CASES, MOST_COLUMNS = 100, 40


def _twice() -> Refusal:
    said_so = "these cases are kept already, here or in another study"
    return Refusal(said_so, where="file", remedy="Release from those.")


@transaction.atomic
def keep_cases(*, member: Member, study: Study, name: str, data: bytes, delivered_by: str) -> CaseTable:
    """Keep coded cases sealed, one row a case; the codes that occur are declared public by whoever brings them.

    Args:
        name: of the file.
        data: CSV or Parquet, text columns of codes; no names, dates or identifiers.
        delivered_by: an office or function, no person.

    Raises:
        Refusal: naming the column; nothing was kept. The same file is refused in every study of the office, since one
            person's budget is spent in one place.
    """
    require_open(member=member, study=study, verb=KEEP)
    sha256 = digest_of_file(data, name=name, most=MOST)
    if CaseTable.objects.filter(sha256=sha256).exists():
        raise _twice()
    codes, cases = _codes(data, name)
    kept = CaseTable(
        agency=member.agency,
        study=study,
        name=name[:120],
        columns=list(codes),
        codes=codes,
        cases=cases,
        sha256=sha256,
        delivered_by=said(delivered_by, where="delivered_by", remedy="The office that delivered it.", least=2),
        kept_at=clock.now(),
        kept_by=member.pk,
    )
    insert_once(kept, otherwise=_twice())
    keep_content(agency=member.agency, owner_id=kept.pk, data=data)
    log(KEEP, object_id=kept.pk, sha256=sha256)
    return kept


def _codes(data: bytes, name: str) -> tuple[dict[str, list[str]], int]:
    """The codes of each column and the number of cases."""
    from palermo.prevention.formats.records import read_records  # noqa: PLC0415 -- heavy
    from palermo.prevention.methods.release import declared, encode  # noqa: PLC0415 -- heavy

    try:
        frame = read_records(data, name=name)
        codes = {column: list(values) for column, values in declared(frame).items()}
        encode(frame, codes)
    except Refusal as refusal:
        raise Refusal(refusal.message, where="file", remedy=refusal.remedy) from refusal
    if frame.height < FEWEST_CASES or len(codes) > MOST_COLUMNS:
        raise Refusal(
            f"{frame.height} cases in {len(codes)} columns: at least {FEWEST_CASES} cases and at most {MOST_COLUMNS}"
            " columns can be released",
            where="file",
            remedy="Publish totals only, or take columns out.",
        )
    for column, values in codes.items():
        if len(values) > MOST_CODES or len(values) > MOST_SHARE * frame.height:
            raise Refusal(
                f"the column “{column}” has {len(values)} codes: it looks like names, dates or identifiers",
                where="file",
                remedy="Take it out, or group it into bands.",
            )
    return codes, frame.height
