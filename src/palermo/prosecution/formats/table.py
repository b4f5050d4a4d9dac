"""A CSV or Parquet file as a frame of named columns with the row each came from; hostile files are refused whole."""

from pathlib import Path

import polars as pl

from palermo.vocabulary.errors import Refusal

_PROBE = 65_536
_LONGEST = 1_000
_KEYS = ("id", "source", "target", "account", "claim", "currency")


def read_table(path: Path, required: tuple[str, ...], optional: tuple[str, ...] = ()) -> pl.DataFrame:
    """Read the named columns of a file, text as it stands, plus `line` (the row in a spreadsheet; the header is 1).

    Empty cells are null. Parquet keeps its types, save that keys become text.

    Raises:
        Refusal: no such file, not readable, a column missing, a cell too long.
    """
    try:
        with path.open("rb") as file:
            head = file.read(_PROBE)
    except OSError as error:
        raise Refusal(f"The file cannot be read ({error.strerror}).", where=str(path)) from None
    frame = _parquet(path) if head[:4] == b"PAR1" else _csv(path, head)
    missing = [column for column in required if column not in frame.columns]
    if missing:
        raise Refusal(
            f"The column {missing[0]!r} is missing; found: {', '.join(frame.columns[:12])}.",
            where=f"{path.name}, row 1",
            remedy=f"Needed are: {', '.join(required)}.",
        )
    kept = [column for column in (*required, *optional) if column in frame.columns]
    frame = frame.select(kept)
    keys = [column for column in kept if column in _KEYS]
    frame = frame.with_columns(pl.col(keys).cast(pl.String).str.strip_chars())
    frame = frame.with_columns(pl.when(pl.col(keys) != "").then(pl.col(keys)).name.keep())
    _check_lengths(frame, path)
    return frame.with_columns(line=pl.int_range(2, frame.height + 2, dtype=pl.Int64))


def _parquet(path: Path) -> pl.DataFrame:
    try:
        return pl.read_parquet(path, use_pyarrow=False)
    except (pl.exceptions.PolarsError, OSError, ValueError) as error:
        raise _unreadable(path, error, "Write the Parquet file anew.") from None


def _csv(path: Path, head: bytes) -> pl.DataFrame:
    if not head.strip():
        raise Refusal("The file is empty.", where=path.name)
    first, newline, _ = head.partition(b"\n")
    if b"\0" in head or (not newline and len(head) == _PROBE):
        raise Refusal(
            "This is no CSV or Parquet file.", where=f"{path.name}, row 1", remedy="Give CSV in UTF-8, or Parquet."
        )
    separator = max(",;\t", key=lambda mark: first.count(mark.encode()))
    try:
        frame = pl.read_csv(path, separator=separator, infer_schema=False)
    except (pl.exceptions.PolarsError, OSError, ValueError) as error:
        raise _unreadable(path, error, "Give CSV in UTF-8 with as many cells in each row as in the first.") from None
    return frame.rename({column: column.strip("\ufeff ").lower() for column in frame.columns})


def _unreadable(path: Path, error: Exception, remedy: str) -> Refusal:
    reason = str(error).strip().split("\n", 1)[0][:200]
    return Refusal(f"The file is broken: {reason}.", where=path.name, remedy=remedy)


def _check_lengths(frame: pl.DataFrame, path: Path) -> None:
    for column in frame.columns:
        if frame[column].dtype != pl.String:
            continue
        long = frame[column].str.len_bytes() > _LONGEST
        if long.any():
            line = (long.arg_max() or 0) + 2
            raise Refusal(
                f"A cell is longer than {_LONGEST} bytes.",
                where=f"{path.name}, row {line}, column {column}",
                remedy="Check quotes and separators in that row.",
            )
