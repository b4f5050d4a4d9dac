"""From a report's text to a document: figures gathered by name, and the blocks that PDF, Word and page are set from."""

import datetime as dt
import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from palermo.office.figures import figures
from palermo.partnership.formats.report_words import Words, words_of
from palermo.partnership.methods.markup import Block, Call, calls
from palermo.partnership.queries.figures import DECLARED, Value, declared_in, value_of
from palermo.ui.charts import kinds
from palermo.ui.charts.keep import drawing
from palermo.ui.maps.tiles import state_map
from palermo.vocabulary.states import load_states

#: The four Ps in the order of a report; a figure belongs to the one that its name begins with, else to partnerships.
PILLARS = ("prevention", "prosecution", "protection", "partnership")


def pillar_of(name: str) -> str:
    """Under which of the four Ps a registered figure stands."""
    room = name.partition(".")[0]
    return room if room in PILLARS else "partnership"


@dataclass(frozen=True)
class Gathered:
    """The figures of a report: by the name and year of their call, in the order of the first call."""

    year: int
    values: dict[tuple[str, int], Value]

    def of(self, call: Call) -> Value:
        """The figure that a call names."""
        return self.values[call.name, call.year or self.year]

    def declared(self) -> list[Value]:
        """What was declared for the report's year."""
        return [one for (name, year), one in self.values.items() if name.startswith(DECLARED) and year == self.year]

    def registered(self, pillar: str) -> list[Value]:
        """Counted figures of the report's year under one of the four Ps."""
        return [
            one
            for (name, year), one in sorted(self.values.items())
            if year == self.year and not name.startswith(DECLARED) and pillar_of(name) == pillar
        ]


def gather(blocks: tuple[Block, ...], year: int, *, step: Callable[[str], None] = lambda _: None) -> Gathered:
    """Count every figure that the blocks name.

    Args:
        step: told the name of each figure before it is counted.

    Raises:
        Refusal: a name that nobody registered or declared.
    """
    wanted: dict[tuple[str, int], None] = {}
    for block in blocks:
        if block.kind == "figures":
            pillars = {call.name for call in block.names} or set(PILLARS)
            wanted.update(dict.fromkeys((name, year) for name in figures() if pillar_of(name) in pillars))
    wanted.update(dict.fromkeys((call.name, call.year or year) for call in calls(blocks)))
    found: dict[tuple[str, int], Value] = {}
    for name, of in wanted:
        step(name)
        found[name, of] = value_of(name, of)
    if any(block.kind == "declared" for block in blocks):
        step("declared")
        found.update({(one.name, year): one for one in declared_in(year)})
    return Gathered(year, found)


def default_text(language: str) -> str:
    """A report that calls all registered figures by the four Ps, and every declared figure of the year."""
    words = words_of(language)
    parts = [f"# {words.say('counted_title')}"]
    for pillar in PILLARS:
        if any(pillar_of(name) == pillar for name in figures()):
            parts += [f"## {words.say(pillar)}", f"{{{{ figures: {pillar} }}}}"]
    charted = "findings.recommendations, findings.replied, findings.assessed, findings.implemented"
    parts += [
        f"{{{{ chart: {charted} | {words.say('findings_chart')} }}}}",
        f"{{{{ map: findings.states | {words.say('states_map')} }}}}",
        f"# {words.say('declared_title')}",
        words.say("declared_lead"),
        "{{ declared }}",
    ]
    return "\n\n".join(parts) + "\n"


