"""Who held which post on a day: the rules of time that queries, figures and pages share."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

#: Posts with one holder at a time, and the two that "co-ordinators" in a report may mean together.
SINGLE = ("co_ordinator", "rapporteur")


@dataclass(frozen=True, slots=True)
class Tenure:
    """Somebody holds a post from `since` to `until`, both included; `until` is None while it goes on.

    Attributes:
        seat: whose post it is: a State's ISO 3166-1 alpha-2 code, or the id of an organisation.
        shared: said to be held together with others.
    """

    id: str
    contact: str
    post: str
    seat: str
    since: dt.date
    until: dt.date | None
    shared: bool = False
    confirmed_on: dt.date | None = None

    def held_on(self, day: dt.date) -> bool:
        """Whether it is held on that day."""
        return self.since <= day and (self.until is None or day <= self.until)

    def meets(self, other: "Tenure") -> bool:
        """Whether both are held on one day at least."""
        return (other.until is None or self.since <= other.until) and (self.until is None or other.since <= self.until)

    def excludes(self, other: "Tenure") -> bool:
        """Whether the two cannot both be: the same single post on one day, and not both are said to be shared."""
        same = (self.post, self.seat) == (other.post, other.seat)
        return same and self.post in SINGLE and not (self.shared and other.shared) and self.meets(other)

    def unconfirmed_on(self, day: dt.date, days: int = 365) -> bool:
        """Whether nobody has confirmed it in the `days` before (nor has it begun within them)."""
        return (self.confirmed_on or self.since) < day - dt.timedelta(days=days)


@dataclass(frozen=True, slots=True)
class Holders:
    """Contacts and seats of one or more posts on a day, sorted; a contact who holds two posts counts once.

    Attributes:
        participating: codes of the participating States; `partners`: of the Partners for Co-operation.
    """

    tenures: tuple[str, ...]
    contacts: tuple[str, ...]
    participating: tuple[str, ...]
    partners: tuple[str, ...]

    @property
    def states(self) -> tuple[str, ...]:
        """States and Partners together."""
        return tuple(sorted((*self.participating, *self.partners)))


def holders(tenures: Iterable[Tenure], kinds: Mapping[str, str], day: dt.date, posts: Iterable[str]) -> Holders:
    """Who holds one of the posts for a State or Partner on a day.

    Args:
        tenures: in any order, of any post and time.
        kinds: State code → its kind as in the vocabulary ("participating_state" or a Partner's).
        day: the day asked about.
        posts: codes of posts; those of organisations are not counted here.
    """
    wanted = set(posts)
    held = [one for one in tenures if one.post in wanted and one.seat in kinds and one.held_on(day)]
    seats = {one.seat for one in held}
    return Holders(
        tenures=tuple(sorted(one.id for one in held)),
        contacts=tuple(sorted({one.contact for one in held})),
        participating=tuple(sorted(seat for seat in seats if kinds[seat] == "participating_state")),
        partners=tuple(sorted(seat for seat in seats if kinds[seat] != "participating_state")),
    )
