"""How exploitation becomes money: wages that are taken, clients who pay, cash from the street, fees."""

from palermo.world.figures import assumed
from palermo.world.money.cast import Cast
from palermo.world.money.gang import DAY, HOUR, Gang, Victim
from palermo.world.money.rows import FOREIGN


def _sum(gang: Gang, name: str) -> int:
    """A drawn amount in minor units round a named assumption."""
    spread = assumed("money_network", "week_sigma")
    return int(assumed("money_network", name) * 100 * float(gang.rng.lognormal(0.0, spread)))


def begin(gang: Gang, victim: Victim, cast: Cast) -> None:
    """What is paid when exploitation begins: a fee and instalments, a price."""
    day, rng = victim.begins, gang.rng
    reference = len(cast) + victim.person
    if victim.form in ("labour", "domestic") and "fees" in gang.ways and day > 0:
        fee = int(assumed("money_network", "fee")) * 100
        gang.put(day * DAY + 10 * HOUR, -1, gang.organiser, fee, "transfer", "fee", "fees", reference=reference,
                 person=victim.person)  # fmt: skip
    if victim.form == "marriage":
        price = int(assumed("money_network", "marriage_price") * float(rng.uniform(0.5, 1.5))) * 100
        gang.put(day * DAY + 12 * HOUR, -1, victim.controller, price, "transfer", "private", "collected_from_buyers",
                 place=FOREIGN, person=victim.person)  # fmt: skip
    if victim.form == "organ":
        low, high = (int(assumed("money_network", f"organ_{end}")) for end in ("low", "high"))
        price = gang.pick(low, high) * 100
        gang.put(day * DAY + 9 * HOUR, -1, gang.organiser, price, "transfer", "medical", "collected_from_buyers",
                 place=FOREIGN, person=victim.person)  # fmt: skip
        payout = int(price * assumed("money_network", "organ_payout"))
        late = min(day + 20, gang.days - 1) * DAY + 9 * HOUR
        gang.put(late, gang.organiser, -1, payout, "money_transfer", "private", "payout", place=FOREIGN,
                 reference=reference, person=victim.person)  # fmt: skip
        clinic = int(cast.of("medical")[gang.number % len(cast.of("medical"))])
        soon = min(day + 12, gang.days - 1) * DAY + 9 * HOUR
        gang.put(soon, gang.organiser, clinic, price // 4, "transfer", "medical", "costs",
                 person=victim.person)  # fmt: skip


