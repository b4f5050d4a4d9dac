"""Where a set report says a figure: the sentence or the row, in the words in which it was printed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from palermo.partnership.methods.markup import SENTENCE_ENDS


@dataclass(frozen=True)
class Saying:
    """One place of a report that says a figure.

    Attributes:
        name: of the figure, as the report calls it.
        year: of the call.
        text: the sentence, or the row of a table.
        row: whether it is a row.
    """

    name: str
    year: int
    text: str
    row: bool = False


def sayings_in(blocks: Iterable[Mapping[str, Any]], year: int) -> list[Saying]:
    """Every sentence and row of a document's blocks that says a figure, in the order of the report.

    Args:
        blocks: as `queries.report_document` sets them.
        year: the report's own, which its tables are of.
    """
    found: list[Saying] = []
    for block in blocks:
        if block["kind"] == "text":
            found += _of_parts(block["parts"], year)
        elif block["kind"] == "list":
            found += [one for item in block["items"] for one in _of_parts(item, year)]
        elif block["kind"] == "table":
            rows = zip(block.get("names", ()), block["rows"], strict=False)
            found += [Saying(name, year, f"{row[0]} {row[1]}", row=True) for name, row in rows]
    return found


def _of_parts(parts: Iterable[Any], year: int) -> list[Saying]:
    """The sentences of one paragraph that hold a figure; a sentence with two figures is said of each."""
    text, marks = "", list[tuple[int, str, int]]()
    for part in parts:
        if isinstance(part, str):
            text += part
            continue
        if part.get("figure"):
            marks.append((len(text), part["figure"], part.get("year", year)))
        text += part["text"]
    ends = [match.end() for match in SENTENCE_ENDS.finditer(text)]
    bounds = list(zip([0, *ends], [*ends, len(text)], strict=True))
    return [
        Saying(name, of, text[start:end].strip())
        for at, name, of in marks
        for start, end in bounds
        if start <= at < end
    ]
