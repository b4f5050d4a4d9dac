"""The red flags that movements between accounts show by themselves, each with its rows and whom it concerns."""

import itertools
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from functools import cache, partial

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
from palermo.prosecution.methods.redflags.book import Book
from palermo.prosecution.methods.redflags.catalogue import NO_RULE, RULES
from palermo.prosecution.methods.redflags.pay import pay_to_one, pay_to_payer
from palermo.prosecution.methods.redflags.windows import Hit
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
        role: what it says its subjects are: `controller`, `front`, `broker`, `buyer`, or `any`.
        rows: positions of the rows behind it.
        why: the figures, in words.
    """

    flag: str
    family: str
    subjects: tuple[int, ...]
    victims: tuple[int, ...]
    rows: tuple[int, ...]
    why: str
    role: str = "any"


OF_LEDGER = (
    "NET-01", "NET-03", "NET-05", "NET-06", "NET-07", "NET-08", "NET-09", "CTL-01", "CTL-03", "CTL-04", "CTL-05",
)  # fmt: skip
"""Flags that movements show by themselves."""
_PROTECTS = {"CTL-01", "CTL-03", "CTL-06", "CTL-10", "CTL-11", "LAB-05"}
"""Flags whose accounts may be victims': until that is known nobody in them is a subject."""
_UNCLEAR = {"CTL-01", "CTL-06", "CTL-10"}
_TRADE = {"NET-01", "NET-02", "NET-03", "NET-04", "NET-06", "NET-09"}
"""Flags that a declared business explains by itself: a shop has many payers. Pay that goes on to a landlord or a shop
(CTL-04) is rent or a bill, too; to a labour provider it is not."""


def signs(
    ledger: Ledger,
    *,
    duty: int | None = None,
    holders: pl.DataFrame | None = None,
    book: Book | None = None,
) -> list[Sign]:
    """Every red flag that the ledger shows, with the parameters of the vocabulary.

    Args:
        ledger: movements of one currency.
        duty: the reporting duty in minor units (national; 10,000 of the currency if not given).
        holders: see `patterns.shared.shared_identifiers`; taken from the book's accounts if not given.
        book: the same ledger with channel, purpose, place and accounts, as far as known (`book.make_book`).
    """
    if holders is None and book is not None:
        holders = holders_of(book)
    found = of_ledger(ledger, duty, holders)
    if book is not None:
        found += of_book(book)
    return finished(found, book)


def of_book(book: Book, only: Collection[str] | None = None) -> list[Sign]:
    """What rules over a book find, before signs are held against each other; all rules, or only some."""
    flags, found = red_flags(), []
    for name, rule in RULES.items():
        if (only is None or name in only) and flags[name].use != "off" and not missing(name, book.columns):
            found += of_hits(flags[name], rule.find(book, flags[name]))
    return found


def finished(found: list[Sign], book: Book | None) -> list[Sign]:
    """Signs held against each other, by flag and account: the same order however they were found.

    Who takes the pay of others and sends it on at once looks like a worker whose pay leaves: he is not one of them.
    """
    takers = {account for sign in found if sign.flag in ("CTL-04", "CTL-05") for account in sign.subjects}
    kept = [sign for sign in found if sign.flag != "CTL-03" or takers.isdisjoint(sign.victims)]
    if book is not None:
        kept = _without_trade(kept, book)
    place = {name: n for n, name in enumerate((*OF_LEDGER, *RULES))}
    return sorted(kept, key=lambda one: (place[one.flag], one.subjects, one.victims, one.rows, one.why))


def missing(flag: str, columns: frozenset[str]) -> tuple[str, ...]:
    """Which columns (or other records) a flag still needs; none if it can be looked for."""
    if flag in NO_RULE:
        return (NO_RULE[flag],)
    if flag == "CTL-01":
        return tuple(c for c in ("accounts.holder", "accounts.phone") if c not in columns)
    return tuple(column for column in RULES[flag].needs if column not in columns) if flag in RULES else ()


def unclear(found: list[Sign]) -> set[int]:
    """Accounts that are protected only because somebody shares a contact or a machine with others."""
    sure = {account for sign in found if sign.flag in _PROTECTS - _UNCLEAR for account in sign.victims}
    return {account for sign in found if sign.flag in _UNCLEAR for account in sign.victims} - sure


def _role(flag: RedFlag) -> str:
    first = next((role for role in flag.roles if role not in ("victim", "recruiter")), "any")
    return {"customer": "buyer"}.get(first, first)


def of_hits(flag: RedFlag, hits: list[Hit]) -> list[Sign]:
    """Places where a rule over a book fits, as signs."""
    if flag.id in _PROTECTS:
        return [Sign(flag.id, flag.family, (), hit.accounts, hit.rows, hit.why, _role(flag)) for hit in hits]
    return [Sign(flag.id, flag.family, hit.accounts, hit.victims, hit.rows, hit.why, _role(flag)) for hit in hits]


