"""The freeze list of an answer with the holders of its accounts: a victim's account is protected, never frozen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from palermo.prosecution.models import Party


@dataclass(frozen=True)
class FreezeLine:
    """One account; amounts are decimal strings.

    Attributes:
        sure: what every deciding rule finds there, at most the balance; a court may be asked for this.
        most: what the deciding rule that finds most there finds.
        balance: after the last row of the ledger, whoever's the money is.
        leaving: what left it a day of late.
        protected: it is a victim's.
    """

    account: str
    party: Party | None
    sure: str
    most: str
    balance: str
    leaving: str
    protected: bool


def with_holders(lines: Sequence[Mapping[str, str]], owners: Mapping[str, Party]) -> list[FreezeLine]:
    """The list in its order, with the accounts of victims last."""
    found = []
    for line in lines:
        party = owners.get(line["account"])
        found.append(FreezeLine(party=party, protected=party is not None and party.is_victim, **line))
    return sorted(found, key=lambda one: one.protected)
