"""Coded cases in, to release from: sealed at once; a column that looks like names or identifiers is refused.

Of a file in a standard only the columns of codes are kept: names, days and free text never enter.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction

from palermo.office import clock
from palermo.office.domain.acting import log
from palermo.office.domain.rights import allow
from palermo.office.enums import Role
from palermo.office.models import Member
from palermo.prevention.domain.once import at_the_file, digest_of_file, insert_once
from palermo.prevention.domain.sealed import keep_content
from palermo.prevention.domain.studies import require_open, said
from palermo.prevention.methods.choices import PRESETS
from palermo.prevention.models import CaseTable, Study
from palermo.vocabulary.errors import Refusal
from palermo.vocabulary.standards import TITLES, load_standard

if TYPE_CHECKING:
    from palermo.prevention.formats.standards import Problem

KEEP = allow("prevention.keep_cases", Role.ANALYST)
MOST = 50_000_000
#: A column of more codes, or of more than this share of the cases, is no list of codes.
MOST_CODES, MOST_SHARE = 300, 0.2
FEWEST_CASES, FEWEST_COLUMNS, MOST_COLUMNS = 100, 2, 40


class DoesNotFit(Refusal):
    """A file has cells that its standard does not know; nothing was kept.

    Args:
        problems: every such cell, by row.
    """

    def __init__(self, standard: str, problems: "Sequence[Problem]") -> None:
        self.problems = tuple(problems)
        said_so = f"{len(self.problems)} cells do not fit {TITLES[standard]}"
        super().__init__(said_so, where="file", remedy="Correct the cells that are named and bring the file again.")


@dataclass(frozen=True, slots=True)
class _Kept:
    """What of a file is sealed, and what its codes are."""

    data: bytes
    cases: int
    codes: dict[str, list[str]]
    parents: dict[str, dict[str, str]]
    checked: dict[str, list[str]]


def _twice() -> Refusal:
    said_so = "these cases are kept already, here or in another study"
    return Refusal(said_so, where="file", remedy="Release from those.")


@transaction.atomic
def keep_cases(
    *, member: Member, study: Study, name: str, data: bytes, delivered_by: str, preset: str = ""
) -> CaseTable:
    """Keep coded cases sealed, one row a case.

    Args:
        name: of the file.
        data: CSV or Parquet. Without a preset, text columns of codes; no names, dates or identifiers.
        delivered_by: an office or function, no person.
        preset: a standard of `PRESETS`, whose codes are public; empty where whoever brings the file declares the codes
            that occur in it public.

    Raises:
        DoesNotFit: cells that the standard does not know, all of them; nothing was kept.
        Refusal: naming the column; nothing was kept. The same file is refused in every study of the office, since one
            person's budget is spent in one place.
    """
    require_open(member=member, study=study, verb=KEEP)
    sha256 = digest_of_file(data, name=name, most=MOST)
    if CaseTable.objects.filter(sha256=sha256).exists():
        raise _twice()
    with at_the_file():
        found = _of_standard(data, name, preset) if preset else _declared(data, name)
    kept = CaseTable(
        agency=member.agency,
        study=study,
        name=name[:120],
        columns=list(found.codes),
        preset=preset,
        codes=found.codes,
        parents=found.parents,
        checked=found.checked,
        cases=found.cases,
        sha256=sha256,
        delivered_by=said(delivered_by, where="delivered_by", remedy="The office that delivered it.", least=2),
        kept_at=clock.now(),
        kept_by=member.pk,
    )
    insert_once(kept, otherwise=_twice())
    keep_content(agency=member.agency, owner_id=kept.pk, data=found.data)
    log(KEEP, object_id=kept.pk, sha256=sha256)
    return kept


def _of_standard(data: bytes, name: str, preset: str) -> _Kept:
    """The coded columns of a file in a standard, with the standard's codes."""
    from palermo.prevention.formats.standards import read_standard  # noqa: PLC0415 -- heavy
    from palermo.prevention.methods.release import presets  # noqa: PLC0415 -- heavy

    if preset not in PRESETS:
        raise Refusal(f"there is no preset {preset!r}", remedy=f"Name one of {', '.join(PRESETS)}.")
    standard = load_standard(preset)
    read = read_standard(data, standard, name=name)
    if read.problems:
        raise DoesNotFit(preset, read.problems)
    made = presets.preset(preset, read.frame)
    if read.frame.height < FEWEST_CASES or len(made.given) < FEWEST_COLUMNS:
        raise _too_little(read.frame.height, len(made.given))
    given = {column: made.codes[column] for column in made.given}
    checked = {
        "ignored": list(read.ignored),
        "kept_out": list(made.kept_out),
        "lacking": [column for column in made.codes if column not in given],
    }
    parents = {column: dict(above) for column, above in made.parents.items() if column in given}
    data = made.frame.select(made.given).write_csv().encode()
    return _Kept(data, read.frame.height, given, parents, checked)


def _declared(data: bytes, name: str) -> _Kept:
    """A file as it is; the codes that occur are those of each column."""
    from palermo.prevention.formats.records import read_records  # noqa: PLC0415 -- heavy
    from palermo.prevention.methods.release import declared, encode  # noqa: PLC0415 -- heavy

    frame = read_records(data, name=name)
    codes = {column: list(values) for column, values in declared(frame).items()}
    encode(frame, codes)
    if frame.height < FEWEST_CASES or not FEWEST_COLUMNS <= len(codes) <= MOST_COLUMNS:
        raise _too_little(frame.height, len(codes))
    for column, values in codes.items():
        if len(values) > MOST_CODES or len(values) > MOST_SHARE * frame.height:
            raise Refusal(
                f"the column “{column}” has {len(values)} codes: it looks like names, dates or identifiers",
                remedy="Take it out, or group it into bands.",
            )
    return _Kept(data, frame.height, codes, {}, {})


def _too_little(cases: int, columns: int) -> Refusal:
    return Refusal(
        f"{cases} cases in {columns} columns: at least {FEWEST_CASES} cases and between {FEWEST_COLUMNS} and"
        f" {MOST_COLUMNS} columns can be released",
        remedy="Publish totals only, or take columns out.",
    )
