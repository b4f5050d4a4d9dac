"""TOML that strangers send: small, shallow, UTF-8; every table and key is found again by its line."""

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from palermo.partnership.formats.limits import row_of, unseen
from palermo.vocabulary.errors import Refusal

#: A year of an office is some twelve thousand bytes; more than this is no list of records.
MOST_BYTES, MOST_LINE, MOST_DOTS = 1_000_000, 8_000, 6
_HEADER = re.compile(r"^\s*\[\[?\s*([\w\-. \"']+?)\s*\]\]?\s*(?:#.*)?$")
_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"|\'[^\']*\'')
_KEY = re.compile(r"^\s*([\w\-\"'][\w\-.\"' ]*?)\s*=")


def _fenced(text: str) -> Iterator[tuple[int, str, bool]]:
    """Each line with its number, and whether a text of several lines that began before holds all of it or its end."""
    fence = ""
    for number, line in enumerate(text.splitlines(), start=1):
        yield number, line, bool(fence)
        if fence:
            fence = "" if fence in line else fence
        else:
            fence = next((quotes for quotes in ('"""', "'''") if line.count(quotes) % 2), "")


class Lines:
    """Where in the file each table begins and each of its keys stands."""

    def __init__(self, text: str) -> None:
        self._tables: dict[str, list[int]] = defaultdict(list)
        self._keys: dict[tuple[str, int], dict[str, int]] = defaultdict(dict)
        table, at = "", -1
        for number, line, inside in _fenced(text):
            if inside:  # nothing there is a header
                continue
            header, key = _HEADER.match(line), _KEY.match(line)
            if header:
                table = header[1].strip("\"' ")
                self._tables[table].append(number)
                at = len(self._tables[table]) - 1
            elif key:
                self._keys[table, at].setdefault(key[1].strip("\"' "), number)

    def where(self, file: str, table: str, index: int = 0, key: str = "") -> str:
        """`FILE, [table] no. 2, line 41`, as exactly as it is known."""
        starts = self._tables.get(table, [])
        start = starts[index] if index < len(starts) else 0
        line = self._keys.get((table, index), {}).get(key, start)
        number = f" no. {index + 1}" if len(starts) > 1 else ""
        named = f", [{table}]{number}" if table else ""
        return f"{file}{named}" + (f", line {line}" if line else "")


def read_toml(data: bytes, *, file: str) -> tuple[dict[str, Any], Lines]:
    """Parse a small TOML file.

    Args:
        data: the file's bytes.
        file: its name, for errors.

    Raises:
        Refusal: too large, too long a line, too deep, not UTF-8, or no TOML; names the line.
    """
    text = _text(data, file)
    for number, line, inside in _fenced(text):
        _check_line(line, f"{file}, line {number}", inside=inside)
    try:
        found = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        place = re.search(r"line (\d+)", str(error))
        where = f"{file}, line {place[1]}" if place else file
        said = str(error).split(" (at ")[0].rstrip(".")
        raise Refusal(f"this is not TOML: {said}.", where=where, remedy="Mend the line and import again.") from error
    except RecursionError as error:
        raise Refusal(
            "lists or tables stand too deep in each other.", where=file, remedy="Records are two levels deep at most."
        ) from error
    except ValueError as error:  # a date that no calendar has, a number of thousands of digits
        raise Refusal(
            "a date or a number is impossible.", where=file, remedy="Write dates as 2017-04-03, numbers in full."
        ) from error
    lines = Lines(text)
    for table, index, key, said in _texts(found):
        if unseen(said):
            where = lines.where(file, table, index, key)
            raise Refusal("the text holds a character that nobody sees.", where=where, remedy="Write it as plain text.")
    return found, lines


def _texts(found: dict[str, Any]) -> Iterator[tuple[str, int, str, str]]:
    """Every text with the table, its place among those of that name, and the key that it stands under."""
    for name, value in found.items():
        for index, table in enumerate(value if isinstance(value, list) else [value]):
            for key, one in table.items() if isinstance(table, dict) else [(name, table)]:
                at = (name, index, key) if isinstance(table, dict) else ("", -1, name)
                yield from ((*at, said) for said in (key, *_said(one)))


def _said(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | dict):
        for one in (*value, *value.values()) if isinstance(value, dict) else value:
            yield from _said(one)


def _text(data: bytes, file: str) -> str:
    if len(data) > MOST_BYTES:
        raise Refusal(
            f"the file has more than {MOST_BYTES} bytes.",
            where=file,
            remedy="Import one year at a time.",
        )
    try:
        # TOML knows "\n" and "\r\n"; the byte order mark of some editors is harmless.
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        where = f"{file}, line {row_of(error)}"
        raise Refusal("the file is not UTF-8.", where=where, remedy="Save it as UTF-8 text.") from error
    if "\x00" in text:
        line = text[: text.index("\x00")].count("\n") + 1
        raise Refusal("the file is not text.", where=f"{file}, line {line}", remedy="Save it as UTF-8 text.")
    return text


def _check_line(line: str, where: str, *, inside: bool) -> None:
    if len(line) > MOST_LINE:
        raise Refusal(
            f"the line has {len(line)} characters, at most {MOST_LINE} are read.",
            where=where,
            remedy="Write long lists over several lines.",
        )
    if inside:
        return
    # The parser takes time by the square of the parts of a dotted key; quoted parts count as parts, too.
    for piece in re.split(r"[=,{}\[\]]", _QUOTED.sub("_", line).partition("#")[0]):
        if piece.count(".") > MOST_DOTS:
            raise Refusal("the key has too many parts.", where=where, remedy=f"At most {MOST_DOTS} dots are read.")
