"""A file of answers in, a file of results out: read ahead, screened and written side by side."""

import os
import tempfile
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import numpy as np
import polars as pl

from palermo.protection.formats.answers import open_answers
from palermo.protection.formats.layout import People
from palermo.protection.formats.problems import Problem
from palermo.protection.methods.gate import Presumption
from palermo.protection.methods.scheme import Scheme
from palermo.protection.methods.screening_frame import FrameScreener
from palermo.vocabulary.errors import Refusal


@dataclass(frozen=True)
class ScreenedFile:
    """What became of a file.

    Attributes:
        counts: people by presumption.
        forms: presumed people by the form that their answers point to most.
        children: people screened by the child path.
        without_consent: people left out because they had not consented.
        problems: rows left out because they could not be read, in the order of the file.
    """

    counts: dict[str, int]
    forms: dict[str, int]
    children: int
    without_consent: int
    problems: tuple[Problem, ...]


def screen_file(source: Path, out: Path, *, scheme: Scheme, keep_good: bool = False) -> ScreenedFile:
    """Screens everyone in ``source`` and writes one row each to ``out`` (CSV, UTF-8).

    ``out`` comes into being only when all went well; a file that was there stays as it was otherwise.

    Raises:
        Refusal: ``out`` is the file of answers itself, or it cannot be read as answers; with ``keep_good`` rows that
            cannot are left out instead.
    """
    spare(source, out)
    answers = open_answers(source, scheme=scheme, keep_good=keep_good)
    screener = FrameScreener(scheme)
    tally = pl.DataFrame(schema={"presumption": pl.String, "form": pl.String, "path": pl.String, "len": pl.UInt32})
    with _replacing(out) as file, ThreadPoolExecutor(2) as pool:
        written: Future[None] | None = None
        for people in _ahead(answers.people(), pool):
            result = screener.screen(people.codes, people.ages)
            counted = result.group_by("presumption", "form", "path").len().cast({"len": pl.UInt32})
            tally = pl.concat([tally, counted])
            result.insert_column(0, pl.Series("person_id", people.ids))
            if written:
                written.result()
            written = pool.submit(_write, result, file, header=written is None)
        if written:
            written.result()
        if written is None:
            # Nobody: the columns still stand, so that what reads the result next finds them.
            nobody = screener.screen(np.zeros((len(scheme.items), 0), np.int8), np.zeros(0, np.int16))
            _write(nobody.insert_column(0, pl.Series("person_id", [], pl.String)), file, header=True)
    return _screened(tally, answers.without_consent, tuple(sorted(answers.problems.found, key=lambda p: p.row)))


def spare(given: Path, out: Path) -> None:
    """Look that a result does not take the place of what it is made from.

    Raises:
        Refusal: both names are one file, also through a link.
    """
    if given.exists() and out.exists() and given.samefile(out):
        raise Refusal(
            "The result would overwrite the file that it is made from.",
            where=str(out),
            remedy="Give another name with --out.",
        )


def _screened(tally: pl.DataFrame, without_consent: int, problems: tuple[Problem, ...]) -> ScreenedFile:
    def total(rows: pl.DataFrame) -> int:
        return int(rows["len"].sum())

    presumed = tally.filter(pl.col("presumption") == Presumption.PRESUMED)
    by_form = presumed.group_by("form").agg(pl.col("len").sum()).sort("len", "form", descending=[True, False])
    return ScreenedFile(
        counts={p.value: total(tally.filter(pl.col("presumption") == p.value)) for p in Presumption},
        forms=dict(by_form.iter_rows()),
        children=total(tally.filter(pl.col("path") == "child")),
        without_consent=without_consent,
        problems=problems,
    )


def _write(result: pl.DataFrame, file: BinaryIO, *, header: bool) -> None:
    result.write_csv(file, include_header=header)


def _ahead(batches: Iterator[People], pool: ThreadPoolExecutor) -> Iterator[People]:
    # The next batch is read while this one is screened.
    coming = pool.submit(next, batches, None)
    while (batch := coming.result()) is not None:
        coming = pool.submit(next, batches, None)
        yield batch


@contextmanager
def _replacing(out: Path) -> Iterator[BinaryIO]:
    try:
        handle, name = tempfile.mkstemp(prefix=f".{out.name}.", dir=out.parent)
    except OSError as error:
        raise Refusal(
            "The result cannot be written.", where=str(out), remedy="Check the folder and your rights."
        ) from error
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
        Path(name).replace(out)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
