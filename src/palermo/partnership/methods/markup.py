"""The markup of a report: headings, paragraphs, lists, and figures called by name. No number need be typed.

# Prevention
The conference brought together {{ declared:event.alliance-17.participants }} participants.
- {{ findings.recommendations }} recommendations, {{ findings.recommendations @ 2016 }} the year before.
{{ chart: findings.recommendations, findings.implemented | What became of recommendations }}
{{ map: findings.states | States that received a recommendation }}
{{ figures: protection }}
{{ declared }}
"""

import re
from dataclasses import dataclass, field

from palermo.vocabulary.errors import Refusal

#: Characters of a report, and of one line of it.
MOST, LONGEST = 400_000, 20_000
#: Calls that stand on a line of their own.
BLOCK_CALLS = ("chart", "map", "figures", "declared")

_CALL = re.compile(r"\{\{\s*(.*?)\s*\}\}")
_NAME = re.compile(r"(?:declared:)?[A-Za-z0-9](?:[\w.\-])*")
_INLINE = re.compile(rf"({_NAME.pattern})(?:\s*@\s*(\d{{4}}))?")
_HEADING = re.compile(r"(#{1,3})\s+(.+)")
#: Between two sentences.
SENTENCE_ENDS = re.compile(r"(?<=[.!?…])\s+(?=[^\sa-zа-яё])")
_DATE = re.compile(
    r"\b(?:\d{1,2}\s+[^\W\d]+\s+\d{4}|[^\W\d]+\s+\d{1,2},\s+\d{4}|\d{4}-\d\d-\d\d|(?:19|20)\d\d|\d+(?:st|nd|rd|th|e|er|[aªº°])\b)"
)


@dataclass(frozen=True)
class Call:
    """A figure called in a text; `year` 0 is the report's own."""

    name: str
    year: int = 0

    @property
    def declared(self) -> bool:
        """Whether somebody gave the figure, so that it cannot be recounted."""
        return self.name.startswith("declared:")


@dataclass(frozen=True)
class Block:
    """One piece of a report, with the line on which it begins.

    Attributes:
        kind: `heading`, `text`, `list`, or one of BLOCK_CALLS.
        level: of a heading.
        lines: each a sequence of texts and calls; one of a heading or paragraph, one an item of a list.
        names: what a block call is about.
        caption: of a chart or map.
    """

    kind: str
    line: int
    level: int = 0
    lines: tuple[tuple[str | Call, ...], ...] = ()
    names: tuple[Call, ...] = ()
    caption: str = ""


def parse(text: str) -> tuple[Block, ...]:
    """A report's text as blocks.

    Raises:
        Refusal: naming the line: a call that cannot be read, or a text that is too long.
    """
    if len(text) > MOST:
        raise Refusal(f"the text has more than {MOST} characters", where="text", remedy="Make two reports of it.")
    reader = _Reader()
    for number, line in enumerate(text.replace("\r\n", "\n").split("\n"), 1):
        if len(line) > LONGEST:
            raise Refusal(f"the line has more than {LONGEST} characters", where=f"line {number}", remedy="Break it.")
        reader.take(number, line.strip())
    reader.close()
    return tuple(reader.blocks)


@dataclass
class _Reader:
    blocks: list[Block] = field(default_factory=list)
    open_kind: str = ""
    open_at: int = 0
    open_lines: list[tuple[str | Call, ...]] = field(default_factory=list)

    def take(self, number: int, line: str) -> None:
        heading = _HEADING.fullmatch(line)
        own = _CALL.fullmatch(line)
        block_call = own and re.split(r"[\s:]", own[1], maxsplit=1)[0] in BLOCK_CALLS and not _is_figure(own[1])
        if not line or heading or block_call:
            self.close()
        if heading:
            words = _pieces(heading[2], number)
            self.blocks.append(Block("heading", number, len(heading[1]), (words,)))
        elif block_call and own:
            self.blocks.append(_block_call(own[1], number))
        elif line.startswith("- "):
            self.add("list", number, line[2:])
        elif line:
            self.add("text" if self.open_kind != "list" else "list", number, line, joined=True)

    def add(self, kind: str, number: int, line: str, *, joined: bool = False) -> None:
        if kind != self.open_kind:
            self.close()
            self.open_kind, self.open_at = kind, number
        pieces = _pieces(line, number)
        if joined and self.open_lines:
            self.open_lines[-1] += (" ", *pieces)
        else:
            self.open_lines.append(pieces)

    def close(self) -> None:
        if self.open_lines:
            self.blocks.append(Block(self.open_kind, self.open_at, lines=tuple(self.open_lines)))
        self.open_kind, self.open_lines = "", []


