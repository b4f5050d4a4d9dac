"""A pattern found in a ledger: its rows, how strong it is, what is innocent about it and what would refute it."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from palermo.vocabulary.errors import Refusal


class Strength(StrEnum):
    """What may be said of the money in a pattern."""

    TRAVELLED = "money could have travelled"
    WINDOW = "in the same window"


@dataclass(frozen=True)
class PatternText:
    """One kind of pattern in words.

    Attributes:
        title: its name in the field.
        says: what the rows have in common.
        innocent: where the same shape is ordinary life.
        refuted_by: what would show that it means nothing.
        flag: the red flag it belongs to, if there is one.
    """

    title: str
    says: str
    innocent: str
    refuted_by: str
    flag: str = ""


@dataclass(frozen=True)
class Pattern:
    """One instance.

    Attributes:
        kind: key of `KINDS`.
        strength: whether time and amounts agree, or only the window.
        account: the account at its centre.
        accounts: all accounts in it.
        rows: positions of its rows in the ledger, in order of time.
        amount: minor units that pass its centre.
        why: the figures behind the finding, in words.
    """

    kind: str
    strength: Strength
    account: int
    accounts: tuple[int, ...]
    rows: tuple[int, ...]
    amount: int
    why: str


KINDS = {
    "cycle": PatternText(
        "Round trip",
        "Money comes back to its origin through others, each payment later than the one before.",
        "Families and friends who lend to each other; refunds; group companies that net their accounts.",
        "A debt, sale or refund behind each payment.",
        "NET-08",
    ),
    "scatter-gather": PatternText(
        "Scatter and gather",
        "One account pays several others, and these pay one account soon after.",
        "A household that shares a bill; a club that collects dues.",
        "A bill or purpose that all the payments share.",
        "NET-07",
    ),
    "fan-in": PatternText(
        "Fan-in",
        "Several accounts pay similar sums to one account within days.",
        "Shops, landlords, charities, clubs.",
        "A declared business that explains the payers and the sum.",
        "NET-09",
    ),
    "fan-out": PatternText(
        "Fan-out",
        "One account pays similar sums to several accounts within days.",
        "Employers on pay day; pensions; dividends.",
        "A payroll with contracts behind it.",
    ),
    "pass-through": PatternText(
        "Pass-through account",
        "Time and again, what comes in leaves within hours.",
        "People who live from pay to pay; sweep accounts of companies.",
        "The payments out are rent, food and bills of the holder.",
        "NET-06",
    ),
    "funnel": PatternText(
        "Funnel account",
        "Several payers send small sums, and most of it leaves soon after.",
        "A family that pools money for a relative abroad.",
        "Payers and receiver who know each other and say what for.",
        "NET-01",
    ),
    "structuring": PatternText(
        "Structuring",
        "Sums below a threshold, within days of each other, that together exceed it.",
        "A shop that banks its takings every day.",
        "Takings that fit the trade.",
        "NET-05",
    ),
    "pay-leaves": PatternText(
        "Pay that never stays",
        "A regular payment from the same payer leaves for one and the same receiver at once, month after month.",
        "Low-income households; a joint account; a standing order to savings.",
        "The receiver is the worker's own, or the worker's family and choice.",
        "CTL-03",
    ),
    "shared-identifier": PatternText(
        "Shared identifier",
        "Several holders give the same phone, address, e-mail or device.",
        "Families, shelters, student halls, care homes, seasonal housing.",
        "A household or home that explains it.",
        "CTL-01",
    ),
}


def known_kinds(kinds: Iterable[str]) -> list[str]:
    """The kinds as they were asked for.

    Raises:
        Refusal: a kind that does not exist.
    """
    wanted = list(kinds)
    for kind in wanted:
        if kind not in KINDS:
            raise Refusal(f"There is no pattern {kind!r}.", remedy=f"Choose from {', '.join(KINDS)}.")
    return wanted
