"""How an evidence file says what was asked, and how to make it again: the same words from the command and the page."""

import shlex
from collections.abc import Sequence


def command_of(
    ledger: str,
    *,
    accounts: Sequence[str],
    moment: str,
    claims: str = "",
    balances: str = "",
    opening: str = "",
    exchanges: str = "",
    rates: str = "",
) -> str:
    """The command that makes the file again, of the names of its input files."""
    given = {"claims": claims, "balances": balances, "opening": opening, "exchanges": exchanges, "rates": rates}
    options = [f"--{name} {shlex.quote(value)}" for name, value in given.items() if value]
    followed = [f"--from {shlex.quote(name)}" for name in accounts]
    return " ".join(["palermo evidence make", shlex.quote(ledger), *followed, *options, f"--moment {moment}"])


#: What is taken for granted where accounts open with enough.
ENOUGH = (
    "An account whose opening balance is not known opens with just what keeps it from an overdraft, as its holder's "
    "own and oldest money: that it paid is no sign that its bank lent to it."
)


def words_of(accounts: Sequence[str], claims: str = "") -> str:
    """The question in words."""
    words = [f"Where is what {account} paid?" for account in accounts]
    return " ".join(words + ([f"Where is the money that {claims} claims?"] if claims else []))
