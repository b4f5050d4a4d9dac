"""How an evidence file says what was asked, and how to make it again: the same words from the command and the page."""

from collections.abc import Sequence


def command_of(ledger: str, *, accounts: Sequence[str], claims: str = "", balances: str = "", moment: str) -> str:
    """The command that makes the file again, of the names of its input files."""
    return " ".join(["palermo evidence make", ledger, *(f"--from {name}" for name in accounts),
                     *([f"--claims {claims}"] if claims else []), *([f"--balances {balances}"] if balances else []),
                     f"--moment {moment}"])  # fmt: skip


def words_of(accounts: Sequence[str], claims: str = "") -> str:
    """The question in words."""
    words = [f"Where is what {account} paid?" for account in accounts]
    return " ".join(words + ([f"Where is the money that {claims} claims?"] if claims else []))
