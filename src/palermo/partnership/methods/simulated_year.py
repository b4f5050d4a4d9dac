"""A year of a co-ordinator's office as data, with its figures planted: seeded, pure, of invented people."""

import datetime as dt
import random
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from palermo.vocabulary.states import load_states

#: Parts of names from which people are made; no real person has to be among them, so each gets a number.
_FIRST = ("Ada", "Boris", "Chiara", "Dilnoza", "Emil", "Fatma", "Goran", "Hanna", "Ilir", "Jana", "Karim", "Lidia")
_LAST = ("Exemplar", "Modelov", "Musterer", "Prova", "Sampleton", "Tester", "Ornek", "Misaloglu", "Vzorova", "Probny")
_SECTORS = ("government", "ngo", "igo", "law_enforcement", "academia", "private", "judiciary", "media")


@dataclass(frozen=True)
class SimulatedPerson:
    """An invented official or expert. `state` is ISO 3166-1 alpha-2, empty for an international organisation."""

    name: str
    state: str
    gender: str
    sector: str
    organisation: str


@dataclass(frozen=True)
class SimulatedAttendance:
    """One person at one event."""

    person: SimulatedPerson
    capacity: str
    mode: str
    trained: bool
    trained_as_trainer: bool


@dataclass(frozen=True)
class SimulatedEvent:
    """An event of one or more days."""

    reference: str
    title: str
    kind: str
    our_role: str
    start: dt.date
    end: dt.date
    place: str
    attendances: tuple[SimulatedAttendance, ...] = ()


@dataclass(frozen=True)
class SimulatedPublication:
    """A publication; `when` is empty where it is only planned."""

    reference: str
    title: str
    status: str
    when: str
    languages: tuple[str, ...]


@dataclass(frozen=True)
class SimulatedPost:
    """Who holds which post (co-ordinator, rapporteur) from when to when; `until` is None while it is held."""

    person: SimulatedPerson
    function: str
    since: dt.date
    until: dt.date | None

    def held_on(self, day: dt.date) -> bool:
        """Whether it is held on a day; the last one is included."""
        return self.since <= day and (self.until is None or self.until >= day)

    def overlaps(self, other: "SimulatedPost") -> bool:
        """Whether there is a day on which both are held."""
        return self.held_on(max(self.since, other.since)) and other.held_on(max(self.since, other.since))


@dataclass(frozen=True)
class SimulatedVisit:
    """A visit to a State."""

    state: str
    kind: str
    start: dt.date
    end: dt.date


@dataclass(frozen=True)
class SimulatedYear:
    """A year and the one before it (so that somebody comes for the second time), with the figures of the year."""

    year: int
    events: tuple[SimulatedEvent, ...]
    publications: tuple[SimulatedPublication, ...]
    posts: tuple[SimulatedPost, ...]
    visits: tuple[SimulatedVisit, ...]
    #: Figure by name → value, counted here from the data by plain loops, and independently of any record.
    planted: Mapping[str, int] = field(default_factory=dict)


#: Kind, how many in the year, most participants, our role.
_PROGRAMME = (
    ("conference", 1, 120, "organise"),
    ("network_meeting", 2, 60, "organise"),
    ("consultation", 2, 24, "organise"),
    ("training", 4, 30, "organise"),
    ("workshop", 3, 40, "organise"),
    ("country_workshop", 2, 25, "organise"),
    ("seminar", 2, 30, "contribute"),
    ("external_meeting", 3, 0, "address"),
    ("campaign", 1, 0, "participate"),
)
_PLACES = ("Vienna", "Vicenza", "Warsaw", "Tashkent", "Skopje", "Astana", "online")


