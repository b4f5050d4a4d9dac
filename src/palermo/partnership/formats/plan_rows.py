"""Rows of an import: plans of other bodies (steps of their cycles) and initiatives of the shared calendar."""

import datetime as dt
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from palermo.partnership.formats.limits import FIRST_YEAR, LAST_YEAR, MOST_ENTRIES, MOST_TEXT, plain
from palermo.partnership.methods.spans import Span
from palermo.vocabulary.errors import Refusal
from palermo.vocabulary.states import load_states
from palermo.vocabulary.structures import load_structures
from palermo.vocabulary.themes import theme_codes

CERTAINTIES = ("rumour", "planned", "announced", "done", "cancelled")
#: Steps in which people come to the State.
PRESENCES = frozenset({"country_visit", "follow_up_visit", "round_table"})
STEPS = (
    "questionnaire",
    "country_visit",
    "draft_report",
    "comments",
    "report_adopted",
    "report_published",
    "recommendation",
    "state_reply",
    "follow_up_visit",
    "round_table",
    "self_assessment",
    "list_of_observations",
    "other",
)
BODIES = ("GRETA", "UNTOC review", "TIP report", "other")


@dataclass(frozen=True, slots=True)
class StepRow:
    """A step of another body's cycle in one State, and how sure it is.

    Attributes:
        uid: what tells the row from others; the same again is a change of the same step.
        holder: who said so (an organisation, a post); empty if nobody is named.
        confirmed_on: the day on which the holder did.
    """

    uid: str
    body: str
    cycle: str
    state: str
    step: str
    span: Span
    certainty: str
    holder: str
    confirmed_on: dt.date | None
    themes: tuple[str, ...]
    note: str


@dataclass(frozen=True, slots=True)
class InitiativeRow:
    """An entry of the shared calendar."""

    uid: str
    structure: str
    kind: str
    title: str
    states: tuple[str, ...]
    span: Span
    certainty: str
    themes: tuple[str, ...]
    note: str


@dataclass(frozen=True, slots=True)
class Said:
    """One raw entry: its fields as text, and where it stands for whoever must mend it."""

    where: str
    fields: Mapping[str, str]
    #: The reader refused formulas itself: what looks like one here was guarded in the file.
    checked: bool = False

    def get(self, name: str) -> str:
        """The field, without blanks around it; empty if it is not there."""
        return self.fields.get(name, "").strip()

    def text(self, name: str, *, most: int = MOST_TEXT) -> str:
        """The field as a text that a person wrote; no formula, not endless."""
        return plain(self.get(name), where=self.place(name), most=most, formulas=self.checked)

    def place(self, name: str) -> str:
        """Where to look for the field."""
        return f"{self.where}, {name}"


def step_row(said: Said) -> StepRow:
    """Check one entry as a step.

    Raises:
        Refusal: naming the field, what was expected and the remedy.
    """
    body = _one_of(said, "body", BODIES)
    state = _state(said, "state")
    step = _one_of(said, "step", STEPS)
    cycle = said.text("cycle", most=60)
    span = _span(said)
    uid = said.text("uid", most=200)
    confirmed = said.get("confirmed_on")
    return StepRow(
        uid=uid or _key(body, cycle, state, step, span.first.isoformat()),
        body=body,
        cycle=cycle,
        state=state,
        step=step,
        span=span,
        certainty=_one_of(said, "certainty", CERTAINTIES, default="planned"),
        holder=said.text("holder", most=200),
        confirmed_on=_day(said, "confirmed_on") if confirmed else None,
        themes=_themes(said),
        note=said.text("note"),
    )


