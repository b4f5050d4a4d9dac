"""Reads the vocabulary's own tables: UTF-8, tab-separated, one header line, no quoting."""

from collections.abc import Iterator, Sequence
from importlib.resources import files
from pathlib import Path

from palermo.vocabulary.errors import Refusal

Row = dict[str, str]


def read_data(name: str) -> list[Row]:
    """The rows of a table that ships with the package, e.g. ``"indicators.tsv"``."""
    text = files("palermo.vocabulary").joinpath("data", *name.split("/")).read_text(encoding="utf-8")
    return [row for _, row in parse_table(text, where=name)]


def read_file(path: Path, columns: Sequence[str]) -> list[tuple[int, Row]]:
    """The rows of an agency's own table, each with its line number, with at least ``columns``.

    Raises:
        Refusal: the file is missing, not UTF-8, lacks a column or has a row with too few or too many fields.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise Refusal("The file is not UTF-8.", where=path.name, remedy="Save it as UTF-8 text.") from error
    except OSError as error:
        raise Refusal("The file cannot be read.", where=str(path), remedy="Check the name and your rights.") from error
    header = text.split("\n", 1)[0].rstrip("\r").split("\t")
    missing = [column for column in columns if column not in header]
    if missing:
        raise Refusal(
            f"The column {missing[0]!r} is missing.",
            where=f"{path.name}, row 1",
            remedy=f"Expected tab-separated columns: {', '.join(columns)}.",
        )
    return list(parse_table(text, where=path.name))


def parse_table(text: str, *, where: str) -> Iterator[tuple[int, Row]]:
    """Each row of a tab-separated table as a dictionary, with its line number (the header is line 1)."""
    lines = text.splitlines()
    header = lines[0].split("\t") if lines else []
    for number, line in enumerate(lines[1:], start=2):
        if not line.strip() or line.startswith("#"):
            continue
        fields = line.split("\t")
        if len(fields) != len(header):
            raise Refusal(
                f"The row has {len(fields)} fields, {len(header)} were expected.",
                where=f"{where}, row {number}",
                remedy=f"Give a tab between each of: {', '.join(header)}.",
            )
        yield number, dict(zip(header, fields, strict=True))
