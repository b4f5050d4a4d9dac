"""Trafficking networks: whom they recruit, for what, who their members are and who deals with which victim."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from palermo.world.figures import assumed, assumed_shares, figures, published
from palermo.world.people import FEMALE, MALE, People
from palermo.world.places import countries
from palermo.world.risk import recruitment_weight
from palermo.world.streams import Flags, Ints, Reals, Streams, happens, pick

FORMS = ("labour", "sexual", "domestic", "begging", "crime", "marriage", "organ", "armed_group")
STAGES = ("not_yet_exploited", "exploited_before_arrival", "exploited_in_region")
ROLES = ("organiser", "recruiter", "transporter", "exploiter", "controller", "financier", "documents")
RELATIONS = ("stranger", "friend", "family")
REGIONS = ("sub_saharan", "north_africa", "middle_east", "south_asia", "east", "south_east")
P90 = 1.2815515655446004
CLASSES = (
    ("female", FEMALE, 0, 9),
    ("female", FEMALE, 9, 18),
    ("female", FEMALE, 18, 200),
    ("male", MALE, 0, 9),
    ("male", MALE, 9, 18),
    ("male", MALE, 18, 200),
)


@dataclass(frozen=True, slots=True)
class Hold:
    """One entry a person held by a network. ``person`` rises; ``recruiter`` and ``holder`` are member positions."""

    person: Ints
    form: NDArray[np.int8]
    stage: NDArray[np.int8]
    network: NDArray[np.int32]
    recruiter: NDArray[np.int32]
    holder: NDArray[np.int32]
    relation: NDArray[np.int8]

    def __len__(self) -> int:
        return len(self.person)


@dataclass(frozen=True, slots=True)
class Networks:
    """Networks as arrays (``form``, ``region`` one entry a network) and their members (``member_…``)."""

    form: NDArray[np.int8]
    region: NDArray[np.int8]
    victims: NDArray[np.int32]
    first_member: NDArray[np.int32]
    member_network: NDArray[np.int32]
    member_role: NDArray[np.int8]
    member_sex: NDArray[np.int8]
    member_age: NDArray[np.int16]
    member_region: NDArray[np.int8]

    def __len__(self) -> int:
        return len(self.form)


def make_networks(
    streams: Streams, people: People, little_schooling: Flags, prevalence: float
) -> tuple[Networks, Hold]:
    """Choose who is recruited, group them into networks of one form and one region of origin, add the members."""
    person = _recruited(streams("recruited"), people, little_schooling, prevalence)
    form = _forms(streams("forms"), people, person)
    stage = _stages(streams("stages"), people.days_in_region[person] > 0)
    region = np.array([REGIONS.index(country.region) for country in countries()], dtype=np.int8)
    origin = region[people.country[person]]
    network, network_form, network_region = _group(streams("network sizes"), form, origin)
    networks = _members(streams("members"), network, network_form, network_region)
    recruiter, holder = _dealings(streams("dealings"), networks, network)
    relation = _relations(streams("relations"), form, people.child[person])
    return networks, Hold(person, form, stage, network, recruiter, holder, relation)


def _recruited(rng: np.random.Generator, people: People, little_schooling: Flags, prevalence: float) -> Ints:
    """People recruited: sex and age as GLOTIP has it for Europe (C105 to C108), within each class by risk."""
    total = int(rng.binomial(len(people), prevalence))
    young = published("age.0-8") / (published("age.0-8") + published("age.9-17"))
    split = {0: young, 9: 1 - young, 18: 1.0}
    shares = [
        published(f"victims.{sex}_{'adult' if low == 18 else 'child'}") * split[low] for sex, _, low, _ in CLASSES
    ]
    wanted = rng.multinomial(total, np.array(shares) / sum(shares))
    weight = recruitment_weight(people, little_schooling)
    order = np.log(weight) + rng.gumbel(size=len(people))
    chosen = []
    for number, (_, sex, low, high) in zip(wanted, CLASSES, strict=True):
        inside = np.flatnonzero((people.sex == sex) & (people.age >= low) & (people.age < high))
        ranked = inside[np.argsort(-order[inside], kind="stable")]
        chosen.append(ranked[:number])
    return np.sort(np.concatenate(chosen))


def form_shares(sex: int, low: int) -> Reals:
    """Shares of the forms for a class of sex and age (``low`` 0, 9 or 18)."""
    shares = dict.fromkeys(FORMS, 0.0)
    if low == 0:
        shares.update(assumed_shares("forms", "young"))
        return np.array([shares[form] for form in FORMS])
    name, age = ("female" if sex == FEMALE else "male"), ("adult" if low == 18 else "child")
    labour, other = published(f"forms.{name}_{age}.labour"), published(f"forms.{name}_{age}.other")
    domestic = assumed("forms", f"domestic_of_labour_{name}")
    crime = _crime_of_other()
    shares.update(
        {key: other * (1 - crime) * share for key, share in assumed_shares("forms", f"rest_{name}_{age}").items()}
    )
    shares.update(
        sexual=published(f"forms.{name}_{age}.sexual"),
        labour=labour * (1 - domestic),
        domestic=labour * domestic,
        crime=other * crime,
    )
    return np.array([shares[form] for form in FORMS])


def _crime_of_other() -> float:
    """Forced crime's share among "other" forms, so that it is 8 % of all victims (C052)."""
    classes = ("female_child", "female_adult", "male_child", "male_adult")
    other = sum(published(f"victims.{c}") * published(f"forms.{c}.other") for c in classes)
    return published("forms.forced_crime") / other


