"""The red flags that movements between accounts show by themselves, each with its rows and whom it concerns."""

import itertools
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import polars as pl

from palermo.prosecution.methods.ledger import Ledger
from palermo.prosecution.methods.minor_units import exponent
from palermo.prosecution.methods.patterns.cycles import cycles
from palermo.prosecution.methods.patterns.fans import structuring
from palermo.prosecution.methods.patterns.flow import funnels, pass_through, pay_leaves
from palermo.prosecution.methods.patterns.found import Pattern, Strength
from palermo.prosecution.methods.patterns.graph import DAY, graph
from palermo.prosecution.methods.patterns.scatter import scatter_gather
from palermo.prosecution.methods.patterns.shared import shared_identifiers
from palermo.prosecution.methods.redflags.pay import pay_to_one, pay_to_payer
from palermo.vocabulary.redflags import RedFlag, red_flags

_DEFAULT_DUTY = 10_000


@dataclass(frozen=True)
class Sign:
    """One red flag at one place of a ledger.

    Attributes:
        flag: id of the red flag.
        family: its family.
        subjects: accounts it speaks against (controller, front), in the order found.
        victims: accounts it speaks for: to be protected, never to be reported as subjects.
        rows: positions of the rows behind it.
        why: the figures, in words.
    """

    flag: str
    family: str
    subjects: tuple[int, ...]
    victims: tuple[int, ...]
    rows: tuple[int, ...]
    why: str


def signs(ledger: Ledger, *, duty: int | None = None, holders: pl.DataFrame | None = None) -> list[Sign]:
    """Every red flag that the ledger shows, with the parameters of the vocabulary.

    Args:
        ledger: movements of one currency.
        duty: the reporting duty in minor units (national; 10,000 of the currency if not given).
        holders: see `patterns.shared.shared_identifiers`.
    """
    unit = 10 ** exponent(ledger.currency)
    limit = _DEFAULT_DUTY * unit if duty is None else duty
    flags = red_flags()
    paths = graph(ledger)
    rules: dict[str, Callable[[RedFlag], list[Sign]]] = {
        "NET-01": lambda flag: _by_centre(flag, funnels(ledger, threshold=limit, payers=flag.params["n"])),
        "NET-03": lambda flag: _just_below(flag, ledger, flag.params["T"] * unit),
        "NET-05": lambda flag: _by_centre(flag, structuring(ledger, threshold=limit, days=flag.params["d"])),
        "NET-06": lambda flag: _by_centre(flag, pass_through(ledger, hours=flag.params["h"], times=flag.params["k"])),
        "NET-07": lambda flag: _by_ends(flag, scatter_gather(ledger, paths, days=flag.params["d"])),
        "NET-08": lambda flag: _by_centre(flag, _agreeing(cycles(ledger, paths, days=flag.params["d"]).patterns)),
        "NET-09": lambda flag: _steady(flag, ledger),
        "CTL-01": lambda flag: _unclear(flag, shared_identifiers(ledger, holders) if holders is not None else []),
        "CTL-03": lambda flag: _victims(flag, pay_leaves(ledger, hours=flag.params["h"], times=flag.params["k"])),
        "CTL-04": lambda flag: _pay(flag, pay_to_one(ledger, workers=flag.params["n"], days=flag.params["d"])),
        "CTL-05": lambda flag: _pay(flag, pay_to_payer(ledger, workers=flag.params["n"], days=flag.params["d"])),
    }
    found = [sign for name, rule in rules.items() for sign in rule(flags[name])]
    takers = {account for sign in found if sign.flag in ("CTL-04", "CTL-05") for account in sign.subjects}
    # Who takes the pay of others and sends it on at once looks like a worker whose pay leaves: he is not one of them.
    return [sign for sign in found if sign.flag != "CTL-03" or takers.isdisjoint(sign.victims)]


def _agreeing(found: list[Pattern]) -> list[Pattern]:
    return [one for one in found if one.strength is Strength.TRAVELLED]


def _by_centre(flag: RedFlag, found: list[Pattern]) -> list[Sign]:
    return [Sign(flag.id, flag.family, (one.account,), (), one.rows, one.why) for one in found]


def _by_ends(flag: RedFlag, found: list[Pattern]) -> list[Sign]:
    """Who scatters and who gathers; those in between may be anybody."""
    ends = [(one, (one.accounts[0], one.accounts[-1])) for one in _agreeing(found)]
    return [Sign(flag.id, flag.family, subjects, (), one.rows, one.why) for one, subjects in ends]


def _victims(flag: RedFlag, found: list[Pattern]) -> list[Sign]:
    return [Sign(flag.id, flag.family, (), (one.account,), one.rows, one.why) for one in found]


def _unclear(flag: RedFlag, found: list[Pattern]) -> list[Sign]:
    """A shared phone shows control, or being controlled: until that is known nobody is a subject."""
    return [Sign(flag.id, flag.family, (), one.accounts, one.rows, one.why) for one in found]


def _pay(flag: RedFlag, found: list[tuple[int, tuple[int, ...], tuple[int, ...], str]]) -> list[Sign]:
    return [Sign(flag.id, flag.family, (taker,), workers, rows, why) for taker, workers, rows, why in found]


def _just_below(flag: RedFlag, ledger: Ledger, limit: int) -> list[Sign]:
    """Several payments of 70 to 100 % of a limit to one account from different payers within the window."""
    few, days = int(flag.params["n"]), int(flag.params["window_d"])
    payers = int(flag.params["p"])
    fit = (ledger.amount * 10 >= limit * 7) & (ledger.amount < limit) & (ledger.target >= 0)
    row = np.flatnonzero(fit & (ledger.source != ledger.target))
    row = row[np.argsort(ledger.target[row], kind="stable")]
    out = []
    begins = np.append(np.flatnonzero(np.diff(ledger.target[row], prepend=-1)), len(row))
    for begin, end in itertools.pairwise(begins):
        rows = row[begin:end]
        time = ledger.time[rows]
        counts = np.searchsorted(time, time + days * DAY, side="right") - np.arange(len(rows))
        best = int(counts.argmax())
        some = rows[best : best + int(counts[best])]
        distinct = len(set(ledger.source[some].tolist()))
        if len(some) >= few and distinct >= payers:
            why = (
                f"{len(some)} payments from {distinct} payers within {days} days, each just below {ledger.text(limit)}"
            )
            out.append(Sign(flag.id, flag.family, (int(ledger.target[some[0]]),), (), tuple(some.tolist()), why))
    return out


def _steady(flag: RedFlag, ledger: Ledger) -> list[Sign]:
    """Many payers a week, week after week."""
    real = np.flatnonzero((ledger.target >= 0) & (ledger.source >= 0) & (ledger.source != ledger.target))
    rows = pl.DataFrame(
        {
            "row": real,
            "account": ledger.target[real],
            "payer": ledger.source[real],
            "week": ledger.time[real] // (7 * DAY),
        }
    )
    weeks = rows.group_by("account", "week").agg(pl.col("payer").n_unique(), pl.col("row"))
    weeks = weeks.filter(pl.col("payer") >= flag.params["n"]).sort("account", "week")
    busy = weeks.group_by("account", maintain_order=True).agg(pl.len(), pl.col("row").explode())
    busy = busy.filter(pl.col("len") >= flag.params["w"])
    return [
        Sign(
            flag.id, flag.family, (one["account"],), (), tuple(sorted(one["row"])),
            f"at least {flag.params['n']} payers in each of {one['len']} weeks",
        )
        for one in busy.iter_rows(named=True)
    ]  # fmt: skip
