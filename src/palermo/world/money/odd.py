"""Innocent lives that look like a sign: independent sex work, travelling staff, gamblers, lenders, friends."""

import numpy as np

from palermo.world.figures import assumed
from palermo.world.money.cast import RESIDENT, Cast, part, spread_amounts
from palermo.world.money.rows import FOREIGN, Rows
from palermo.world.streams import Ints, Streams

DAY = 86_400


def odd_lives(streams: Streams, cast: Cast, days: int) -> Rows:
    """Rows of lives that a red flag would notice and that harm nobody."""
    rows, rng = Rows(), streams("money odd")
    residents = np.flatnonzero(cast.kind == RESIDENT)
    _sex_work(rng, cast, rows, part(rng, residents, assumed("money", "independent_sex_work")), days)
    _on_the_road(rng, cast, rows, part(rng, residents, assumed("money", "travelling_staff")), days)
    _spenders(rng, cast, rows, residents, days)
    _circles(rng, rows, part(rng, residents, assumed("money", "friend_circles")), days)
    _booked_for_others(rng, cast, rows, part(rng, residents, assumed("money", "fee_travel")), days)
    return rows


def _many(rng: np.random.Generator, who: Ints, rate: float, days: int, early: int, late: int) -> tuple[Ints, Ints]:
    """The holder of each event and its time, ``rate`` events a month."""
    each = np.repeat(who, rng.poisson(rate * days / 30.4, len(who)))
    when = rng.integers(0, days, len(each)) * DAY + early * 3600 + rng.integers(0, (late - early) * 3600, len(each))
    return each, when


def _sex_work(rng: np.random.Generator, cast: Cast, rows: Rows, who: Ints, days: int) -> None:
    """Adults who advertise, travel and are paid for themselves: adverts, lodging, taxis, fees, cash."""
    platform = cast.of("advertising")
    each, when = _many(rng, who, 6, days, 9, 23)
    rows.add(when, each, platform[each % len(platform)], rng.integers(3, 40, len(each)) * 100, channel_of="card",
             purpose_of="advert", place=FOREIGN)  # fmt: skip
    each, when = _many(rng, who, 10, days, 12, 23)
    payer = rng.choice(cast.persons, len(each))
    rows.add(when, payer, each, rng.integers(80, 300, len(each)) * 100, channel_of="transfer", purpose_of="private")
    each, when = _many(rng, who, 5, days, 9, 20)
    rows.add(when, -1, each, rng.integers(10, 60, len(each)) * 1000, channel_of="cash_in", purpose_of="cash",
             place=cast.tile[each])  # fmt: skip
    for purpose, sector, rate, price in (("lodging", "lodging", 3.0, 90), ("taxi", "taxi", 6.0, 15)):
        each, when = _many(rng, who, rate, days, 10, 23)
        to = rng.choice(cast.of(sector), len(each))
        rows.add(when, each, to, spread_amounts(rng, price, 0.3, len(each)), channel_of="card", purpose_of=purpose,
                 place=cast.tile[to])  # fmt: skip


def _on_the_road(rng: np.random.Generator, cast: Cast, rows: Rows, who: Ints, days: int) -> None:
    """Drivers and sales staff: fuel, meals and beds in town after town."""
    for purpose, sector, rate, price in (("fuel", "fuel", 10.0, 70), ("meals", "restaurant", 14.0, 16),
                                         ("lodging", "lodging", 6.0, 80),
                                         ("takeaway", "takeaway", 8.0, 13)):  # fmt: skip
        each, when = _many(rng, who, rate, days, 7, 22)
        to = rng.choice(cast.of(sector), len(each))
        rows.add(when, each, to, spread_amounts(rng, price, 0.3, len(each)), channel_of="card", purpose_of=purpose,
                 place=rng.integers(0, FOREIGN, len(each)))  # fmt: skip


def _spenders(rng: np.random.Generator, cast: Cast, rows: Rows, residents: Ints, days: int) -> None:
    """Gamblers, cash lenders (market traders who bank cash), holders of crypto, late guests of clubs."""
    habits = (
        ("gambler", "gambling", "gambling", 8.0, 60), ("crypto_holder", "crypto", "crypto", 2.0, 120),
        ("gambler", "nightclub", "venue", 3.0, 55), ("crypto_holder", "prepaid", "prepaid", 0.8, 50),
    )  # fmt: skip
    for name, sector, purpose, rate, price in habits:
        each, when = _many(rng, part(rng, residents, assumed("money", name)), rate, days, 18, 24)
        to = rng.choice(cast.of(sector), len(each))
        rows.add(when, each, to, spread_amounts(rng, price, 0.7, len(each)), channel_of="card", purpose_of=purpose,
                 place=cast.tile[to])  # fmt: skip
    each, when = _many(rng, part(rng, residents, assumed("money", "cash_lender")), 6, days, 9, 20)
    rows.add(when, -1, each, spread_amounts(rng, 260, 0.6, len(each)), channel_of="cash_in", purpose_of="cash",
             place=cast.tile[each])  # fmt: skip


def _circles(rng: np.random.Generator, rows: Rows, who: Ints, days: int) -> None:
    """Three friends who lend a sum round and get it back."""
    trio = who[: len(who) // 3 * 3].reshape(-1, 3)
    first = rng.integers(0, max(1, days - 12), len(trio)) * DAY
    sums = rng.integers(10, 90, len(trio)) * 1000
    for leg in range(3):
        rows.add(first + leg * 2 * DAY + 10 * 3600, trio[:, leg], trio[:, (leg + 1) % 3], sums - leg * 100,
                 channel_of="transfer", purpose_of="private")  # fmt: skip


def _booked_for_others(rng: np.random.Generator, cast: Cast, rows: Rows, who: Ints, days: int) -> None:
    """Parents and team leaders who buy tickets in several names."""
    each, when = _many(rng, who, 1, days, 9, 20)
    each, when = np.repeat(each, 4), np.repeat(when, 4)
    to = cast.of("travel")
    rows.add(when, each, to[each % len(to)], spread_amounts(rng, 55, 0.3, len(each)), channel_of="card",
             purpose_of="ticket", place=cast.tile[each],
             reference=np.minimum(each + np.arange(len(each)) % 4, len(cast) - 1))  # fmt: skip