def week(gang: Gang, victim: Victim, cast: Cast, first: int, buyers: list[int]) -> None:
    """One victim's week that begins on day ``first``."""
    weeks = (first - victim.begins // 7 * 7) // 7
    if "fees" in gang.ways and victim.form in ("labour", "domestic") and victim.begins > 0 and weeks in (4, 8, 12):
        gang.put(first * DAY + 11 * HOUR, -1, gang.organiser, int(assumed("money_network", "fee")) * 20, "transfer",
                 "instalment", "fees", reference=len(cast) + victim.person, person=victim.person)  # fmt: skip
    if victim.form == "labour":
        _labour(gang, victim, cast, first)
    elif victim.form == "sexual":
        _sexual(gang, victim, cast, first, buyers)
    elif victim.form == "domestic":
        if first // 7 % 4 == victim.person % 4:
            gang.put(first * DAY + 9 * HOUR, buyers[0], victim.controller, _sum(gang, "domestic_month"), "transfer",
                     "services", "wages_as_services", person=victim.person)  # fmt: skip
            gang.roles.setdefault(buyers[0], "client")
    elif victim.form in ("begging", "crime", "armed_group"):
        name = "armed_week" if victim.form == "armed_group" else f"{victim.form}_week"
        _cash(gang, victim, cast, first, _sum(gang, name), pieces=gang.pick(1, 3))


def _labour(gang: Gang, victim: Victim, cast: Cast, first: int) -> None:
    """Pay day is Friday: to the worker and on at once, to one for all, or as services."""
    if gang.client < 0:
        _cash(gang, victim, cast, first, _sum(gang, "labour_week"), pieces=1)
        return
    pay, due = _sum(gang, "labour_week"), (first + 4) * DAY + 7 * HOUR
    taken = int(pay * (1 - victim.kept))
    reference = len(cast) + victim.person
    if victim.account >= 0 and "wages_taken" in gang.ways:
        gang.put(due + victim.person % 1800, gang.client, victim.account, pay, "transfer", "wages", "wages_taken",
                 proceeds=taken, reference=victim.account, person=victim.person)  # fmt: skip
        when = due + gang.pick(2, 30) * HOUR + victim.person % 1800
        if not gang.at_machine(first, 0.25):
            gang.put(when, victim.account, victim.controller, taken, "transfer", "private", "wages_taken",
                     person=victim.person)  # fmt: skip
        else:
            _drawn(gang, victim, cast, when, taken)
    elif "wages_to_one" in gang.ways:
        gang.put(due + victim.person % 1800, gang.client, victim.controller, pay, "transfer", "wages", "wages_to_one",
                 proceeds=taken, reference=reference, person=victim.person)  # fmt: skip
    else:
        gang.put(due + victim.person % 600, gang.client, victim.controller, pay, "transfer", "services",
                 "wages_as_services", proceeds=taken, person=victim.person)  # fmt: skip


def _drawn(gang: Gang, victim: Victim, cast: Cast, when: int, taken: int) -> None:
    """The worker's card is used by another: notes out of one machine, minutes after each other."""
    place = int(cast.tile[victim.controller])
    gang.put(when // DAY * DAY + 20 * HOUR + victim.person % 7 * 60, victim.account, -1, taken, "cash_out", "cash",
             "wages_taken", place=place, terminal=place * 4, person=victim.person)  # fmt: skip
    gang.cash += taken
    gang.spent -= taken


def _sexual(gang: Gang, victim: Victim, cast: Cast, first: int, buyers: list[int]) -> None:
    """Buyers pay by transfer in part; the rest is cash that somebody pays in."""
    left = _sum(gang, "sexual_week")
    into = victim.account if victim.account >= 0 and gang.chance(0.5) else victim.controller
    while left > 8_000 and gang.chance(assumed("money_network", "by_transfer")) and buyers:
        price = min(left, gang.pick(8, 30) * 1000)
        buyer = buyers[gang.pick(0, len(buyers))]
        gang.roles.setdefault(buyer, "buyer")
        gang.put((first + gang.pick(0, 6)) * DAY + gang.pick(12, 24) * HOUR, buyer, into, price, "transfer", "private",
                 "collected_from_buyers", person=victim.person)  # fmt: skip
        left -= price
    if into != victim.controller:
        gang.put((first + 6) * DAY + 12 * HOUR, into, victim.controller, gang.has(into) * 9 // 10, "transfer",
                 "private", "moved", person=victim.person)  # fmt: skip
    _cash(gang, victim, cast, first, left, pieces=gang.pick(1, 4))


def _cash(gang: Gang, victim: Victim, cast: Cast, first: int, amount: int, *, pieces: int) -> None:
    """Notes are kept, mixed with a front's takings, or paid in, in pieces and places."""
    if "careful" in gang.ways or "structuring" in gang.ways:
        gang.cash += amount
        gang.made += amount
        return
    home = int(cast.tile[gang.organiser])
    for piece in range(pieces):
        when = (first + gang.pick(0, 6)) * DAY + gang.pick(9, 20) * HOUR
        share = amount // pieces // 500 * 500
        if gang.front >= 0:
            gang.put(when, -1, gang.front, share, "cash_in", "takings", "front", place=home, person=victim.person)
            continue
        funnel = "funnel" in gang.ways and bool(gang.mules)
        into = gang.mules[0] if funnel else victim.controller
        place = (home + (piece + first) * 5) % FOREIGN if funnel or gang.chance(0.5) else home
        gang.put(when, -1, into, share, "cash_in", "cash", "funnel" if funnel else "collected_cash", place=place,
                 person=victim.person)  # fmt: skip
