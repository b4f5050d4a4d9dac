"""What happens to everybody: circumstances at home, hardship on the way, good and bad work."""

import numpy as np

from palermo.world.figures import assumed, assumed_shares, published
from palermo.world.happenings import Happenings
from palermo.world.people import FEMALE, People
from palermo.world.places import ROUTES
from palermo.world.risk import dtm_chance
from palermo.world.streams import Reals, Streams, happens

CIRCUMSTANCES = (
    "poverty",
    "family_trouble",
    "little_schooling",
    "little_information",
    "irregular_status",
    "past_violence",
    "illness_or_disability",
    "could_not_travel_alone",
    "strong_belief",
    "conflict_at_home",
    "stranger_here",
    "distrusts_authorities",
    "lost_contact",
    "fear",
)
ON_THE_WAY = ("false_documents", "robbed", "carries_number")
WITH_SMUGGLERS = ("smuggler_debt", "smuggler_kept_documents", "deceived_by_smuggler")


def live_before(streams: Streams, people: People, happened: Happenings) -> None:
    """Circumstances that people bring with them; vulnerability is not yet abuse of it."""
    rng, everybody = streams("circumstances"), np.ones(len(people), dtype=np.bool_)
    happened.draw(rng, {kind: assumed("background", kind) for kind in CIRCUMSTANCES}, everybody)
    woman = (people.sex == FEMALE) & (people.age >= 16)
    arranged = woman & happens(rng, assumed("background", "arranged_marriage_woman"), len(people))
    happened.add("arranged_marriage", arranged)
    happened.draw(rng, {"bride_payment": assumed("background", "bride_payment_if_arranged")}, arranged)
    happened.add("married_as_child", arranged & people.child)


def travel(streams: Streams, people: People, happened: Happenings, noise: float) -> None:
    """Hardship on the way. DTM's four questions have its shares by route and origin; ``noise`` turns all the rest."""
    rng, everybody = streams("journeys"), np.ones(len(people), dtype=np.bool_)
    chance = dtm_chance(people)
    scale = _scale(chance)
    for kind, weight in assumed_shares("journey", "dtm_weights").items():
        happened.add(kind, happens(rng, np.minimum(weight * scale, 1.0), len(people)))
    violence = published("dtm.violence.central") * chance / published("dtm.central")
    happened.add("beaten_in_transit", happens(rng, np.minimum(violence, 0.95), len(people)))
    shares = assumed_shares("journey", "smuggler_used")
    used = happens(rng, np.array([shares[route] for route in ROUTES])[people.route], len(people))
    happened.draw(rng, {kind: assumed("journey", kind) for kind in WITH_SMUGGLERS}, used, noise)
    happened.draw(rng, {kind: assumed("journey", kind) for kind in ON_THE_WAY}, everybody, noise)
    strangers = happens(rng, assumed("journey", "travelled_with_strangers"), len(people))
    happened.add("travelled_with_strangers", strangers & (people.party_kind != 1))
    happened.add("guardian_absent", people.child & (people.party_kind != 1))
    happened.add("with_unrelated_adult", people.child & (people.party_kind == 2))


def _scale(chance: Reals) -> Reals:
    """The factor on DTM's weights that makes "one or more of four" have the given chance."""
    weights = np.array(list(assumed_shares("journey", "dtm_weights").values()))
    grid = np.linspace(0.0, 1 / weights.max(), 4001)
    reached = 1 - np.prod(1 - np.minimum(grid[:, None] * weights, 1.0), axis=1)
    return np.interp(chance, reached, grid)


def work(streams: Streams, people: People, happened: Happenings, noise: float) -> None:
    """Work that nobody was trafficked into: ordinary jobs, bad jobs (some with a bad employer), getting by."""
    rng, count = streams("work"), len(people)
    adult = people.age >= 16
    chance = np.where(
        people.days_in_region > 0, assumed("work", "worked_if_in_region"), assumed("work", "worked_in_transit")
    )
    worked = adult & happens(rng, chance, count)
    bad = worked & happens(rng, min(0.95, assumed("work", "bad_job") * noise), count)
    happened.add("lawful_job", worked & ~bad)
    for group, among in (("bad", bad), ("bad_means", bad), ("ordinary", worked & ~bad)):
        happened.draw(rng, assumed_shares("work", group), among)
    own = {"sold_sex": "sold_sex_independent", "begged": "begged_independent", "petty_offences": "petty_offence"}
    happened.draw(rng, {kind: assumed("work", name) for kind, name in own.items()}, people.age >= 14, noise)
    grown_woman = (people.sex == FEMALE) & adult
    happened.draw(rng, {"cared_for_household": assumed("work", "cared_for_household")}, grown_woman, noise)
    pupil = people.child & (people.age >= 6)
    children = {"kept_from_school": "child_kept_from_school", "child_work": "child_worked"}
    happened.draw(rng, {kind: assumed("work", name) for kind, name in children.items()}, pupil, noise)
