"""The forms of screening as versioned data: what is asked, in which words, and what a yes speaks for.

Forms ship in ``protection/forms/*.toml``. An agency's translation is the same file in another language.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from palermo.protection.methods.answers import Answer, Path
from palermo.vocabulary.errors import Refusal
from palermo.vocabulary.indicators import load_items

FORMS = ("intake", "interview")
OBSERVATION, QUESTION = "observation", "question"


@dataclass(frozen=True, slots=True)
class Question:
    """One question of a form.

    Attributes:
        code: stable within the form.
        kind: ``question`` (read aloud) or ``observation`` (the officer looks, and does not ask).
        text: the words.
        help: for the interviewer only.
        items: what a yes, no or not known is recorded for.
        covers: every item that would make the answer a yes, ``items`` among them: on the short form one question
            stands for several, and only what they have in common is recorded.
        paths: who is asked.
        sensitive: only if the person is alone with the interviewer; may be left for another day.
        after: asked only if this earlier question was answered yes; empty if always.
    """

    code: str
    kind: str
    text: str
    help: str
    items: tuple[str, ...]
    covers: tuple[str, ...]
    paths: tuple[Path, ...]
    sensitive: bool
    after: str


@dataclass(frozen=True, slots=True)
class Form:
    """A form in one language and version."""

    id: str
    version: str
    language: str
    title: str
    minutes: int
    source: str
    questions: tuple[Question, ...]

    def asked(self, path: Path) -> tuple[Question, ...]:
        """The questions of one path, in order."""
        return tuple(question for question in self.questions if path in question.paths)

    def due(self, path: Path, answers: Mapping[str, Answer]) -> Question | None:
        """The next question that has no answer yet, so that a screening can be resumed; None at the end.

        Args:
            path: of the person.
            answers: by code of question; ``not_known`` is an answer ("not now").
        """
        for question in self.asked(path):
            follows = not question.after or answers.get(question.after) is Answer.YES
            if follows and answers.get(question.code, Answer.NOT_ASKED) is Answer.NOT_ASKED:
                return question
        return None

    def items(self, answers: Mapping[str, Answer]) -> dict[str, Answer]:
        """The answers by item, as ``screening.screen`` takes them.

        Raises:
            Refusal: a question that the form does not have.
        """
        by_code = {question.code: question for question in self.questions}
        unknown = next((code for code in answers if code not in by_code), None)
        if unknown is not None:
            raise Refusal(
                f"Unknown question {unknown!r}.", where=f"form {self.id}", remedy=f"See version {self.version}."
            )
        return {item: answer for code, answer in answers.items() for item in by_code[code].items}


@dataclass(frozen=True, slots=True)
class Condition:
    """What must be so before the first question, and what to do otherwise."""

    code: str
    text: str
    otherwise: str
    paths: tuple[Path, ...]


@cache
def load_form(name: str) -> Form:
    """The form ``intake`` (at most 16 questions) or ``interview`` (every item).

    Raises:
        Refusal: there is no such form.
    """
    if name not in FORMS:
        raise Refusal(f"There is no form {name!r}.", where="form", remedy=f"Expected one of {', '.join(FORMS)}.")
    return read_form(_data(f"{name}.toml"))


def read_form(text: str) -> Form:
    """A form from its text (TOML), e.g. a translation.

    Raises:
        Refusal: it is not TOML, a key is missing, an item is unknown, a code is there twice or ``after`` leads nowhere.
    """
    try:
        data = tomllib.loads(text)
        form = Form(
            id=data["id"],
            version=data["version"],
            language=data["language"],
            title=data["title"],
            minutes=data["minutes"],
            source=data["source"],
            questions=tuple(_question(entry) for entry in data["questions"]),
        )
    except tomllib.TOMLDecodeError as error:
        raise Refusal(
            f"The form is not TOML ({error}).", where="form", remedy="Compare it with the one shipped."
        ) from error
    except KeyError as error:
        raise Refusal(f"The form lacks {error}.", where="form", remedy="Compare it with the one shipped.") from error
    _check(form)
    return form


@cache
def load_conditions() -> tuple[Condition, ...]:
    """The conditions before the first question, in order."""
    return tuple(
        Condition(entry["code"], entry["text"], entry["otherwise"], _paths(entry))
        for entry in tomllib.loads(_data("conditions.toml"))["conditions"]
    )


def _question(entry: Mapping[str, Any]) -> Question:
    return Question(
        code=entry["code"],
        kind=entry["kind"],
        text=entry["text"],
        help=entry.get("help", ""),
        items=tuple(entry["items"]),
        covers=(*entry["items"], *entry.get("covers", ())),
        paths=_paths(entry),
        sensitive=entry.get("sensitive", False),
        after=entry.get("after", ""),
    )


def _paths(entry: Mapping[str, Any]) -> tuple[Path, ...]:
    return tuple(Path(path) for path in entry.get("paths", list(Path)))


def _check(form: Form) -> None:
    seen: set[str] = set()
    for question in form.questions:
        unknown = [item for item in question.covers if item not in load_items()]
        if unknown:
            _refuse(question, f"The item {unknown[0]!r} is unknown.")
        if question.code in seen:
            _refuse(question, "The code is there twice.")
        if question.after and question.after not in seen:
            _refuse(question, f"It follows {question.after!r}, which is not before it.")
        if question.kind not in (OBSERVATION, QUESTION):
            _refuse(question, f"The kind {question.kind!r} is unknown.")
        seen.add(question.code)


def _refuse(question: Question, message: str) -> None:
    raise Refusal(message, where=f"form, question {question.code}", remedy="Compare it with the one shipped.")


def _data(name: str) -> str:
    return files("palermo.protection").joinpath("forms", name).read_text(encoding="utf-8")
