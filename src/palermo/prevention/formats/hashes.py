"""Files of keyed hashes that agencies send, to bytes and back; whatever else a file holds is refused."""

import io

import polars as pl

from palermo.prevention.methods.linkage.hashed import KEYS, WIDTH
from palermo.vocabulary.errors import Refusal

PARQUET = b"PAR1"
PLAIN = ("source", "record", "key_id")
LARGEST = 1_000_000_000
_MADE = "Let the agency make it anew with palermo encode."


def write_hashes(sent: pl.DataFrame) -> bytes:
    """The file of what `hashed` gives; no statistics of columns, which would show the least and the largest value."""
    out = io.BytesIO()
    sent.write_parquet(out, statistics=False)
    return out.getvalue()


def is_hashes(data: bytes) -> bool:
    """Whether it is a Parquet file with the name of a secret in it."""
    if data[:4] != PARQUET:
        return False
    try:
        return "key_id" in pl.read_parquet_schema(io.BytesIO(data))
    except (pl.exceptions.PolarsError, OSError, ValueError):
        return False


def read_hashes(data: bytes, *, name: str) -> pl.DataFrame:
    """What an agency sent, in the form that `link_hashed` takes.

    Args:
        data: the file.
        name: what to call it in an error.

    Raises:
        Refusal: it is no such file, holds a column of anything else, or a hash of another length.
    """
    if len(data) > LARGEST:
        raise Refusal(f"The file has {len(data):,} bytes; at most {LARGEST:,} are read.", where=name)
    try:
        sent = pl.read_parquet(io.BytesIO(data))
    except (pl.exceptions.PolarsError, OSError, ValueError) as error:
        raise Refusal("It is not a Parquet file.", where=name, remedy=_MADE) from error
    expected = dict.fromkeys(PLAIN, pl.String()) | dict.fromkeys(KEYS, pl.Binary())
    foreign = [column for column in sent.columns if column not in expected]
    if foreign:
        raise Refusal(
            f"The column {foreign[0]!r} is none of a file of hashes.", where=name, remedy=f"It is not read. {_MADE}"
        )
    wrong = [column for column, kind in expected.items() if sent.schema.get(column) != kind]
    if wrong or not sent.height:
        told = f"The column {wrong[0]!r} is missing or of another kind." if wrong else "There is no record in it."
        raise Refusal(told, where=name, remedy=_MADE)
    _check_values(sent, name)
    return sent.select(list(expected))


def _check_values(sent: pl.DataFrame, name: str) -> None:
    odd = [k for k in KEYS if sent.filter(pl.col(k).bin.size() != WIDTH).height]
    if odd:
        raise Refusal("A hash has another length.", where=f"{name}, column {odd[0]!r}", remedy=_MADE)
    if sent.select(PLAIN).null_count().sum_horizontal().item() or sent["record"].is_duplicated().any():
        raise Refusal("A record stands twice or has no code.", where=name, remedy=_MADE)
