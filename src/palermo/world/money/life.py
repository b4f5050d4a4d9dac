"""Ordinary life: wages, rent, shops, cash, remittances, and what looks odd and is innocent."""

import numpy as np

from palermo.world.figures import assumed, assumed_numbers
from palermo.world.money.cast import ARRIVED, BUSINESS, MEMBER, MULE, RESIDENT, Cast, cash_heavy, part, spread_amounts
from palermo.world.money.rows import FOREIGN, Rows
from palermo.world.streams import Ints, Reals, Streams

DAY = 86_400
SHOPS = {
    "groceries": "groceries", "meals": "restaurant", "takeaway": "takeaway", "fuel": "fuel", "taxi": "taxi",
    "pharmacy": "pharmacy", "clothes": "clothes", "cosmetics": "cosmetics", "utilities": "utilities",
    "top_up": "telecom", "ticket": "travel", "lodging": "lodging",
}  # fmt: skip


def live(streams: Streams, cast: Cast, days: int) -> Rows:
    """The rows of everybody's ordinary life, in no order."""
    rows = Rows()
    wages(streams("money wages"), cast, rows, days)
    shop(streams("money shops"), cast, rows)
    homes(streams("money homes"), cast, rows, days)
    trade(streams("money trade"), cast, rows, days)
    remit(streams("money remittances"), cast, rows)
    return rows


