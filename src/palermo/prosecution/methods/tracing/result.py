"""What a trace finds: amounts by account and by row, each with the rule and the rows behind it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import polars as pl

from palermo.prosecution.methods.ledger import Codes, Ints, Ledger
from palermo.prosecution.methods.tracing.poison import Sets
from palermo.prosecution.methods.tracing.rules import RULES, Rule, RuleText, Sharing

ANY = -1
"""The claim number of a finding that holds for at least one claim, where a rule does not share them out."""

MOVES: dict[str, pl.DataType] = {"row": pl.Int64(), "claim": pl.Int32(), "amount": pl.Int64()}
ENDS: dict[str, pl.DataType] = {"row": pl.Int64(), "claim": pl.Int32(), "amount": pl.Int64(), "how": pl.String()}
HELD: dict[str, pl.DataType] = {"account": pl.Int32(), "claim": pl.Int32(), "amount": pl.Int64()}


@dataclass(frozen=True)
class Claim:
    """Money that somebody claims or that an authority alleges, at the payment that carried it.

    Attributes:
        name: whose claim it is; claims of one name are one claim.
        row: position of that payment in the ledger.
        amount: how much of it, in minor units.
    """

    name: str
    row: int
    amount: int


@dataclass(frozen=True)
class Trace:
    """Where the claimed money went under one rule.

    Attributes:
        claims: names by claim number.
        laid: row, claim, amount: how much of each claim was followed from the payment it was laid on; less than
            claimed where that payment already carried other claims.
        moves: row, claim, amount: what each payment carried (claim −1: of any claim).
        ended: row, claim, amount, how: what went `outside`, repaid an `overdraft`, or could not be identified.
        held: account, claim, amount after the last row.
        inside: under pari passu, rows within one fund, of which no share is told.
        sets, set_of_row, set_of_account: under poison, the sets of claims (see `poison.spread`), and which one each
            row of `moves` and of `held` has.
    """

    rule: Rule
    sharing: Sharing
    ledger: Ledger
    claims: Sequence[str]
    laid: pl.DataFrame
    moves: pl.DataFrame
    ended: pl.DataFrame
    held: pl.DataFrame
    sets: Sets = field(default_factory=lambda: np.zeros((1, 1), np.uint64), repr=False)
    set_of_row: Codes = field(default_factory=lambda: np.zeros(0, np.int32), repr=False)
    set_of_account: Codes = field(default_factory=lambda: np.zeros(0, np.int32), repr=False)
    inside: Ints = field(default_factory=lambda: np.zeros(0, np.int64), repr=False)

    @property
    def text(self) -> RuleText:
        """The rule in words, with its authority."""
        return RULES[self.rule]

    @cached_property
    def held_by_account(self) -> dict[str, int]:
        """Minor units traced into each account and still there, largest first."""
        total = (
            self.held.group_by("account")
            .agg(pl.col("amount").sum())
            .sort("amount", "account", descending=[True, False])
        )
        return {self.ledger.name(account): amount for account, amount in total.iter_rows()}

    @cached_property
    def seeded(self) -> Ints:
        """By claim number, how many minor units were followed."""
        total = np.zeros(len(self.claims), dtype=np.int64)
        np.add.at(total, self.laid["claim"].to_numpy(), self.laid["amount"].to_numpy())
        return total

    @cached_property
    def held_total(self) -> int:
        """Minor units traced and still in some account."""
        return int(self.held["amount"].sum())

    @cached_property
    def dissipated(self) -> int:
        """Minor units traced to outside or into an overdraft."""
        return int(self.ended.filter(pl.col("how").is_in(["outside", "overdraft"]))["amount"].sum())

    @cached_property
    def unidentified(self) -> int:
        """Minor units that direct identification had to let go."""
        return int(self.ended["amount"].sum()) - self.dissipated

    @cached_property
    def traced(self) -> int:
        """Minor units found: held, dissipated and let go. Equals `seeded` in sum under every rule but poison."""
        return self.held_total + self.dissipated + self.unidentified

    def rows_touched(self) -> int:
        """How many payments carried claim money."""
        return self.moves["row"].n_unique()

    def carries(self, claim: int) -> Ints:
        """Positions of the payments that carried a claim, also under poison."""
        if self.rule is not Rule.POISON:
            return self.moves.filter(pl.col("claim") == claim)["row"].to_numpy()
        word, bit = divmod(claim, 64)
        has = (self.sets[:, word] >> np.uint64(bit)) & np.uint64(1) == 1
        return self.moves.filter(pl.Series(has[self.set_of_row], dtype=pl.Boolean))["row"].to_numpy()

    def held_of(self, claim: int) -> dict[str, int]:
        """Minor units of one claim by account, also under poison (where they are whole balances)."""
        if self.rule is not Rule.POISON:
            rows = self.held.filter(pl.col("claim") == claim)
        else:
            word, bit = divmod(claim, 64)
            has = (self.sets[:, word] >> np.uint64(bit)) & np.uint64(1) == 1
            rows = self.held.filter(pl.Series(has[self.set_of_account], dtype=pl.Boolean))
        return {self.ledger.name(account): amount for account, amount in rows.select("account", "amount").iter_rows()}
