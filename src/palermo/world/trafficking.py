"""What a network does to those it holds: acts, means by kind, purpose by kind, as far as it has come."""

import numpy as np
from numpy.typing import NDArray

from palermo.world.figures import assumed, assumed_shares, published
from palermo.world.happenings import Happenings
from palermo.world.networks import FORMS, Hold
from palermo.world.people import FEMALE, People
from palermo.world.streams import Flags, Ints, Reals, Streams, happens, pick

MEANS = ("debt", "threats", "abuse", "promises", "drugs", "needs", "hours", "documents")
"""CTDC's groups of means of control."""
SEXUAL_FORMS = (FORMS.index("sexual"), FORMS.index("marriage"))
ACTS = {
    "recruited": "recruitment",
    "transported": "transportation",
    "harboured": "harbouring",
    "transferred": "transfer",
    "received": "receipt",
}
VULNERABILITIES = {
    "poverty": "abused_poverty",
    "family_trouble": "abused_family_trouble",
    "little_schooling": "abused_ignorance",
    "little_information": "abused_ignorance",
    "irregular_status": "abused_status",
    "past_violence": "abused_past",
}
EARLY_GROUPS = ("promises", "debt", "threats", "abuse", "documents")
"""Groups whose kinds can come before exploitation."""
EARLY_TABLES = {
    "promises": "promises",
    "debt": "debt_early",
    "threats": "threats_early",
    "abuse": "abuse_early",
    "documents": "documents_early",
    "drugs": "drugs_early",
}
LATE_TABLES = {
    "threats": "threats_late",
    "abuse": "abuse_late",
    "needs": "needs_late",
    "hours": "hours_late",
    "documents": "documents_late",
    "drugs": "drugs_late",
}


def traffic(streams: Streams, people: People, hold: Hold, happened: Happenings) -> NDArray[np.bool_]:
    """Add the events of trafficking; gives the groups of means used on each held person, ``[group, held person]``."""
    child = people.child[hold.person]
    happened.add_at("purpose_formed", hold.person, np.ones(len(hold), dtype=np.bool_))
    _act(streams("acts"), hold, happened)
    groups = _groups(streams("means"), people, hold)
    _means_before(streams("means before"), hold, groups, child, happened)
    _means_at_destination(streams("means at destination"), hold, groups, happened)
    _abuse_vulnerability(streams("vulnerability abused"), hold, child, happened)
    _exploit(streams("exploitation"), people, hold, happened)
    _foretell(streams("foretold"), hold, happened)
    without = ~happened.element("means")[hold.person] & ~child
    happened.add_at("abused_poverty", hold.person, without)
    return groups


def _act(rng: np.random.Generator, hold: Hold, happened: Happenings) -> None:
    """Acts as often as case law names them (C444 to C448); somebody of whom no act is drawn was recruited."""
    some = np.zeros(len(hold), dtype=np.bool_)
    for kind, key in ACTS.items():
        drawn = happens(rng, published(f"act.{key}"), len(hold))
        drawn &= (hold.stage == 2) if kind == "received" else True
        happened.add_at(kind, hold.person, drawn)
        some |= drawn
    happened.add_at("recruited", hold.person, ~some)


def _groups(rng: np.random.Generator, people: People, hold: Hold) -> NDArray[np.bool_]:
    """Groups of means, with CTDC's share given form, sex and age, held together by one common factor."""
    child, sexual = people.child[hold.person], np.isin(hold.form, SEXUAL_FORMS)
    female = people.sex[hold.person] == FEMALE
    loading = np.array([assumed_shares("means", "loadings")[group] for group in MEANS])
    factor = rng.standard_normal(len(hold))
    noise = rng.standard_normal((len(MEANS), len(hold)))
    level = loading[:, None] * factor + np.sqrt(1 - loading**2)[:, None] * noise
    spare, free = rng.random(len(hold)), happens(rng, assumed("stages", "child_without_means"), len(hold))
    used = np.zeros((len(MEANS), len(hold)), dtype=np.bool_)
    for who, members in (("minor", child), ("women", female & ~child), ("men", ~female & ~child)):
        for form, kind in (("labour", ~sexual), ("sexual", sexual)):
            here = np.flatnonzero(members & kind)
            share = np.array([published(f"means.{who}.{form}.{group}") for group in MEANS])
            used[:, here] = _with_one_at_least(level[:, here], share, spare[here])
    used[:, child & free] = False
    before = np.array([group not in EARLY_GROUPS for group in MEANS])
    used[np.ix_(before, np.flatnonzero(hold.stage == 0))] = False
    return used


def _with_one_at_least(level: Reals, share: Reals, spare: Reals) -> NDArray[np.bool_]:
    """Cut the levels so that each group keeps its share although everybody has one group at least."""
    if not level.shape[1]:
        return np.zeros(level.shape, dtype=np.bool_)
    ranked = np.sort(level, axis=1)
    edges = np.cumsum(share) / share.sum()
    forced = np.searchsorted(edges, spare, side="right").clip(0, len(share) - 1)
    target = share.copy()
    for _ in range(3):
        cut = ranked[np.arange(len(share)), np.minimum((target * level.shape[1]).astype(int), level.shape[1] - 1)]
        used = np.asarray(level < cut[:, None], dtype=np.bool_)
        none = ~used.any(axis=0)
        target = np.maximum(0.0, share - none.mean() * share / share.sum())
    used[forced[none], np.flatnonzero(none)] = True
    return used