def holders_of(book: Book) -> pl.DataFrame | None:
    """Contacts of accounts as `shared_identifiers` reads them."""
    known = [name for name in ("phone", "address", "device") if name in book.accounts.columns]
    if not known or "holder" not in book.accounts.columns:
        return None
    name = pl.Series("account", [book.ledger.name(code) for code in book.accounts["account"]], dtype=pl.String)
    wide = book.accounts.select(name, "holder", *known)
    return wide.unpivot(index=["account", "holder"], on=known, variable_name="kind", value_name="value")


def _without_trade(found: list[Sign], book: Book) -> list[Sign]:
    if "kind" not in book.accounts.columns:
        return found
    shops = book.accounts.filter(pl.col("kind") == "business")
    explained = {flag: set(shops["account"].to_list()) for flag in _TRADE}
    if "sector" in shops.columns:
        others = shops.filter(pl.col("sector").is_not_null(), pl.col("sector") != "labour_provider")
        explained["CTL-04"] = set(others["account"].to_list())
    return [s for s in found if s.flag not in explained or not explained[s.flag].issuperset(s.subjects)]


def of_ledger(
    ledger: Ledger, duty: int | None, holders: pl.DataFrame | None, only: Collection[str] | None = None
) -> list[Sign]:
    """What the movements alone show, before signs are held against each other; all flags, or only some."""
    unit = 10 ** exponent(ledger.currency)
    limit = _DEFAULT_DUTY * unit if duty is None else duty
    flags = red_flags()
    paths = cache(partial(graph, ledger))
    rules: dict[str, Callable[[RedFlag], list[Sign]]] = {
        "NET-01": lambda flag: by_centre(flag, funnels(ledger, threshold=limit, payers=flag.params["n"])),
        "NET-03": lambda flag: _just_below(flag, ledger, flag.params["T"] * unit),
        "NET-05": lambda flag: by_centre(flag, structuring(ledger, threshold=limit, days=flag.params["d"])),
        "NET-06": lambda flag: by_centre(flag, pass_through(ledger, hours=flag.params["h"], times=flag.params["k"])),
        "NET-07": lambda flag: by_ends(flag, scatter_gather(ledger, paths(), days=flag.params["d"])),
        "NET-08": lambda flag: by_centre(flag, agreeing(cycles(ledger, paths(), days=flag.params["d"]).patterns)),
        "NET-09": lambda flag: _steady(flag, ledger),
        "CTL-01": lambda flag: in_doubt(flag, shared_identifiers(ledger, holders) if holders is not None else []),
        "CTL-03": lambda flag: _victims(flag, pay_leaves(ledger, hours=flag.params["h"], times=flag.params["k"])),
        "CTL-04": lambda flag: of_pay(flag, pay_to_one(ledger, workers=flag.params["n"], days=flag.params["d"])),
        "CTL-05": lambda flag: of_pay(flag, pay_to_payer(ledger, workers=flag.params["n"], days=flag.params["d"])),
    }
    wanted = [name for name in OF_LEDGER if only is None or name in only]
    return [with_role(sign) for name in wanted for sign in rules[name](flags[name])]


def with_role(sign: Sign) -> Sign:
    """The sign with the role that its flag gives its subjects."""
    return replace(sign, role=_role(red_flags()[sign.flag]))


def agreeing(found: list[Pattern]) -> list[Pattern]:
    """Those through which money could have travelled."""
    return [one for one in found if one.strength is Strength.TRAVELLED]


def by_centre(flag: RedFlag, found: list[Pattern]) -> list[Sign]:
    """The account at the centre is the subject."""
    return [Sign(flag.id, flag.family, (one.account,), (), one.rows, one.why) for one in found]


def by_ends(flag: RedFlag, found: list[Pattern]) -> list[Sign]:
    """Who scatters and who gathers; those in between may be anybody."""
    ends = [(one, (one.accounts[0], one.accounts[-1])) for one in agreeing(found)]
    return [Sign(flag.id, flag.family, subjects, (), one.rows, one.why) for one, subjects in ends]


def _victims(flag: RedFlag, found: list[Pattern]) -> list[Sign]:
    return [Sign(flag.id, flag.family, (), (one.account,), one.rows, one.why) for one in found]


def in_doubt(flag: RedFlag, found: list[Pattern]) -> list[Sign]:
    """A shared phone shows control, or being controlled: until that is known nobody is a subject."""
    return [Sign(flag.id, flag.family, (), one.accounts, one.rows, one.why) for one in found]


def of_pay(flag: RedFlag, found: list[tuple[int, tuple[int, ...], tuple[int, ...], str]]) -> list[Sign]:
    """Who takes pay is the subject, workers are to be protected."""
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
