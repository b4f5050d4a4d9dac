"""What a round of a questionnaire says: response rate, answers by kind, gaps, and how two rounds compare."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

NOT_KNOWN = "not_known"
#: Kind and name of a respondent: the same from round to round; a State and an organisation may bear one name.
Who = tuple[str, str]


@dataclass(frozen=True)
class Asked:
    """A question: its code is the same from version to version."""

    code: str
    kind: str
    text: str
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class Tally:
    """What all respondents said to one question. Unanswered is not "not known", and neither is "no"."""

    question: Asked
    counts: Mapping[str, int]
    not_known: int
    unanswered: int
    with_evidence: int

    @property
    def known(self) -> int:
        """How many gave an answer that says something."""
        return sum(self.counts.values())


@dataclass(frozen=True)
class Responses:
    """A round.

    Args:
        asked: how many were asked.
        answered: how many handed their answers in.
        tallies: one a question, in order.
        gaps: for each respondent who handed in, the codes left unanswered or not known.
    """

    asked: int
    answered: int
    tallies: tuple[Tally, ...]
    gaps: Mapping[Who, Sequence[tuple[str, str]]] = field(default_factory=dict)

    @property
    def rate(self) -> float | None:
        """Share of those asked who handed in; None if nobody was asked."""
        return self.answered / self.asked if self.asked else None


def tally(
    questions: Sequence[Asked], handed_in: Mapping[Who, Mapping[str, tuple[str, str]]], *, asked: int
) -> Responses:
    """Count a round.

    Args:
        questions: in order.
        handed_in: respondent → code → (value, evidence), of those who handed in only.
        asked: how many were asked.
    """
    tallies = tuple(_tally(question, handed_in) for question in questions)
    gaps = {
        who: [
            (question.code, NOT_KNOWN if question.code in said else "unanswered")
            for question in questions
            if said.get(question.code, (NOT_KNOWN, ""))[0] == NOT_KNOWN
        ]
        for who, said in handed_in.items()
    }
    return Responses(asked, len(handed_in), tallies, {who: found for who, found in gaps.items() if found})


def _tally(question: Asked, handed_in: Mapping[Who, Mapping[str, tuple[str, str]]]) -> Tally:
    said = [answers[question.code] for answers in handed_in.values() if question.code in answers]
    values = Counter(value for value, _ in said if value != NOT_KNOWN)
    if question.kind == "yes_no":
        counts = {value: values[value] for value in ("yes", "no")}
    elif question.kind == "choice":
        counts = {choice: values[choice] for choice in question.choices}
    else:
        counts = {"given": sum(values.values())}
    unknown = sum(value == NOT_KNOWN for value, _ in said)
    return Tally(question, counts, unknown, len(handed_in) - len(said), sum(bool(evidence) for _, evidence in said))


@dataclass(frozen=True)
class Change:
    """One question in two rounds, by those who answered it in both."""

    question: Asked
    moved: Mapping[tuple[str, str], int]
    both: int


def compare(
    questions: Sequence[Asked],
    before: Mapping[Who, Mapping[str, tuple[str, str]]],
    after: Mapping[Who, Mapping[str, tuple[str, str]]],
) -> tuple[Change, ...]:
    """How answers of yes and no, and choices, moved between two rounds; respondents are matched by kind and name."""
    found = []
    for question in questions:
        if question.kind not in {"yes_no", "choice"}:
            continue
        pairs = Counter(
            (before[who][question.code][0], after[who][question.code][0])
            for who in before.keys() & after.keys()
            if question.code in before[who] and question.code in after[who]
        )
        found.append(Change(question, dict(sorted(pairs.items())), sum(pairs.values())))
    return tuple(found)