def _means_before(
    rng: np.random.Generator, hold: Hold, groups: NDArray[np.bool_], child: Flags, happened: Happenings
) -> None:
    """Means at recruitment and on the way. Who is not yet exploited has met no others."""
    for group, table in EARLY_TABLES.items():
        happened.draw_at(rng, assumed_shares("means_kinds", table), hold.person, groups[MEANS.index(group)])
    promised = groups[MEANS.index("promises")]
    marriage = np.isin(hold.form, SEXUAL_FORMS)
    schooling = assumed_shares("means_kinds", "deceived_school_if_child")
    happened.draw_at(rng, schooling, hold.person, promised & child)
    false_love = assumed_shares("means_kinds", "deceived_marriage_if_sexual")
    happened.draw_at(rng, false_love, hold.person, promised & marriage)


def _means_at_destination(
    rng: np.random.Generator, hold: Hold, groups: NDArray[np.bool_], happened: Happenings
) -> None:
    """Means of control where people are exploited, kinds within a group by CTDC's mentions (C372 to C385)."""
    late = hold.stage > 0
    rows = hold.person
    in_group = {group: late & groups[number] for number, group in enumerate(MEANS)}
    for group, table in LATE_TABLES.items():
        happened.draw_at(rng, assumed_shares("means_kinds", table), rows, in_group[group])
    denounce = published("mentions.denunciation") / published("mentions.threats")
    happened.draw_at(rng, {"threatened_denunciation": denounce}, rows, in_group["threats"])
    _one_or_more(rng, {"wages_withheld": "earnings", "debt_bondage": "debt"}, rows, in_group["debt"], happened)
    abuse = {"under_influence": "psychological", "beaten": "physical", "sexually_abused": "sexual"}
    _one_or_more(rng, abuse, rows, in_group["abuse"], happened)
    needs = {"confined_or_watched": "movement", "denied_needs": "necessities", "denied_care": "care"}
    _one_or_more(rng, needs, rows, in_group["needs"], happened)


def _one_or_more(
    rng: np.random.Generator, kinds: dict[str, str], rows: Ints, among: Flags, happened: Happenings
) -> None:
    """One kind by its share of the group's mentions, each other one on top with its own share."""
    mentions = np.array([published(f"mentions.{key}") for key in kinds.values()])
    share = mentions / mentions.sum()
    first = pick(rng, share, len(rows))
    for number, kind in enumerate(kinds):
        also = happens(rng, float(share[number]), len(rows))
        happened.add_at(kind, rows, among & ((first == number) | also))


def _abuse_vulnerability(rng: np.random.Generator, hold: Hold, child: Flags, happened: Happenings) -> None:
    """Abuse of vulnerability in the share that case law names (C450); its kind follows what the person lived with."""
    rows = hold.person
    abused = happens(rng, published("vulnerability.abused"), len(rows))
    high, low = (assumed("abuse_of_vulnerability", key) for key in ("given_vulnerable", "not_vulnerable"))
    for vulnerability, kind in VULNERABILITIES.items():
        chance = np.where(happened[vulnerability][rows], high, low)
        happened.add_at(kind, rows, abused & happens(rng, chance, len(rows)))
    close = np.where(hold.relation == 0, low, high)
    happened.add_at("abused_dependency", rows, abused & happens(rng, close, len(rows)))
    happened.draw_at(rng, {"abused_belief": published("testimony.oath")}, rows, abused)
    by_family = np.where(
        child,
        assumed("abuse_of_vulnerability", "given_by_family_child"),
        assumed("abuse_of_vulnerability", "given_by_family_adult"),
    )
    happened.add_at("given_by_family", rows, (hold.relation == 2) & happens(rng, by_family, len(rows)))


def _exploit(rng: np.random.Generator, people: People, hold: Hold, happened: Happenings) -> None:
    """Exploitation in its form, and what goes with it, for those with whom it has begun."""
    begun, rows = hold.stage > 0, hold.person
    for number, form in enumerate(FORMS):
        here = begun & (hold.form == number)
        happened.add_at(f"exploited_{form}", rows, here)
        happened.draw_at(rng, assumed_shares("exploited", form), rows, here)
    working = begun & ~np.isin(hold.form, [FORMS.index("marriage"), FORMS.index("organ")])
    child = people.child[rows] & (people.age[rows] >= 5)
    happened.draw_at(rng, assumed_shares("exploited", "child"), rows, working & child)
    happened.draw_at(rng, {"fear": assumed("exploited", "fear")}, rows, begun)
    armed = begun & (hold.form == FORMS.index("armed_group")) & (people.sex[rows] == FEMALE)
    kept = {"kept_by_armed_group": assumed("exploited", "kept_by_armed_group_female")}
    happened.draw_at(rng, kept, rows, armed & (people.age[rows] >= 12))


def _foretell(rng: np.random.Generator, hold: Hold, happened: Happenings) -> None:
    """What those not yet exploited know of what awaits them."""
    waiting, rows = hold.stage == 0, hold.person
    knows = waiting & happens(rng, assumed("stages", "knows_what_awaits"), len(rows))
    for number, form in enumerate(FORMS):
        happened.add_at(f"foretold_{form}", rows, knows & (hold.form == number))
    unwanted = {"must_do_unwanted": assumed("exploited", "must_do_unwanted_if_foretold")}
    happened.draw_at(rng, unwanted, rows, knows)
    happened.draw_at(rng, assumed_shares("exploited", "not_yet"), rows, waiting)
    organ, marriage = (waiting & (hold.form == FORMS.index(form)) for form in ("organ", "marriage"))
    happened.draw_at(rng, {"medical_tests": assumed("exploited", "medical_tests_not_yet_organ")}, rows, organ)
    happened.draw_at(rng, {"marriage_threats": assumed("exploited", "marriage_threats_not_yet")}, rows, marriage)