def initiative_row(said: Said) -> InitiativeRow:
    """Check one entry as an initiative.

    Raises:
        Refusal: naming the field, what was expected and the remedy.
    """
    title = said.text("title", most=200)
    if not title:
        raise Refusal("the title is missing.", where=said.place("title"), remedy="Say in a few words what it is.")
    span = _span(said)
    structure = _structure(said.text("structure", most=60))
    if not structure:
        raise Refusal("the structure is missing.", where=said.place("structure"), remedy="Say whose initiative it is.")
    named = said.get("states").replace(",", " ").replace(";", " ").split()
    uid = said.text("uid", most=200)
    return InitiativeRow(
        uid=uid or _key(structure, title, span.first.isoformat()),
        structure=structure,
        kind=plain(said.get("kind") or "other", where=said.place("kind"), most=20),
        title=title,
        states=tuple(dict.fromkeys(_known_state(code, said.place("states")) for code in named)),
        span=span,
        certainty=_one_of(said, "certainty", CERTAINTIES, default="planned"),
        themes=_themes(said),
        note=said.text("note"),
    )


def _structure(name: str) -> str:
    """The code of a structure of the list however its letters are written; another name as it is."""
    return next((code for code in load_structures() if code.casefold() == name.casefold()), name)


def distinct(rows: Iterable[tuple[str, str]]) -> None:
    """Refuse two rows with one uid, and more rows than are taken; each is its uid and its place."""
    seen: dict[str, str] = {}
    for uid, where in rows:
        if uid in seen:
            raise Refusal(f"the entry is the same as in {seen[uid]}.", where=where, remedy="Leave one of the two out.")
        seen[uid] = where
        if len(seen) > MOST_ENTRIES:
            raise Refusal(f"there are more than {MOST_ENTRIES:,} entries.", where=where, remedy="Split the file.")


def state_in(text: str) -> str:
    """Code of the one State whose name, or code in capitals, stands in a text; empty if there is none or several."""
    words = f" {' '.join(text.replace(',', ' ').replace(';', ' ').split())} "
    found = {code for code, state in load_states().items() if f" {state.name.lower()} " in words.lower()}
    found = found or {code for code in load_states() if f" {code} " in words}
    return found.pop() if len(found) == 1 else ""


def _key(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:32]


def _one_of(said: Said, name: str, values: tuple[str, ...], default: str = "") -> str:
    word = said.get(name) or default
    match = next((value for value in values if value.lower() == word.lower()), None)
    if match is None:
        shown = f"{word[:60]!r} is not on the list" if word else "the field is empty"
        raise Refusal(f"{shown}.", where=said.place(name), remedy=f"Use one of: {', '.join(values)}.")
    return match


def _state(said: Said, name: str) -> str:
    return _known_state(said.get(name), said.place(name))


def _known_state(word: str, where: str) -> str:
    code = word.upper() if word.upper() in load_states() else state_in(word)
    if not code:
        raise Refusal(
            f"{word[:60]!r} is no participating State or Partner." if word else "the State is missing.",
            where=where,
            remedy="Use the two letters of ISO 3166-1, such as MD.",
        )
    return code


def _day(said: Said, name: str) -> dt.date:
    word = said.get(name)
    try:
        day = dt.date.fromisoformat(word)
    except ValueError as error:
        raise Refusal(
            f"{word[:40]!r} is no day." if word else "the day is missing.",
            where=said.place(name),
            remedy="Write it as 2026-05-12.",
        ) from error
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise Refusal(
            f"{word} lies too far off.", where=said.place(name), remedy=f"Years {FIRST_YEAR} to {LAST_YEAR} are taken."
        )
    return day


def _span(said: Said) -> Span:
    first = _day(said, "starts")
    last = _day(said, "ends") if said.get("ends") else first
    if last < first:
        raise Refusal("it ends before it begins.", where=said.place("ends"), remedy="Give the last day.")
    return Span(first, last)


def _themes(said: Said) -> tuple[str, ...]:
    words = said.get("themes").replace(",", " ").replace(";", " ").split()
    try:
        return tuple(theme_codes(words))
    except Refusal as refusal:
        raise Refusal(refusal.message, where=said.place("themes"), remedy=refusal.remedy) from refusal
