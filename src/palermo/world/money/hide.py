"""How a network moves and hides what it collected, and what it spends: week by week, never more than it has."""

from palermo.world.figures import assumed
from palermo.world.money.cast import Cast
from palermo.world.money.gang import DAY, HOUR, Gang
from palermo.world.money.rows import FOREIGN
from palermo.world.money.words import SECTORS

DUTY = 1_000_000
"""The reporting duty that structuring stays under: 10,000 in minor units."""
COSTS = {
    "sexual": (("advert", "advertising", 12), ("lodging", "lodging", 95), ("taxi", "taxi", 14),
               ("takeaway", "takeaway", 22), ("top_up", "telecom", 15), ("cosmetics", "cosmetics", 40),
               ("clothes", "clothes", 60), ("pharmacy", "pharmacy", 25)),
    "labour": (("groceries", "groceries", 120), ("fuel", "fuel", 60), ("ticket", "travel", 70),
               ("rent", "landlord", 350), ("top_up", "telecom", 15)),
}  # fmt: skip
OTHER_COSTS = (
    ("takeaway", "takeaway", 20),
    ("fuel", "fuel", 50),
    ("top_up", "telecom", 15),
    ("lodging", "lodging", 70),
)


def sweep(gang: Gang, cast: Cast, day: int) -> None:
    """At the end of a week controllers and fronts hand on to the organiser, by one of the network's ways."""
    _funnel(gang, cast, day)
    for account in sorted({victim.controller for victim in gang.victims} | ({gang.front} - {-1})):
        amount = gang.has(account) * 85 // 100 // 100 * 100
        if account == gang.organiser or amount < 5_000:
            continue
        when = day * DAY + gang.pick(9, 12) * HOUR
        way = _way(gang, amount)
        if way == "pass_through":
            mule = gang.mules[gang.pick(0, len(gang.mules))]
            gang.put(when, account, mule, amount, "transfer", "private", way)
            gang.put(
                when + gang.pick(1, 9) * HOUR, mule, gang.organiser, amount * 97 // 100, "transfer", "private", way
            )
        elif way == "scatter_gather":
            for number, mule in enumerate(gang.mules[:5]):
                part = amount // len(gang.mules[:5])
                gang.put(when + number * 600, account, mule, part, "transfer", "private", way)
                gang.put(when + gang.pick(20, 60) * HOUR, mule, gang.organiser, part * 96 // 100, "transfer",
                         "private", way)  # fmt: skip
        else:
            name = "services" if account == gang.front else "private"
            gang.put(when, account, gang.organiser, amount, "transfer", name, "moved")


def _way(gang: Gang, amount: int) -> str:
    ways = [way for way in ("pass_through", "scatter_gather") if way in gang.ways and amount > 30_000]
    ways = [way for way in ways if len(gang.mules) >= (3 if way == "scatter_gather" else 1)]
    return ways[gang.pick(0, len(ways))] if ways else "moved"


def _funnel(gang: Gang, cast: Cast, day: int) -> None:
    """What many paid in near here is taken out far away within two days, in notes."""
    if "funnel" not in gang.ways or not gang.mules:
        return
    mule = gang.mules[0]
    far = (int(cast.tile[gang.organiser]) + 32) % FOREIGN
    for _ in range(6):
        amount = min(gang.has(mule), gang.pick(40, 100) * 1000) // 1000 * 1000
        when = day * DAY - gang.pick(1, 20) * HOUR
        gang.put(when, mule, -1, amount, "cash_out", "cash", "funnel", place=far, terminal=far * 4)


def place_cash(gang: Gang, day: int, *, last: bool) -> None:
    """Notes that are kept come into the organiser's account just under the duty, within three days."""
    if "structuring" not in gang.ways or gang.cash < (DUTY * 3 // 2 if not last else 1):
        return
    for number in range(6):
        piece = min(gang.cash, gang.pick(62, 97) * 10_000)
        if piece < 10_000:
            return
        gang.cash -= piece
        gang.made -= piece  # counted when it was earned
        gang.put(day * DAY + (10 + number * 9) * HOUR, -1, gang.organiser, piece, "cash_in", "cash", "structuring",
                 place=gang.tile)  # fmt: skip


def spend(gang: Gang, cast: Cast, first: int, form: str) -> None:
    """Costs of the week that begins on day ``first``; once a month abroad, cash, things of value, a round trip."""
    budget = int(gang.has(gang.organiser) * assumed("money_network", "cost_share"))
    kinds = COSTS.get(form, OTHER_COSTS)
    for _ in range(3 * len(gang.victims) + 4):
        name, sector, price = kinds[gang.pick(0, len(kinds))]
        amount = int(price * 100 * float(gang.rng.lognormal(0.0, 0.4)))
        if amount > budget:
            break
        budget -= amount
        shops = cast.by_sector[SECTORS.index(sector)]
        to = int(shops[gang.pick(0, len(shops))])
        when = (first + gang.pick(0, 7)) * DAY + gang.pick(9, 24) * HOUR
        person = gang.victims[gang.pick(0, len(gang.victims))].person
        place = FOREIGN if name == "advert" else (gang.tile + gang.pick(0, 3) * 8) % FOREIGN
        gang.put(when, gang.organiser, to, amount, "transfer" if name == "rent" else "card", name, "costs",
                 place=place, reference=len(cast) + person if name in ("ticket", "top_up") else -1)  # fmt: skip
    if first // 7 % 4 == gang.number % 4:
        _monthly(gang, cast, first)


def _monthly(gang: Gang, cast: Cast, first: int) -> None:
    has = gang.has(gang.organiser)
    if has < 20_000:
        return
    abroad = int(has * assumed("money_network", "sent_abroad"))
    pieces = 1 + abroad // 290_000
    for number in range(pieces):
        gang.put((first + number % 5) * DAY + 15 * HOUR, gang.organiser, -1, abroad // pieces, "money_transfer",
                 "remittance", "sent_abroad", place=FOREIGN, reference=gang.organiser)  # fmt: skip
    cash = int(has * assumed("money_network", "cash_out")) // 1000 * 1000
    for number in range(1 + cash // 100_000):
        gang.put((first + 1 + number % 5) * DAY + 16 * HOUR, gang.organiser, -1, min(cash, 100_000), "cash_out",
                 "cash", "cash_out", place=gang.tile, terminal=gang.tile * 4)  # fmt: skip
        cash -= min(cash, 100_000)
    asset = int(has * assumed("money_network", "asset"))
    if asset > 80_000:
        sector, name = (("jewellery", "luxury"), ("vehicles", "vehicle"), ("gambling", "gambling"))[gang.pick(0, 3)]
        shops = cast.by_sector[SECTORS.index(sector)]
        gang.put((first + 5) * DAY + 14 * HOUR, gang.organiser, int(shops[gang.pick(0, len(shops))]), asset,
                 "card", name, "asset", place=gang.tile)  # fmt: skip
    if "cycle" in gang.ways and len(gang.mules) >= 2:
        ring = [gang.organiser, *gang.mules[:4], gang.organiser]
        amount = gang.has(gang.organiser) * 8 // 10
        for leg in range(len(ring) - 1):
            gang.put((first + 2 + leg) * DAY + 17 * HOUR, ring[leg], ring[leg + 1], amount, "transfer", "private",
                     "cycle")  # fmt: skip
            amount = amount * 97 // 100
