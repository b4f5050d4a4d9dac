"""Files of agencies' records (CSV or Parquet) into frames."""

import io

import polars as pl

from palermo.vocabulary.errors import Refusal

PARQUET = b"PAR1"


def read_records(data: bytes, *, name: str) -> pl.DataFrame:
    """A table of text columns from a file's bytes.

    Raises:
        Refusal: the file is neither CSV nor Parquet, or is empty.
    """
    try:
        if data[:4] == PARQUET:
            frame = pl.read_parquet(io.BytesIO(data))
        else:
            frame = pl.read_csv(io.BytesIO(data), infer_schema=False)
    except (pl.exceptions.PolarsError, OSError, ValueError) as error:
        raise Refusal(
            "It is neither a CSV file in UTF-8 nor a Parquet file.", where=name, remedy="Save it as one of them."
        ) from error
    if frame.height == 0:
        raise Refusal("There is no record in it.", where=name, remedy="Leave it out.")
    return frame