def _forms(rng: np.random.Generator, people: People, person: Ints) -> NDArray[np.int8]:
    form = np.zeros(len(person), dtype=np.int8)
    for _, sex, low, high in CLASSES:
        here = np.flatnonzero((people.sex[person] == sex) & (people.age[person] >= low) & (people.age[person] < high))
        form[here] = pick(rng, form_shares(sex, low), len(here))
    return form


def _stages(rng: np.random.Generator, in_region: Flags) -> NDArray[np.int8]:
    count = len(in_region)
    not_yet = happens(
        rng,
        np.where(in_region, assumed("stages", "not_yet_in_region"), assumed("stages", "not_yet_new_arrival")),
        count,
    )
    here = in_region & happens(rng, assumed("stages", "in_region_if_in_region"), count)
    return np.where(not_yet, 0, np.where(here, 2, 1)).astype(np.int8)


def _sizes(rng: np.random.Generator, kind: str, normal: Reals) -> NDArray[np.int64]:
    """Log-normal sizes with the median and ninetieth centile of cases with foreign victims (C419, C421, C426, C428)."""
    middle, ninth = published(f"network.{kind}.p50"), published(f"network.{kind}.p90")
    largest = assumed("networks", f"{kind}_max")
    drawn = middle * (ninth / middle) ** (normal / P90)
    return np.clip(np.floor(drawn + rng.random(len(normal))), 1, largest).astype(np.int64)


def _group(
    rng: np.random.Generator, form: NDArray[np.int8], origin: NDArray[np.int8]
) -> tuple[NDArray[np.int32], NDArray[np.int8], NDArray[np.int8]]:
    """Cut the people of one form and origin, in order of arrival, into networks of drawn sizes."""
    network = np.zeros(len(form), dtype=np.int32)
    forms: list[int] = []
    regions: list[int] = []
    for key in np.unique(form.astype(np.int64) * len(REGIONS) + origin):
        here = np.flatnonzero((form == key // len(REGIONS)) & (origin == key % len(REGIONS)))
        sizes = _sizes(rng, "victims", rng.standard_normal(len(here)))
        number = int(np.searchsorted(np.cumsum(sizes), len(here))) + 1
        network[here] = len(forms) + np.repeat(np.arange(number), sizes[:number])[: len(here)]
        forms += [int(key) // len(REGIONS)] * number
        regions += [int(key) % len(REGIONS)] * number
    return network, np.array(forms, dtype=np.int8), np.array(regions, dtype=np.int8)


def _members(
    rng: np.random.Generator, network: NDArray[np.int32], form: NDArray[np.int8], region: NDArray[np.int8]
) -> Networks:
    """Members of each network: the first is its organiser; sizes rise with the number of victims."""
    victims = np.bincount(network, minlength=len(form)).astype(np.int32)
    middle, ninth = published("network.victims.p50"), published("network.victims.p90")
    rank = np.log(np.maximum(victims, 1) / middle) / np.log(ninth / middle) * P90
    tie = assumed("networks", "size_correlation")
    normal = tie * rank + (1 - tie**2) ** 0.5 * rng.standard_normal(len(form))
    size = _sizes(rng, "members", normal)
    owner = np.repeat(np.arange(len(form), dtype=np.int32), size)
    first = (np.cumsum(size) - size).astype(np.int32)
    count = len(owner)
    weights = [0.0, *(published(f"roles.{key}") for key in ("recruiter", "transport", "exploiter", "control"))]
    weights += [assumed("networks", "financier"), assumed("networks", "documents")]
    role = pick(rng, weights, count).astype(np.int8)
    role[first] = 0
    same = happens(rng, published("members.same_region"), count)
    low, high = (float(part) for part in figures()["members.age.quartiles"].value.split("-"))
    spread = np.log(high / low) / (2 * 0.6744897501960817)
    age = published("members.age.median") * np.exp(spread * rng.standard_normal(count))
    return Networks(
        form=form,
        region=region,
        victims=victims,
        first_member=first,
        member_network=owner,
        member_role=role,
        member_sex=np.where(happens(rng, published("members.female"), count), FEMALE, MALE).astype(np.int8),
        member_age=np.clip(age, 16, 80).astype(np.int16),
        member_region=np.where(same, region[owner], rng.integers(0, len(REGIONS), count)).astype(np.int8),
    )


def _dealings(
    rng: np.random.Generator, networks: Networks, network: NDArray[np.int32]
) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Which member recruited and which holds each person; the organiser where no member has the role."""
    found = []
    for roles in ((1,), (3, 4)):
        fit = np.flatnonzero(np.isin(networks.member_role, roles))
        owner = networks.member_network[fit]
        low = np.searchsorted(owner, network, side="left")
        many = np.searchsorted(owner, network, side="right") - low
        chosen = low + np.floor(rng.random(len(network)) * many).astype(np.int64)
        padded = np.append(fit, 0)
        found.append(np.where(many > 0, padded[chosen], networks.first_member[network]).astype(np.int32))
    return found[0], found[1]


def _relations(rng: np.random.Generator, form: NDArray[np.int8], child: Flags) -> NDArray[np.int8]:
    """Who the recruiter was to the person (CTDC victim-perpetrator set, by form or, for children, by age)."""
    relation = np.zeros(len(form), dtype=np.int8)
    sexual, labour = FORMS.index("sexual"), (FORMS.index("labour"), FORMS.index("domestic"))
    groups = {
        "minor": child,
        "sexual": ~child & (form == sexual),
        "labour": ~child & np.isin(form, labour),
        "all": ~child & (form != sexual) & ~np.isin(form, labour),
    }
    for name, members in groups.items():
        here = np.flatnonzero(members)
        relation[here] = pick(rng, [published(f"relation.{name}.{key}") for key in RELATIONS], len(here))
    return relation
