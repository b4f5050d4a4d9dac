"""What to freeze first: accounts by what every deciding rule still finds there."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from palermo.prosecution.methods.minor_units import as_text
from palermo.prosecution.methods.tracing import RULES, Rule
from palermo.prosecution.models import Party


@dataclass(frozen=True)
class FreezeLine:
    """One account.

    Attributes:
        least: what every deciding rule finds there, as a decimal string; on this an order can rest whatever the rule.
        most: what the deciding rule that finds most there finds.
        balance: after the last row of the ledger, whoever's the money is.
        protected: it is a victim's.
    """

    account: str
    party: Party | None
    least: str
    most: str
    balance: str
    protected: bool


def freeze_list(parts: Mapping[str, Mapping[str, Any]], owners: Mapping[str, Party]) -> list[FreezeLine]:
    """Rank accounts by what every deciding rule finds, then by what some rule finds; victims' accounts stand last."""
    deciding = [part for name, part in parts.items() if RULES[Rule(name)].decides]
    unit = deciding[0]["currency"]
    balances: dict[str, str] = {name: text for part in deciding for name, text in part["balances"].items()}
    ranked = []
    for account in {name for part in deciding for name in part["held_minor"]}:
        found = [part["held_minor"].get(account, 0) for part in deciding]
        party = owners.get(account)
        protected = party is not None and party.is_victim
        line = FreezeLine(
            account, party, as_text(min(found), unit), as_text(max(found), unit), balances[account], protected
        )
        ranked.append(((protected, -min(found), -max(found), account), line))
    return [line for _key, line in sorted(ranked, key=lambda one: one[0])]
