"""How hard the journey was and who is at risk: IOM's displacement tracking figures by route and origin."""

import numpy as np

from palermo.world.figures import assumed, published
from palermo.world.people import People
from palermo.world.places import ROUTES, countries, country_weights
from palermo.world.streams import Flags, Reals


def dtm_chance(people: People) -> Reals:
    """Chance that a person answers yes to one or more of DTM's four questions (C474 to C476, C478, C485, C486).

    Each route has its published share. On the Central route people from sub-Saharan Africa have higher odds, by the
    odds ratio between the two published risks, in such a way that the route keeps its share.
    """
    return np.asarray(_chance_table()[people.route, people.country], dtype=np.float64)


def _chance_table() -> Reals:
    shares = [assumed("journey", "dtm_air") if route == "air" else published("dtm." + route) for route in ROUTES]
    southern = np.array([country.region == "sub_saharan" for country in countries()])
    high, low = published("dtm.risk.sub_saharan"), published("dtm.risk.other")
    ratio = high / (1 - high) / (low / (1 - low))
    table = np.zeros((len(ROUTES), len(southern)))
    for number, (share, weights) in enumerate(zip(shares, country_weights(), strict=True)):
        table[number] = _keep_share(share, southern, float(weights[southern].sum()), ratio)
    return table


def _keep_share(share: float, raised: Flags, portion: float, ratio: float) -> Reals:
    """Two chances with the given odds ratio whose mix is ``share`` (bisection; the mix rises with the lower odds)."""
    low, high = 1e-6, 1e4
    for _ in range(80):
        odds = (low * high) ** 0.5
        mix = portion * (odds * ratio / (1 + odds * ratio)) + (1 - portion) * (odds / (1 + odds))
        low, high = (odds, high) if mix < share else (low, odds)
    return np.asarray(np.where(raised, odds * ratio / (1 + odds * ratio), odds / (1 + odds)), dtype=np.float64)


def recruitment_weight(people: People, little_schooling: Flags) -> Reals:
    """Relative risk of meeting a network: hardship of route and origin, lone travel, little schooling, time here."""
    weight = dtm_chance(people)
    weight = weight * np.where(people.alone & ~people.child, assumed("risk", "alone"), 1.0)
    weight = weight * np.where(people.alone & people.child, assumed("risk", "unaccompanied_child"), 1.0)
    weight = weight * np.where(little_schooling, assumed("risk", "little_schooling"), 1.0)
    return np.asarray(weight * np.where(people.days_in_region > 0, assumed("risk", "in_region_before"), 1.0))
