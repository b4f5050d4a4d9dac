"""All networks that exploit people in the region: their purses set up, then lived through week by week."""

import numpy as np

from palermo.world.figures import assumed
from palermo.world.money.cast import ARRIVED, MEMBER, MULE, RESIDENT, Cast, active_networks
from palermo.world.money.collect import begin, week
from palermo.world.money.gang import Gang, Victim
from palermo.world.money.hide import place_cash, spend, sweep
from palermo.world.money.words import LABOUR_CLIENTS
from palermo.world.networks import FORMS, Hold, Networks
from palermo.world.people import People
from palermo.world.streams import Streams

WAYS = ("structuring", "pass_through", "funnel", "scatter_gather", "cycle")


def run_networks(
    streams: Streams, people: People, networks: Networks, hold: Hold, cast: Cast, span: tuple[int, int]
) -> list[Gang]:
    """Every active network after all its weeks; its lines are not yet poured into rows."""
    first, days = span
    active, held = active_networks(people, hold)
    account_of_member = np.full(len(networks.member_role), -1, dtype=np.int64)
    of_members = np.flatnonzero(cast.kind == MEMBER)
    account_of_member[cast.who[of_members]] = of_members
    account_of_person = np.full(len(people), -1, dtype=np.int64)
    of_people = np.flatnonzero(cast.kind == ARRIVED)
    account_of_person[cast.who[of_people]] = of_people
    order = held[np.argsort(hold.network[held], kind="stable")]
    cuts = np.searchsorted(hold.network[order], [active, active + 1])
    residents = np.flatnonzero(cast.kind == RESIDENT)
    mules = np.flatnonzero(cast.kind == MULE)
    least, most = (assumed("money_network", f"kept_share_{end}") for end in ("low", "high"))
    gangs = []
    for number, network in enumerate(active.tolist()):
        rng = streams("money networks", network)
        organiser = int(account_of_member[networks.first_member[network]])
        mine = order[cuts[0][number] : cuts[1][number]]
        victims = []
        for at in mine.tolist():
            person = int(hold.person[at])
            came = int(people.arrived_minute[person]) // 1440 - first
            begins = max(0, came - int(people.days_in_region[person]))
            controller = int(account_of_member[hold.holder[at]])
            kept = float(rng.uniform(least, most))
            victims.append(
                Victim(person, FORMS[int(hold.form[at])], begins, min(came, days - 1),
                       controller if controller >= 0 else organiser, int(account_of_person[person]), kept)
            )  # fmt: skip
        gang = _gang(rng, network, organiser, mules[cast.network[mules] == network].tolist(), victims, cast, days)
        _live(gang, cast, rng.choice(residents, min(12, len(residents)), replace=False).tolist(), days)
        gangs.append(gang)
    return gangs


def _gang(
    rng: np.random.Generator,
    network: int,
    organiser: int,
    mules: list[int],
    victims: list[Victim],
    cast: Cast,
    days: int,
) -> Gang:
    ways = {way for way in WAYS if rng.random() < assumed("money_network", way)}
    if rng.random() < assumed("money_network", "careful"):
        ways = {"careful"}
    ways |= {way for way in ("wages_taken", "wages_to_one") if rng.random() < assumed("money_network", way)}
    if rng.random() < assumed("money_network", "instalment_share"):
        ways.add("fees")
    clients = cast.of(*LABOUR_CLIENTS)
    labour = any(victim.form == "labour" for victim in victims)
    client = int(clients[network % len(clients)]) if labour else -1
    front = -1
    if "careful" not in ways and rng.random() < assumed("money_network", "own_front"):
        fronts = cast.of("nail_bar", "car_wash", "massage", "restaurant")
        front = int(fronts[network % len(fronts)])
        cast.owner[front] = organiser
    gang = Gang(network, rng, organiser, mules, victims, client, front, int(cast.tile[organiser]), ways, days)
    gang.roles = dict.fromkeys(mules, "mule")
    gang.roles |= {victim.account: "victim" for victim in victims if victim.account >= 0}
    gang.roles |= {victim.controller: "controller" for victim in victims}
    gang.roles[organiser] = "organiser"
    if front >= 0:
        gang.roles[front] = "front"
    if client >= 0:
        gang.roles.setdefault(client, "client")
    return gang


def _live(gang: Gang, cast: Cast, buyers: list[int], days: int) -> None:
    """Week by week: what begins, what is collected, what is handed on, what is spent."""
    forms = [victim.form for victim in gang.victims]
    form = max(sorted(set(forms)), key=forms.count)
    earliest = min(victim.begins for victim in gang.victims) // 7 * 7
    last = max(victim.ends for victim in gang.victims)
    for first in range(earliest, min(days - 7, last + 35), 7):
        for victim in gang.victims:
            if first <= victim.begins < first + 7:
                begin(gang, victim, cast)
            if victim.begins <= first + 3 <= victim.ends:
                week(gang, victim, cast, first, buyers)
        if first + 21 < days:
            sweep(gang, cast, first + 7)
            place_cash(gang, first + 7, last=first + 7 > last)
            spend(gang, cast, first + 10, form)


def roles_of(gangs: list[Gang]) -> dict[int, tuple[str, int, int]]:
    """By account: role, network and proceeds at the end; of an account that two networks use, the first is told."""
    found: dict[int, tuple[str, int, int]] = {}
    for gang in gangs:
        for account, role in gang.roles.items():
            told, network, before = found.get(account, (role, gang.number, 0))
            found[account] = (told, network, before + gang.has(account))
    return dict(sorted(found.items()))