def make_year(*, seed: int, year: int) -> SimulatedYear:
    """A year of events, attendances, publications, posts and visits, the same for the same seed.

    Args:
        seed: any number.
        year: the year that is planted; a smaller year before it stands for those who come again.
    """
    draw = random.Random(f"{seed}:{year}")  # noqa: S311 -- nothing is kept secret by it
    people = _people(draw)
    before = tuple(_events(draw, year - 1, people[: len(people) // 3], share=3))
    events = tuple(_events(draw, year, people, share=1))
    made = SimulatedYear(
        year=year,
        events=before + events,
        publications=_publications(draw, year),
        posts=_posts(draw, year, people),
        visits=_visits(draw, year),
    )
    return replace(made, planted=planted(made))


def _people(draw: random.Random) -> list[SimulatedPerson]:
    codes = sorted(load_states())
    found = []
    for number in range(1, 241):
        international = draw.random() < 0.15
        sector = "igo" if international else draw.choice([one for one in _SECTORS if one != "igo"])
        state = "" if international else draw.choice(codes)
        found.append(
            SimulatedPerson(
                name=f"{draw.choice(_FIRST)} {draw.choice(_LAST)} {number}",
                state=state,
                gender=draw.choices(("woman", "man", "other", "not_known"), (52, 42, 2, 4))[0],
                sector=sector,
                organisation=f"{sector.replace('_', ' ').title()} {number % 17} {state}".strip(),
            )
        )
    return found


def _events(draw: random.Random, year: int, people: list[SimulatedPerson], *, share: int) -> list[SimulatedEvent]:
    found = []
    for kind, count, most, role in _PROGRAMME:
        for number in range(1, count // share + 1 if share > 1 else count + 1):
            start = dt.date(year, 1, 8) + dt.timedelta(days=draw.randrange(340))
            came = draw.sample(people, min(len(people), draw.randint(most // 2, most))) if most else []
            found.append(
                SimulatedEvent(
                    reference=f"simulated-{year}-{kind.replace('_', '-')}-{number}",
                    title=f"{kind.replace('_', ' ').capitalize()} {number} of {year} (simulated)",
                    kind=kind,
                    our_role=role,
                    start=start,
                    end=start + dt.timedelta(days=draw.randrange(3)),
                    place=draw.choice(_PLACES),
                    attendances=tuple(_attendance(draw, kind, person) for person in came),
                )
            )
    return found


def _attendance(draw: random.Random, kind: str, person: SimulatedPerson) -> SimulatedAttendance:
    capacity = draw.choices(("participant", "delegate", "speaker", "expert"), (6, 3, 1, 1))[0]
    trained = kind == "training" and capacity != "speaker"
    return SimulatedAttendance(
        person=person,
        capacity=capacity,
        mode="online" if draw.random() < 0.3 else "in_person",
        trained=trained,
        trained_as_trainer=trained and draw.random() < 0.25,
    )


def _publications(draw: random.Random, year: int) -> tuple[SimulatedPublication, ...]:
    statuses = ("released", "published", "published", "drafting", "planned")
    return tuple(
        SimulatedPublication(
            reference=f"simulated-{year}-publication-{number}",
            title=f"Occasional paper {number} of {year} (simulated)",
            status=status,
            when=f"{year}-{draw.randint(1, 12):02d}" if status in ("released", "published") else str(year + 1),
            languages=("eng", "rus") if draw.random() < 0.5 else ("eng",),
        )
        for number, status in enumerate(statuses, start=1)
    )


def _posts(draw: random.Random, year: int, people: list[SimulatedPerson]) -> tuple[SimulatedPost, ...]:
    """Posts of officials; of one State nobody holds a post while another does."""
    officials = [one for one in people if one.state and one.sector == "government"]
    found: dict[tuple[str, str], list[SimulatedPost]] = {}
    for person in draw.sample(officials, len(officials) * 2 // 3):
        since = dt.date(year - draw.randint(0, 4), draw.randint(1, 12), 1)
        ended = draw.random() < 0.2
        until = dt.date(year, draw.randint(1, 12), 28) if ended and since < dt.date(year, 1, 1) else None
        post = SimulatedPost(person, draw.choice(("co_ordinator", "rapporteur")), since, until)
        seat = found.setdefault((person.state, post.function), [])
        if not any(post.overlaps(other) for other in seat):
            seat.append(post)
    return tuple(post for seat in found.values() for post in seat)


def _visits(draw: random.Random, year: int) -> tuple[SimulatedVisit, ...]:
    found = []
    for number, state in enumerate(draw.sample(sorted(load_states()), 6)):
        start = dt.date(year, 1 + 2 * number, draw.randint(1, 20))
        kind = "follow-up visit" if number % 3 == 2 else "country visit"
        found.append(SimulatedVisit(state, kind, start, start + dt.timedelta(days=4)))
    return tuple(found)


def planted(made: SimulatedYear) -> dict[str, int]:
    """The figures of the year, by plain loops over the data. Events that run into the next year are of neither."""
    first, last = dt.date(made.year, 1, 1), dt.date(made.year, 12, 31)
    inside = [event for event in made.events if first <= event.start and event.end <= last]
    earlier = {one.person for event in made.events if event.start < first for one in event.attendances}
    came = [one for event in inside for one in event.attendances]
    people = {one.person for one in came}
    kinds = {code: state.kind for code, state in load_states().items()}
    codes = {person.state for person in people if person.state}
    out = [one for one in made.publications if one.status in ("published", "released")]
    return {
        "partnership.attendances": len(came),
        "partnership.participants": len(people),
        "partnership.participants_women": sum(one.gender == "woman" for one in people),
        "partnership.participants_men": sum(one.gender == "man" for one in people),
        "partnership.participants_online": len({one.person for one in came if one.mode == "online"}),
        "partnership.participants_first_time": len(people - earlier),
        "partnership.states_represented": sum(kinds[code] == "participating_state" for code in codes),
        "partnership.partners_represented": sum(kinds[code] != "participating_state" for code in codes),
        "partnership.people_trained": len({one.person for one in came if one.trained}),
        "partnership.trainers_trained": len({one.person for one in came if one.trained_as_trainer}),
        "partnership.events": len(inside),
        **{f"partnership.{name}": sum(event.kind == kind for event in inside) for name, kind in KINDS.items()},
        "partnership.workshops": sum(event.kind in ("workshop", "country_workshop") for event in inside),
        "partnership.addresses": sum(event.our_role == "address" for event in inside),
        "partnership.publications_published": len(out),
        "partnership.publications_released": sum(one.status == "released" for one in out),
        **_planted_posts(made, last),
        "partnership.visits_done": sum(first <= one.end <= last for one in made.visits),
        "partnership.states_visited": len({one.state for one in made.visits if first <= one.end <= last}),
    }


def _planted_posts(made: SimulatedYear, day: dt.date) -> dict[str, int]:
    held = [one for one in made.posts if one.held_on(day)]
    kinds = {code: state.kind for code, state in load_states().items()}
    by_post = {post: [one for one in held if one.function == post] for post in ("co_ordinator", "rapporteur")}
    co_ordinated = {one.person.state for one in by_post["co_ordinator"]}
    return {
        "partnership.co_ordinators": len({one.person for one in by_post["co_ordinator"]}),
        "partnership.rapporteurs": len({one.person for one in by_post["rapporteur"]}),
        "partnership.co_ordinators_and_rapporteurs": len({one.person for one in held}),
        "partnership.states_and_partners_with_co_ordinator_or_rapporteur": len({one.person.state for one in held}),
        "partnership.states_with_co_ordinator": sum(kinds[code] == "participating_state" for code in co_ordinated),
        "partnership.partners_with_co_ordinator": sum(kinds[code] != "participating_state" for code in co_ordinated),
    }


#: Figures that count events of one kind.
KINDS = {
    "conferences": "conference",
    "network_meetings": "network_meeting",
    "consultations": "consultation",
    "trainings": "training",
    "campaigns": "campaign",
}
