"""A CSV of lists into counts of capture histories; hostile input expected.

Two forms are read: one row a capture history (0/1 for each list, the last column a count), and one row a person (0/1
for each list, optionally one column of identifiers). Separator, byte-order mark and spaces are found out.
"""

import csv
import io
from collections.abc import Sequence

import numpy as np

from palermo.prevention.methods.estimation import Lists, from_histories
from palermo.vocabulary.errors import Refusal

COUNTS = frozenset({"count", "counts", "n", "freq", "frequency", "number", "cases", "persons", "total"})
IDENTIFIERS = frozenset(
    {"id", "person", "person_id", "case", "case_id", "key", "record", "hash", "cluster", "cluster_id"}
)
LARGEST = 200_000_000
FORM = "0/1 for each list and a last column of counts, or one row a person"


def read_lists(data: bytes, *, name: str = "lists") -> Lists:
    """Counts of capture histories from a CSV file's bytes.

    Args:
        data: the file.
        name: what to call it in an error.

    Raises:
        Refusal: naming row and column, what was expected and the remedy.
    """
    return _counted(*_table(data, name), name)


def read_strata(data: bytes, *, by: Sequence[str], name: str = "lists") -> dict[tuple[str, ...], Lists]:
    """Counts of capture histories of each group, from a file with columns that say who is in which.

    Args:
        data: the file.
        by: the columns that say it (sex, age, form …); their values are taken as they stand.
        name: what to call it in an error.

    Raises:
        Refusal: as `read_lists`; a column is not there, or a group is left blank.
    """
    header, rows = _table(data, name)
    missing = [title for title in by if title not in header]
    if missing:
        raise Refusal(f"There is no column {missing[0]!r}.", where=name, remedy=f"Expected one of {', '.join(header)}.")
    at = [header.index(title) for title in by]
    kept = [column for column in range(len(header)) if column not in at]
    groups: dict[tuple[str, ...], list[list[str]]] = {}
    for number, row in enumerate(rows, start=2):
        group = tuple(row[column] for column in at)
        if not all(group):
            blank = by[group.index("")]
            raise Refusal(
                "The group is blank.", where=f"{name}, row {number}, column {blank!r}", remedy="Write “not known”."
            )
        groups.setdefault(group, []).append([row[column] for column in kept])
    titles = [header[column] for column in kept]
    _counted(titles, [row for part in groups.values() for row in part], name, once=False)
    return {group: _counted(titles, part, f"{name}, {', '.join(group)}") for group, part in groups.items()}


def _counted(header: list[str], rows: list[list[str]], name: str, *, once: bool = True) -> Lists:
    key, header, rows = _take_key(header, rows)
    counted = header[-1].lower() in COUNTS or _has_counts(rows)
    if counted and key:
        raise Refusal("There are both identifiers and counts.", where=name, remedy=f"Give {FORM}.")
    lists = header[:-1] if counted else header
    _check_names(lists, name)
    numbers = _numbers(header, rows, name, counted=counted)
    _once("Person", key, name)
    if not counted:
        _on_some_list(numbers, name)
        return from_histories(lists, numbers, np.ones(len(numbers), dtype=np.int64))
    if once:
        _once("History", [" ".join(map(str, row)) for row in numbers[:, :-1].tolist()], name)
    return from_histories(lists, numbers[:, :-1], numbers[:, -1])


def _table(data: bytes, name: str) -> tuple[list[str], list[list[str]]]:
    if len(data) > LARGEST:
        raise Refusal(f"The file has {len(data):,} bytes; at most {LARGEST:,} are read.", where=name)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        remedy = "Save it as CSV in UTF-8."
        raise Refusal(f"Byte {error.start + 1} is not UTF-8 text.", where=name, remedy=remedy) from error
    first = text.split("\n", 1)[0]
    separator = max(",;\t", key=first.count)
    try:
        rows = [
            [cell.strip() for cell in row] for row in csv.reader(io.StringIO(text), delimiter=separator, strict=True)
        ]
    except csv.Error as error:
        raise Refusal(f"It is not a CSV file ({error}).", where=name, remedy=f"Give {FORM}.") from error
    rows = [row for row in rows if any(row)]
    if len(rows) < 2:
        raise Refusal("There is no row under the header.", where=name, remedy=f"Give {FORM}.")
    for at, row in enumerate(rows[1:], start=2):
        if len(row) != len(rows[0]):
            raise Refusal(
                f"The row has {len(row)} cells, the header {len(rows[0])}.",
                where=f"{name}, row {at}",
                remedy="Give every row one cell for each column.",
            )
    return rows[0], rows[1:]


def _take_key(header: list[str], rows: list[list[str]]) -> tuple[list[str], list[str], list[list[str]]]:
    """The identifiers, if a column is named as such, and the table without them."""
    at = [k for k, title in enumerate(header) if title.lower() in IDENTIFIERS]
    if not at:
        return [], header, rows
    k = at[0]
    return [row[k] for row in rows], header[:k] + header[k + 1 :], [row[:k] + row[k + 1 :] for row in rows]


def _has_counts(rows: Sequence[Sequence[str]]) -> bool:
    """Whether the last column holds numbers above 1 and no other column does."""
    return any(row and row[-1].isdecimal() and int(row[-1]) > 1 for row in rows)


def _check_names(lists: Sequence[str], name: str) -> None:
    for at, title in enumerate(lists, start=1):
        if not title or title.isdecimal():
            raise Refusal(
                f"The header's cell {title!r} names no list.",
                where=f"{name}, column {at}",
                remedy="Give the names of the lists in the first row.",
            )
        if title in lists[: at - 1]:
            raise Refusal(f"Two columns are called {title!r}.", where=f"{name}, column {at}", remedy="Rename one.")


def _numbers(
    header: list[str], rows: list[list[str]], name: str, *, counted: bool
) -> np.ndarray[tuple[int, int], np.dtype[np.int64]]:
    out = np.zeros((len(rows), len(header)), dtype=np.int64)
    for column, title in enumerate(header):
        values = [row[column] for row in rows]
        is_count = counted and column == len(header) - 1
        if not is_count and len({v for v in values if v not in {"0", "1"}}) > len(values) / 2 > 1:
            raise Refusal(
                f"The column {title!r} holds {values[0]!r} and the like: names or other particulars, not a list.",
                where=name,
                remedy="Take the column out; nothing but who is on which list may come here.",
            )
        for at, value in enumerate(values, start=2):
            good = value.isdecimal() and value.isascii() and len(value) < 12 if is_count else value in {"0", "1"}
            if not good:
                expected = "a whole number of persons" if is_count else "0 or 1"
                raise Refusal(
                    f"{value!r} is not {expected}.", where=f"{name}, row {at}, column {title!r}", remedy=f"Give {FORM}."
                )
        out[:, column] = [int(value) for value in values]
    return out


def _once(what: str, keys: Sequence[str], name: str) -> None:
    seen: dict[str, int] = {}
    for at, key in enumerate(keys, start=2):
        if key in seen:
            raise Refusal(
                f"{what} {key!r} stands in rows {seen[key]} and {at}.",
                where=name,
                remedy="Link the records first, so that one person is one row."
                if what == "Person"
                else "Add the counts up.",
            )
        seen[key] = at


def _on_some_list(numbers: np.ndarray[tuple[int, int], np.dtype[np.int64]], name: str) -> None:
    empty = np.flatnonzero(numbers.sum(axis=1) == 0)
    if empty.size:
        raise Refusal(
            "The person is on no list.",
            where=f"{name}, row {empty[0] + 2}",
            remedy="Leave such rows out: nobody has seen them.",
        )