def wages(rng: np.random.Generator, cast: Cast, rows: Rows, days: int) -> None:
    """Pay weekly or monthly; seasonal farms pay people of one address alike; benefits to those without work."""
    works = np.flatnonzero(cast.employer >= 0)
    season = _seasonal(rng, cast, works)
    weekly = (rng.random(len(works)) < assumed("money", "weekly_pay")) | season[works]
    for who, step, part_of in ((works[weekly], 7, 7 / 30.4), (works[~weekly], 30, 1.0)):
        pay = (cast.income[who] * part_of).astype(np.int64)
        pay = np.where(season[who], 38_000, pay)
        first = np.where(season[who], 5, rng.integers(0, step, len(who)) if step == 7 else cast.employer[who] % 5 + 25)
        for turn in range(days // step + 1):
            day = first + turn * step
            due = (day * DAY >= cast.begins[who]) & (day < days)
            some = who[due]
            rows.add(day[due] * DAY + 6 * 3600 + rng.integers(0, 3600, len(some)), cast.employer[some], some,
                     pay[due] + rng.integers(-2, 3, len(some)) * (~season[some]), channel_of="transfer",
                     purpose_of="wages", reference=some)  # fmt: skip
    idle = np.flatnonzero((cast.kind == RESIDENT) & (cast.employer < 0))
    for turn in range(days // 30 + 1):
        rows.add(turn * 30 * DAY + 7 * 3600 + np.zeros(len(idle), np.int64), -1, idle, 65_000,
                 channel_of="transfer", purpose_of="benefit", reference=idle)  # fmt: skip


def _seasonal(rng: np.random.Generator, cast: Cast, works: Ints) -> np.ndarray:
    season = np.zeros(len(cast), dtype=np.bool_)
    for farm in part(rng, cast.of("farm"), assumed("money", "seasonal_farm")).tolist():
        hands = works[(cast.employer[works] == farm) & (cast.kind[works] == ARRIVED)][:10]
        season[hands] = True
        cast.address[hands] = -500_000 - farm
    return season


def _months(cast: Cast, who: Ints) -> Reals:
    return np.asarray((cast.ends[who] - cast.begins[who]) / (30.4 * DAY), dtype=np.float64)


def _times(rng: np.random.Generator, cast: Cast, who: Ints, early: int = 8, late: int = 21) -> Ints:
    day = cast.begins[who] // DAY + (rng.random(len(who)) * (cast.ends[who] - cast.begins[who]) / DAY).astype(np.int64)
    return np.asarray(day * DAY + early * 3600 + rng.integers(0, (late - early) * 3600, len(who)), dtype=np.int64)


def habit(
    rng: np.random.Generator, cast: Cast, rows: Rows, who: Ints, name: str, figures: tuple[float, float, float]
) -> None:
    """A habit of buying: so many times a month, mostly in one favourite shop, mostly in the home town."""
    rate, median, sigma = figures
    buyer = np.repeat(who, rng.poisson(rate * _months(cast, who)))
    shops = cast.of(SHOPS[name])
    favourite = shops[(buyer * 7919 + len(name)) % len(shops)]
    shop_of = np.where(rng.random(len(buyer)) < 0.75, favourite, rng.choice(shops, len(buyer)))
    place = np.where(rng.random(len(buyer)) < 0.97, cast.tile[buyer], cast.tile[shop_of])
    if name == "lodging":
        place = rng.integers(0, FOREIGN, len(buyer))
    channel = "direct_debit" if name == "utilities" else "card"
    rows.add(_times(rng, cast, buyer), buyer, shop_of, spread_amounts(rng, median, sigma, len(buyer)),
             channel_of=channel, purpose_of=name, place=place,
             reference=buyer if name in ("ticket", "top_up") else -1)  # fmt: skip


def shop(rng: np.random.Generator, cast: Cast, rows: Rows) -> None:
    """Shops, cash machines and small sums between people, for everybody who runs the own account."""
    free = cast.persons[~cast.controlled[cast.persons] & (cast.kind[cast.persons] != MULE)]
    for name in SHOPS:
        rate, median, sigma = assumed_numbers("money_habits", name)
        habit(rng, cast, rows, free, name, (rate, median, sigma))
    rate, median, sigma = assumed_numbers("money_habits", "cash_out")
    taker = np.repeat(free, rng.poisson(rate * _months(cast, free)))
    sums = np.maximum(10, np.round(median * np.exp(sigma * rng.standard_normal(len(taker))) / 10) * 10) * 100
    rows.add(_times(rng, cast, taker, 7, 23), taker, -1, sums.astype(np.int64), channel_of="cash_out",
             purpose_of="cash", place=cast.tile[taker], terminal=cast.tile[taker] * 4 + taker % 4)  # fmt: skip
    rate, median, sigma = assumed_numbers("money_habits", "private")
    giver = np.repeat(free, rng.poisson(rate * _months(cast, free)))
    near = free[np.minimum((np.searchsorted(free, giver) + rng.integers(1, 12, len(giver))), len(free) - 1)]
    rows.add(_times(rng, cast, giver), giver, near, spread_amounts(rng, median, sigma, len(giver)),
             channel_of="transfer", purpose_of="private")  # fmt: skip


def homes(rng: np.random.Generator, cast: Cast, rows: Rows, days: int) -> None:
    """Rent to landlords (businesses, some of them persons); pay that goes to a joint account."""
    free = np.flatnonzero(cast.income > 0)
    tenant = part(rng, free, assumed("money", "tenant"))
    landlords = np.concatenate([cast.of("landlord"), rng.choice(cast.persons, max(3, len(tenant) // 40))])
    to = landlords[(tenant * 31) % len(landlords)]
    rent = (cast.income[tenant] * assumed("money", "rent_share_of_wage")).astype(np.int64) // 500 * 500
    joint = part(rng, free[cast.kind[free] == RESIDENT], assumed("money", "partner_account"))
    for month in range(days // 30 + 1):
        due = (month * 30 + 2) * DAY
        pays = due >= cast.begins[tenant]
        rows.add(due + rng.integers(0, 3, int(pays.sum())) * DAY + 9 * 3600, tenant[pays], to[pays], rent[pays],
                 channel_of="transfer", purpose_of="rent")  # fmt: skip
        pay_day = (month * 30 + cast.employer[joint] % 5 + 25) * DAY + 12 * 3600
        rows.add(pay_day, joint, np.maximum(joint - 1, 0), cast.income[joint] * 9 // 10, channel_of="transfer",
                 purpose_of="private")  # fmt: skip


def trade(rng: np.random.Generator, cast: Cast, rows: Rows, days: int) -> None:
    """Takings banked, customers abroad, suppliers, tax and social insurance; a few shops bank just under the duty."""
    business = np.flatnonzero(cast.kind == BUSINESS)
    tills = cash_heavy(cast)
    big = part(rng, tills, assumed("money", "big_taker"))
    weekly = np.repeat(tills, days // 7)
    when = np.tile(np.arange(days // 7) * 7, len(tills)) * DAY + rng.integers(0, 7 * DAY, len(weekly)) // DAY * DAY
    rows.add(when + (cast.closes[weekly] - 1) * 3600, -1, weekly,
             spread_amounts(rng, 900 + 60.0 * cast.staff[weekly], 0.5, len(weekly)), channel_of="cash_in",
             purpose_of="takings", place=cast.tile[weekly])  # fmt: skip
    daily = np.repeat(big, days)
    rows.add(np.tile(np.arange(days), len(big)) * DAY + 18 * 3600, -1, daily,
             rng.integers(5_200, 9_400, len(daily)) * 100, channel_of="cash_in", purpose_of="takings",
             place=cast.tile[daily])  # fmt: skip
    monthly = np.repeat(business, days // 30)
    turn = np.tile(np.arange(days // 30) * 30, len(business)) * DAY
    staff = cast.staff[monthly]
    for purpose, low, of_staff in (("supplier", 3_000, 900), ("tax", 200, 650)):
        sums = spread_amounts(rng, low + float(of_staff) * staff, 0.3, len(monthly))
        rows.add(turn + rng.integers(8, 28, len(monthly)) * DAY + 10 * 3600, monthly, -1, sums, channel_of="transfer",
                 purpose_of=purpose)  # fmt: skip
    sums = spread_amounts(rng, 6_000 + 3_400.0 * staff, 0.3, len(monthly))
    rows.add(turn + rng.integers(0, 28, len(monthly)) * DAY + 11 * 3600, -1, monthly, sums, channel_of="transfer",
             purpose_of="services")  # fmt: skip


def remit(rng: np.random.Generator, cast: Cast, rows: Rows) -> None:
    """Money sent home by money transfer, after pay; some families pool it with one relative who sends it."""
    person = cast.persons
    person = person[~cast.controlled[person] & (cast.kind[person] != MEMBER)]
    share = np.where(
        cast.kind[person] == ARRIVED, assumed("money", "remits_other"), assumed("money", "remits_resident")
    )
    sends = person[(rng.random(len(person)) < share) & (cast.income[person] > 0)]
    pooled = part(rng, sends, assumed("money", "pooled_remittance"))
    alone = np.repeat(np.setdiff1d(sends, pooled), 6)
    rows.add(_times(rng, cast, alone), alone, -1, spread_amounts(rng, 180, 0.5, len(alone)),
             channel_of="money_transfer", purpose_of="remittance", place=FOREIGN, reference=alone)  # fmt: skip
    pool = np.repeat(pooled, 5)
    if not len(pool):
        return
    relative = pooled[np.arange(len(pooled)) // 5 * 5]
    turn = np.tile(np.arange(5), len(pooled)) * 30 * DAY + np.repeat((relative % 20), 5) * DAY
    sums = spread_amounts(rng, 150, 0.3, len(pool))
    to = np.repeat(relative, 5)
    gives = pool != to
    rows.add((turn + rng.integers(0, DAY, len(pool)))[gives], pool[gives], to[gives], sums[gives],
             channel_of="transfer", purpose_of="private")  # fmt: skip
    key = turn // DAY * len(cast) + to
    which, inverse = np.unique(key, return_inverse=True)
    total = np.bincount(inverse, weights=sums).astype(np.int64)
    rows.add((which // len(cast) + 1) * DAY + 15 * 3600, which % len(cast), -1, total, channel_of="money_transfer",
             purpose_of="remittance", place=FOREIGN, reference=which % len(cast))  # fmt: skip
