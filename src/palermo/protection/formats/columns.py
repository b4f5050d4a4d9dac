"""How the columns of a file of answers are read: each distinct text once, then by number."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from palermo.protection.formats.problems import Problem, Problems
from palermo.protection.methods.answers import OLDEST
from palermo.protection.methods.frame_score import NO, NOT_ASKED, NOT_KNOWN, YES

NOT_SURE = -1
BAD_AGE = -2
_BAD_ID = r"^\s*$|^\s*[=+@-]|[\x00-\x1f]"

_PLAIN = pa.array(["", None, "not_asked", "not_known", "no", "yes"])
_PLAIN_CODES = np.array([NOT_ASKED, NOT_ASKED, NOT_ASKED, NOT_KNOWN, NO, YES], dtype=np.uint8)
_PLAIN_CODE = dict(zip(_PLAIN.to_pylist(), _PLAIN_CODES.tolist(), strict=True))

Codes = npt.NDArray[np.uint8]


@dataclass
class Batch:
    """A piece of the file under work: which rows it holds, and what was found wrong with them.

    Attributes:
        rows: shape (people,), the number of each row as its reader counts.
        seen: people's ids met in the file so far, and in which row; shared by its batches.
        good: shape (people,), whether the row can be used.
    """

    rows: npt.NDArray[np.int64]
    problems: Problems
    seen: dict[str, int] = field(default_factory=dict)
    good: npt.NDArray[np.bool_] = field(init=False)

    def __post_init__(self) -> None:
        self.good = np.ones(len(self.rows), dtype=np.bool_)

    def bad(self, at: int, column: str, message: str, expected: str) -> None:
        """Marks the row at this place of the batch; the first problem of a row is told."""
        if self.good[at]:
            self.good[at] = False
            self.problems.add(Problem(int(self.rows[at]), column, message, expected))


def plain_codes(values: pa.Array, column: str, batch: Batch) -> Codes:
    """The codes of a column of plain answers; blank is not asked."""
    index = pc.index_in(values, value_set=_PLAIN)
    if not index.null_count:
        return np.asarray(_PLAIN_CODES[index.to_numpy()], dtype=np.uint8)
    codes = np.asarray(_PLAIN_CODES[pc.fill_null(index, 0).to_numpy()], dtype=np.uint8)
    for at in np.flatnonzero(pc.is_null(index).to_numpy(zero_copy_only=False)).tolist():
        text = values[at].as_py() or ""
        code = _PLAIN_CODE.get(text.strip().casefold())
        if code is None:
            batch.bad(at, column, f"Unknown answer {text[:40]!r}.", "yes, no, not_known, not_asked or blank")
        else:
            codes[at] = code
    return codes


def by_distinct(values: pa.Array, read: Callable[[str], object]) -> tuple[list[object], npt.NDArray[np.int64]]:
    """What ``read`` makes of each distinct text of a column, and which of them each row has; null reads as blank."""
    encoded = pc.fill_null(values, "").dictionary_encode()
    return [read(text) for text in encoded.dictionary.to_pylist()], encoded.indices.to_numpy().astype(np.int64)


def ages(values: pa.Array, column: str, batch: Batch) -> npt.NDArray[np.int16]:
    """Ages in years; blank and ``not_sure`` are −1."""
    read, at = by_distinct(values, _age)
    years = np.array(read, dtype=np.int16)[at] if read else np.zeros(0, dtype=np.int16)
    for n in np.flatnonzero(years == BAD_AGE).tolist():
        batch.bad(
            n,
            column,
            f"Impossible age {str(values[n].as_py())[:20]!r}.",
            f"years from 0 to {OLDEST}, not_sure or blank",
        )
    return years


def person_ids(values: pa.Array, column: str, batch: Batch) -> pa.Array:
    """The ids as they are. Problems: blank ones, such as a spreadsheet would run as a formula, one that came before."""
    bad = pc.match_substring_regex(pc.fill_null(values, ""), _BAD_ID)
    for at in np.flatnonzero(bad.to_numpy(zero_copy_only=False)).tolist():
        batch.bad(at, column, "The person's id cannot be used.", "letters and digits, not blank, no = + - @ in front")
    _once(values.to_pylist(), column, batch)
    return values


def _once(ids: list[str], column: str, batch: Batch) -> None:
    rows = batch.rows.tolist()
    here = dict(zip(ids, rows, strict=True))
    if len(here) == len(ids) and batch.seen.keys().isdisjoint(here):
        batch.seen |= here
        return
    for at, (known, row) in enumerate(zip(ids, rows, strict=True)):
        first = batch.seen.setdefault(known, row)
        if first != row:
            batch.bad(at, column, f"The person's id is that of row {first} already.", "each person once")


def _age(text: str) -> int:
    written = text.strip().casefold()
    if written in ("", "not_sure"):
        return NOT_SURE
    if written.isascii() and written.isdigit() and len(written) <= 3 and int(written) <= OLDEST:
        return int(written)
    return BAD_AGE


def suggestion(name: str, known: Mapping[str, object] | tuple[str, ...]) -> str:
    """``Did you mean …?`` for a mistyped name, or nothing."""
    from difflib import get_close_matches  # noqa: PLC0415 -- only where something is wrong

    close = get_close_matches(name, list(known), n=1)
    return f" Did you mean {close[0]!r}?" if close else ""