def _is_figure(said: str) -> bool:
    return said.startswith("declared:")


def _pieces(text: str, number: int) -> tuple[str | Call, ...]:
    found: list[str | Call] = []
    for n, piece in enumerate(_CALL.split(text)):
        if n % 2:
            found.append(_call(piece, number))
        elif "{{" in piece or "}}" in piece:
            raise Refusal("a call is not closed", where=f"line {number}", remedy="Write it as {{ name }}.")
        elif piece:
            found.append(piece)
    return tuple(found)


def _call(said: str, number: int) -> Call:
    match = _INLINE.fullmatch(said)
    if match is None:
        raise Refusal(
            f"“{said}” is no call of a figure", where=f"line {number}", remedy="Write {{ name }} or {{ name @ 2016 }}."
        )
    return Call(match[1], int(match[2] or 0))


def _block_call(said: str, number: int) -> Block:
    head, _, caption = said.partition("|")
    kind, _, rest = head.partition(":")
    names = tuple(_call(name.strip(), number) for name in rest.split(",") if name.strip())
    kind = kind.strip()
    if kind in {"chart", "map"} and (not names or not caption.strip()):
        raise Refusal(
            f"a {kind} needs figures and words", where=f"line {number}", remedy=f"Write {{{{ {kind}: name | words }}}}."
        )
    return Block(kind, number, names=names, caption=caption.strip())


def calls(blocks: tuple[Block, ...]) -> tuple[Call, ...]:
    """Every figure that the blocks call by name, once each, in the order of their first call."""
    found: dict[Call, None] = {}
    for block in blocks:
        if block.kind in {"chart", "map"}:
            found.update(dict.fromkeys(block.names))
        for line in block.lines:
            found.update(dict.fromkeys(piece for piece in line if isinstance(piece, Call)))
    return tuple(found)


@dataclass(frozen=True)
class Sentence:
    """A sentence of a draft, and what stands behind it.

    Attributes:
        typed: numbers that were typed by hand, as they stand there.
        dated: dates, years and ordinals: numbers too, but no counts.
        figures: how many figures it calls.
    """

    line: int
    text: str
    typed: tuple[str, ...]
    dated: tuple[str, ...]
    figures: int


_NUMBER = re.compile(r"\d+(?:[.,\u00a0\u202f ]\d{3})*(?:[.,]\d+)?%?")


def sentences(blocks: tuple[Block, ...]) -> tuple[Sentence, ...]:
    """Every sentence of paragraphs and lists."""
    found = []
    for block in blocks:
        if block.kind not in {"text", "list"}:
            continue
        for line in block.lines:
            text = "".join(piece if isinstance(piece, str) else f"{{{{ {piece.name} }}}}" for piece in line)
            found += [_looked_at(one, block.line) for one in SENTENCE_ENDS.split(text) if one.strip()]
    return tuple(found)


def _looked_at(text: str, line: int) -> Sentence:
    bare = _CALL.sub("", text)
    dated = tuple(match.group() for match in _DATE.finditer(bare))
    typed = tuple(_NUMBER.findall(_DATE.sub("", bare)))
    return Sentence(line, text.strip(), typed, dated, len(_CALL.findall(text)))


def unsupported(blocks: tuple[Block, ...]) -> tuple[Sentence, ...]:
    """Sentences with no figure behind them: those with a number typed by hand, and those that call none."""
    return tuple(one for one in sentences(blocks) if one.typed or not one.figures)
