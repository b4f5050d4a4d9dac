"""What the shared calendar does twice and what it does not do at all: clashes and gaps by State and theme."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from palermo.partnership.methods.calendar import Entry
from palermo.partnership.methods.spans import Span

#: A theme with nothing in the calendar for so long is a gap.
GAP_DAYS = 365
#: So many clashes are shown; a longer list helps nobody to move anything.
MOST_CLASHES = 50


@dataclass(frozen=True, slots=True)
class Clash:
    """Two structures in one State in one week."""

    state: str
    one: Entry
    other: Entry
    themes: tuple[str, ...]

    @property
    def same_days(self) -> bool:
        """Whether they share a day, and not only a week."""
        return self.one.span.meets(self.other.span)


@dataclass(frozen=True, slots=True)
class Gap:
    """Nothing on a theme, from a day on, for a year; `last` is when there was something, None if never known."""

    theme: str
    since: dt.date
    last: dt.date | None


def clashes(entries: Iterable[Entry], *, most: int = MOST_CLASHES) -> list[Clash]:
    """Pairs of entries of different structures in the same State and week, those on the same theme first."""
    by_state: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        if entry.presence and entry.certainty != "cancelled":
            for state in entry.states:
                by_state[state].append(entry)
    found = []
    for state, there in by_state.items():
        there.sort(key=lambda entry: (entry.span, entry.uid))
        for n, one in enumerate(there):
            for other in there[n + 1 :]:
                if other.span.first > one.span.last + dt.timedelta(days=6):
                    break
                if one.structure != other.structure and one.span.shares_week(other.span):
                    shared = tuple(sorted(set(one.themes) & set(other.themes)))
                    found.append(Clash(state, one, other, shared))
    found.sort(key=lambda clash: (not clash.themes, not clash.same_days, clash.one.span, clash.state, clash.other.uid))
    return found[:most]


def gaps(entries: Iterable[Entry], themes: Sequence[str], *, day: dt.date) -> list[Gap]:
    """Themes on which nothing stands in the calendar for the twelve months from `day`, the longest forgotten first."""
    ahead = Span(day, day + dt.timedelta(days=GAP_DAYS - 1))
    covered: set[str] = set()
    last: dict[str, dt.date] = {}
    for entry in entries:
        if entry.certainty == "cancelled":
            continue
        if entry.span.meets(ahead):
            covered.update(entry.themes)
        elif entry.span.last < day:
            for theme in entry.themes:
                last[theme] = max(last.get(theme, entry.span.last), entry.span.last)
    missing = [Gap(theme, day, last.get(theme)) for theme in themes if theme not in covered]
    return sorted(missing, key=lambda gap: (gap.last or dt.date.min, gap.theme))
