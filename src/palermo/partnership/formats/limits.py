"""What a file of plans may be at most. Checked before any library reads it."""

import re

from palermo.vocabulary.errors import Refusal

#: Bytes of a whole file.
MOST_BYTES = 1_500_000
#: Bytes of a line as it stands, and of a line put together from folded ones (RFC 5545, 3.1).
MOST_LINE = 20_000
#: Entries after repetitions are written out.
MOST_ENTRIES = 5_000
#: Rules of repetition in one file, and what one of them may give.
MOST_RULES = 20
MOST_REPEATS = 200
#: Characters of a text.
MOST_TEXT = 2_000
#: Years between which a plan may lie.
FIRST_YEAR, LAST_YEAR = 1990, 2100

#: What a spreadsheet takes for a formula where a cell begins with it; `FORMULA` has besides what old ones ran.
SPREADSHEET = ("=", "+", "-", "@", "\t", "\r")
FORMULA = (*SPREADSHEET, "|")
#: Controls, the first of which no database takes, and what turns the direction of the letters after it, so that a text
#: reads otherwise than it is (the isolates that right-to-left texts need are not among them).
_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e]")


def row_of(error: UnicodeDecodeError) -> int:
    """The line on which a text is not UTF-8, the first being 1.

    Counted in what was decoded: a byte order mark before it is no part of that.
    """
    return error.object.count(b"\n", 0, error.start) + 1


def unseen(text: str) -> bool:
    """Whether a text holds a character that nobody sees and that makes it another text."""
    return _UNSEEN.search(text) is not None


def decoded(data: bytes, *, name: str) -> str:
    """The text of a file within the limits.

    Raises:
        Refusal: too large, a line too long, not UTF-8, or characters that no text has.
    """
    if len(data) > MOST_BYTES:
        raise Refusal(
            f"the file has {len(data):,} bytes, {MOST_BYTES:,} are taken.",
            where=name,
            remedy="Export fewer years or one calendar at a time.",
        )
    for number, line in enumerate(data.split(b"\n"), start=1):
        if len(line) > MOST_LINE:
            raise Refusal(
                f"the line has {len(line):,} bytes, {MOST_LINE:,} are taken.",
                where=f"{name}, line {number}",
                remedy="Shorten it, or export the file anew.",
            )
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        where = f"{name}, line {row_of(error)}"
        raise Refusal(
            "the file is not UTF-8.", where=where, remedy="Save it as UTF-8 text and send it again."
        ) from error
    for number, one in enumerate(text.split("\n"), start=1):
        if unseen(one):
            raise Refusal(
                "the line holds a control character.", where=f"{name}, line {number}", remedy="Save it as plain text."
            )
    return text


def plain(text: str, *, where: str, most: int = MOST_TEXT, formulas: bool = False) -> str:
    """A text that a person wrote: no formula for a spreadsheet (unless `formulas` says otherwise), not endless.

    Raises:
        Refusal: it begins as a formula does, or is too long.
    """
    said = text.strip()
    if not formulas and said.startswith(FORMULA):
        raise Refusal(
            f"the text begins with {said[0]!r}, as a spreadsheet's formula does.",
            where=where,
            remedy="Put a word before it.",
        )
    if len(said) > most:
        raise Refusal(f"the text has {len(said):,} characters, {most:,} are taken.", where=where, remedy="Shorten it.")
    return said
