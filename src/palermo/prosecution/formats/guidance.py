"""Guidance for financial investigators, step by step, in the six languages of the organisation."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from palermo.vocabulary.errors import Refusal

LANGUAGES = ("en", "fr", "de", "it", "ru", "es")
_FOLDER = Path(__file__).parent.parent / "data" / "guidance"


@dataclass(frozen=True)
class Step:
    """One step: a key that all languages share, what to do, and why and how in two sentences."""

    key: str
    title: str
    text: str


@dataclass(frozen=True)
class Guidance:
    """The guidance in one language, under the name that the language gives itself."""

    code: str
    language: str
    title: str
    note: str
    steps: tuple[Step, ...]


@cache
def load_guidance(code: str) -> Guidance:
    """The guidance in a language.

    Raises:
        Refusal: a language that it is not written in.
    """
    if code not in LANGUAGES:
        raise Refusal(f"There is no guidance in {code!r}.", remedy=f"Choose from {', '.join(LANGUAGES)}.")
    said = tomllib.loads((_FOLDER / f"{code}.toml").read_text(encoding="utf-8"))
    steps = tuple(Step(**one) for one in said["step"])
    return Guidance(code, said["language"], said["title"], said["note"], steps)
