"""Which agency meets whom, and whom it holds for a presumed victim; how lists depend on each other is a dial."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import product

import numpy as np

from palermo.vocabulary.errors import Refusal
from palermo.world.figures import assumed, assumed_pairs, assumed_shares
from palermo.world.happenings import Happenings, trafficked
from palermo.world.people import People
from palermo.world.streams import Flags, Ints, Reals, Streams, happens, pick

AGENCIES = {
    "first_reception": "registers people where they arrive",
    "asylum": "hears applications for protection",
    "police": "investigates, its special and non-special units together",
    "labour_inspectorate": "inspects places of work; meets adults only",
    "ngo": "shelters and counsels",
    "health": "treats people in clinics and on the street",
    "municipality": "runs social services",
    "child_protection": "acts for children; meets children only",
}
ADULTS_ONLY, CHILDREN_ONLY = ("labour_inspectorate",), ("child_protection",)
PARTLY = ("forced_work_in_transit", "held_in_transit", "wages_withheld", "documents_taken", "sold_sex", "begged")
"""Events that make an agency sometimes presume trafficking where there was none."""
Dependence = float | Mapping[tuple[str, str], float]


@dataclass(frozen=True, slots=True)
class Contact:
    """One agency's list before it is written down: whom it met, whether it presumes a victim, on which day."""

    agency: str
    person: Ints
    presumed: Flags
    day: Ints


def make_contacts(
    streams: Streams,
    people: People,
    happened: Happenings,
    *,
    reticence: Reals,
    dependence: Dependence,
    heterogeneity: float,
) -> list[Contact]:
    """Draw every agency's list.

    People whose events amount to trafficking are caught as presumed victims by a log-linear model over all lists of
    their age path: the stated share on each list, and between two lists the log odds ratio that ``dependence`` gives
    (a number for the usual pairs of partners, or a mapping of pairs). ``heterogeneity`` is the difference in log odds
    between the half that tells more and the half that tells less. Of everybody else a few are presumed wrongly.
    """
    victim = trafficked(happened, people.child)
    caught = _caught(
        streams,
        people,
        np.flatnonzero(victim),
        reticence=reticence,
        dependence=dependence,
        heterogeneity=heterogeneity,
    )
    partly = happened.any_of(PARTLY)
    contacts = []
    for number, agency in enumerate(AGENCIES):
        rng = streams(f"contacts {agency}")
        open_to = _open_to(agency, people.child)
        wrongly = np.where(partly, assumed("contacts", "presumed_partly"), assumed("contacts", "presumed_otherwise"))
        presumed = np.where(victim, caught[number], happens(rng, wrongly, len(people)))
        presumed &= open_to
        met = presumed | (open_to & happens(rng, assumed_shares("contacts", agency)["met"], len(people)))
        person = np.flatnonzero(met)
        delay = rng.exponential(assumed_shares("contacts", "delay_days")[agency], len(person))
        day = (people.arrived_minute[person] // 1440 + delay).astype(np.int64)
        order = np.argsort(day, kind="stable")
        contacts.append(Contact(agency, person[order], presumed[person][order], day[order]))
    return contacts


def _open_to(agency: str, child: Flags) -> Flags:
    if agency in ADULTS_ONLY:
        return np.asarray(~child)
    return child if agency in CHILDREN_ONLY else np.ones(len(child), dtype=np.bool_)


def _caught(
    streams: Streams,
    people: People,
    victims: Ints,
    *,
    reticence: Reals,
    dependence: Dependence,
    heterogeneity: float,
) -> list[Flags]:
    rng = streams("caught")
    found = [np.zeros(len(people), dtype=np.bool_) for _ in AGENCIES]
    child = people.child[victims]
    told = reticence[victims] < (np.median(reticence[victims]) if len(victims) else 0.5)
    for path, tells in product((False, True), (False, True)):
        here = victims[(child == path) & (told == tells)]
        shift = heterogeneity / 2 * (1 if tells else -1)
        lists = [agency for agency in AGENCIES if _open_to(agency, np.array([path]))[0]]
        capture = [_shifted(assumed_shares("contacts", agency)["presumed"], shift) for agency in lists]
        patterns, chance = capture_model(lists, capture, dependence)
        drawn = patterns[pick(rng, chance, len(here))]
        for column, agency in enumerate(lists):
            found[list(AGENCIES).index(agency)][here] = drawn[:, column]
    return found


def _shifted(share: float, shift: float) -> float:
    odds = share / (1 - share) * float(np.exp(shift))
    return odds / (1 + odds)


def capture_model(lists: list[str], capture: list[float], dependence: Dependence) -> tuple[Flags, Reals]:
    """Chance of each capture pattern under a log-linear model.

    Args:
        lists: agencies, one a list.
        capture: the share that each list catches.
        dependence: log odds ratio between the usual pairs, or for each pair named.

    Returns:
        All 2^t patterns (rows, one column a list) and the chance of each, with exactly these shares and odds ratios.
    """
    patterns = np.array(list(product((False, True), repeat=len(lists))), dtype=np.bool_)
    score = np.zeros(len(patterns))
    for (left, right), value in _pairs(dependence).items():
        if left in lists and right in lists:
            score += value * (patterns[:, lists.index(left)] & patterns[:, lists.index(right)])
    chance = np.exp(score)
    for _ in range(400):
        for column, share in enumerate(capture):
            inside = chance[patterns[:, column]].sum() / chance.sum()
            chance *= np.where(patterns[:, column], share / inside, (1 - share) / (1 - inside))
    return patterns, np.asarray(chance / chance.sum(), dtype=np.float64)


def _pairs(dependence: Dependence) -> dict[tuple[str, str], float]:
    if isinstance(dependence, Mapping):
        unknown = [name for pair in dependence for name in pair if name not in AGENCIES]
        if unknown:
            raise Refusal(
                f"There is no agency {unknown[0]!r}.",
                where="dependence",
                remedy=f"Use two of: {', '.join(AGENCIES)}.",
            )
        return dict(dependence)
    return dict.fromkeys(assumed_pairs("contacts", "dependent_pairs"), float(dependence))