@dataclass
class _Setter:
    """Sets blocks one after another; a figure's definition stands in a note at its first call."""

    gathered: Gathered
    words: Words
    noted: set[tuple[str, int]] = field(default_factory=set)

    def blocks(self, parsed: Iterable[Block]) -> list[dict[str, Any]]:
        return [set_ for block in parsed for set_ in self.block(block)]

    def block(self, block: Block) -> list[dict[str, Any]]:
        if block.kind == "heading":
            text = "".join(p if isinstance(p, str) else self.said(p) for p in block.lines[0])
            return [{"kind": "heading", "level": block.level, "text": text}]
        if block.kind == "text":
            return [{"kind": "text", "parts": self.parts(block.lines[0])}]
        if block.kind == "list":
            return [{"kind": "list", "items": [self.parts(line) for line in block.lines]}]
        if block.kind == "figures":
            return self.counted([one for name in self.pillars(block) for one in self.gathered.registered(name)])
        if block.kind == "declared":
            return self.table(self.gathered.declared(), sources=True)
        return [self.map(block) if block.kind == "map" else self.chart(block)]

    @staticmethod
    def pillars(block: Block) -> list[str]:
        return [call.name for call in block.names] or list(PILLARS)

    def said(self, call: Call) -> str:
        return self.in_words(self.gathered.of(call))

    def in_words(self, one: Value) -> str:
        return self.words.figure(one.counted.value, one.counted.bound, declared=one.counted.declared)

    def parts(self, line: tuple[str | Call, ...]) -> list[Any]:
        return [piece if isinstance(piece, str) else self.part(piece) for piece in line]

    def part(self, call: Call) -> dict[str, Any]:
        one, key = self.gathered.of(call), (call.name, call.year or self.gathered.year)
        note = "" if key in self.noted else self.note(one)
        self.noted.add(key)
        return {"text": self.in_words(one), "strong": True, "note": note, "figure": one.name, "year": key[1]}

    def note(self, one: Value) -> str:
        if one.counted.declared:
            return ". ".join(part for part in (one.definition or one.name.removeprefix(DECLARED), one.source) if part)
        return self.words.say(
            "counted_note",
            definition=self.words.definition(one.name, one.definition),
            period=one.period.start.year,
            counted=self.words.number(one.counted.value) if one.counted.ids else self.words.say("none"),
            digest=one.digest[:12],
        )

    def counted(self, values: list[Value]) -> list[dict[str, Any]]:
        """A table of what was counted, and in one sentence what came to nought."""
        some = [one for one in values if one.counted.value]
        none = [one for one in values if not one.counted.value]
        blocks = self.table(some) if some or not values else []
        if none:
            blocks.append({"kind": "text", "parts": [self.nothing(none)]})
        return blocks

    def nothing(self, values: list[Value]) -> str:
        return self.words.say("no_record", names=", ".join(dict.fromkeys(self.words.label(one.name) for one in values)))

    def table(self, values: list[Value], *, sources: bool = False) -> list[dict[str, Any]]:
        if not values:
            return [{"kind": "text", "parts": [self.words.say("not_registered")]}]
        say = self.words.say
        rows = []
        for one in values:
            what = self.words.definition(one.name, one.definition) or one.name.removeprefix(DECLARED)
            said = self.words.figure(
                one.counted.value, one.counted.bound, declared=one.counted.declared, unit=one.unit if sources else ""
            )
            rows.append([what, said, one.source] if sources else [what, said])
        heads = [say("what"), say("value"), *([say("source")] if sources else [])]
        names = [one.name for one in values]
        widths = [5, 3, 3] if sources else [6, 1]
        return [{"kind": "table", "columns": heads, "rows": rows, "names": names, "widths": widths, "numeric": []}]

    def label(self, one: Value) -> str:
        name = self.words.label(one.name)
        plain = one.counted.bound == "exact" and not one.counted.declared
        return name if plain else f"{name} ({self.in_words(one)})"

    def chart(self, block: Block) -> dict[str, Any]:
        values = [self.gathered.of(call) for call in block.names]
        if not any(one.counted.value for one in values):
            return self.not_drawn(block, values)
        rows = [{"what": self.label(one), "n": float(one.counted.value)} for one in values]
        figure = kinds.bars(rows, category="what", value="n", title=block.caption)
        alt = f"{block.caption}: " + "; ".join(f"{self.label(one)}, {self.in_words(one)}" for one in values)
        return {"kind": "drawing", "svg": drawing(figure), "alt": alt, "caption": block.caption, "width": 90}

    def not_drawn(self, block: Block, values: list[Value]) -> dict[str, Any]:
        """Words in place of a drawing on which nothing would stand."""
        return {"kind": "text", "parts": [f"{block.caption}. {self.nothing(values)}"]}

    def map(self, block: Block) -> dict[str, Any]:
        """A tile a State: how many of the ids counted are its code, or begin with it and a colon."""
        values = [self.gathered.of(call) for call in block.names]
        states = load_states()
        codes = [one[:2] for value in values for one in value.counted.ids if one[2:3] in ("", ":")]
        counts = {code: float(count) for code, count in Counter(codes).items() if code in states}
        if not counts:
            return self.not_drawn(block, values)
        partners = any(states[code].kind != "participating_state" for code in counts)
        names = {code: self.words.state(code) for code in states}
        figure = state_map(
            counts,
            title=block.caption,
            names=names,
            partners=partners,
            breaks=(2, 3, 4, 5),
            unknown=self.words.say("none"),
        )
        said = ", ".join(
            f"{names[code]} {count:.0f}" for code, count in sorted(counts.items(), key=lambda c: names[c[0]])
        )
        alt = f"{block.caption}: {said}"
        return {"kind": "drawing", "svg": drawing(figure), "alt": alt, "caption": block.caption, "width": 100}


def document_of(
    blocks: tuple[Block, ...],
    gathered: Gathered,
    *,
    language: str,
    title: str,
    author: str,
    frozen: dt.datetime | None,
    today: dt.date,
) -> dict[str, Any]:
    """The data of ui's document template.

    Args:
        frozen: when the figures were frozen; None says that it is a draft of `today`.
    """
    words = words_of(language)
    digest = hashlib.sha256("".join(one.digest for one in gathered.values.values()).encode()).hexdigest()
    fact = (
        words.say("frozen", day=words.day(frozen.date()), digest=digest[:16])
        if frozen
        else words.say("draft", day=words.day(today))
    )
    return {
        "title": title,
        "over": author,
        "facts": [fact],
        "language": language,
        "author": author,
        "running": title,
        "page_words": words.table["page"],
        "notes_title": words.say("notes"),
        "blocks": _Setter(gathered, words).blocks(blocks),
    }


def digest_of_document(content: Mapping[str, Any]) -> str:
    """SHA-256 of a document's data as canonical JSON."""
    return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def as_json(values: Iterable[Value]) -> dict[str, dict[str, Any]]:
    """Figures by name: value, bound, definition, how many records were counted, digest."""
    return {
        one.name: {
            "value": _plain(one),
            "bound": str(one.counted.bound),
            "definition": one.definition,
            "counted": len(one.counted.ids),
            "declared": one.counted.declared,
            "digest": one.digest,
        }
        for one in values
    }


def _plain(one: Value) -> int | float:
    value = one.counted.value
    return int(value) if value == value.to_integral_value() else float(value)
