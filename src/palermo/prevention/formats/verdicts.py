"""Pairs for clerical review as CSV, and the verdicts that people wrote into it."""

import csv
import io

import polars as pl

from palermo.prevention.methods.linkage import VERDICTS
from palermo.vocabulary.errors import Refusal

ENDS = ("left", "right", "verdict")


def write_review(pairs: pl.DataFrame) -> bytes:
    """The pairs with an empty column `verdict`: what each part adds to the weight, and no value of a person."""
    ordered = pairs.select("left", "right", pl.lit("").alias("verdict"), pl.exclude("left", "right"))
    out = io.BytesIO()
    ordered.write_csv(out, float_precision=3)
    return out.getvalue()


def read_verdicts(data: bytes, *, name: str) -> dict[tuple[str, str], str]:
    """The verdicts by pair; a row without one is left out.

    Raises:
        Refusal: it is no such table, or a verdict is none of same, different, cannot tell.
    """
    try:
        rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig")), strict=True))
    except (UnicodeDecodeError, csv.Error) as error:
        raise Refusal("It is not a CSV file in UTF-8.", where=name, remedy="Give what --review wrote.") from error
    if not rows or any(column not in rows[0] for column in ENDS):
        raise Refusal(
            "The columns left, right and verdict are missing.", where=name, remedy="Give what --review wrote."
        )
    found: dict[tuple[str, str], str] = {}
    for at, row in enumerate(rows, start=2):
        verdict = (row["verdict"] or "").strip().lower()
        if verdict and verdict not in VERDICTS:
            raise Refusal(
                f"{verdict!r} is no verdict.", where=f"{name}, row {at}", remedy="Write same, different or cannot tell."
            )
        if verdict:
            found[row["left"] or "", row["right"] or ""] = verdict
    return found
