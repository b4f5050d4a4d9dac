"""What a person answered, and which path their age leads to."""

from enum import StrEnum

from palermo.vocabulary.errors import Refusal

ADULT_AT = 18
OLDEST = 120


class Answer(StrEnum):
    """An answer to one item. ``not_known`` is not ``no``, and what was not asked says nothing."""

    YES = "yes"
    NO = "no"
    NOT_KNOWN = "not_known"
    NOT_ASKED = "not_asked"


class Path(StrEnum):
    """The path by age: under 18 or not sure is a child (CoE Convention, article 10(3))."""

    ADULT = "adult"
    CHILD = "child"


def path_of(age: int | None) -> Path:
    """The path for an age in years; None is "not sure".

    Raises:
        Refusal: no living person has this age.
    """
    if age is None:
        return Path.CHILD
    if not 0 <= age <= OLDEST:
        raise Refusal(
            f"{age} is not an age.",
            where="age",
            remedy=f"Give years from 0 to {OLDEST}, or leave it blank if not sure.",
        )
    return Path.CHILD if age < ADULT_AT else Path.ADULT
