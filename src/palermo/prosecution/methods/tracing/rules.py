"""The tracing rules: what each removes when an account pays, who says so, and what it is good for.

Which rule applies is a choice of law, never of software: none is the default of the science, each is named in every
finding. Authorities are cited as the reference collected for this project gives them.
"""

from dataclasses import dataclass
from enum import StrEnum


class Rule(StrEnum):
    """The seven rules by the names that the command line uses."""

    FIFO = "fifo"
    LIFO = "lifo"
    PRO_RATA = "pro-rata"
    PARI_PASSU = "pari-passu"
    POISON = "poison"
    DIRECT = "direct"
    LOWEST_BALANCE = "lowest-balance"


class Sharing(StrEnum):
    """How claims bear a loss among themselves under the lowest intermediate balance."""

    RATEABLE = "rateable"
    OLDEST_FIRST = "oldest-first"


@dataclass(frozen=True)
class RuleText:
    """One rule in words.

    Attributes:
        title: its name in the field.
        says: what a payment removes.
        authority: where it comes from.
        conserves: whether claims can never grow beyond what was claimed.
        decides: whether it counts towards the finding that survives all rules.
        caution: what it must not be used for.
    """

    title: str
    says: str
    authority: str
    conserves: bool = True
    decides: bool = True
    caution: str = ""


RULES: dict[Rule, RuleText] = {
    Rule.FIFO: RuleText(
        "First in, first out",
        "A payment takes the money that has been longest in the account.",
        "Devaynes v Noble (Clayton's Case) (1816)",
        caution="Set aside where it is impracticable or unjust between claimants (Barlow Clowes v Vaughan [1992]).",
    ),
    Rule.LIFO: RuleText(
        "Last in, first out",
        "A payment takes the money that came into the account most recently.",
        "No general authority; seen in some United States forfeitures",
        caution="Shown for comparison; name the authority of your own forum before relying on it.",
    ),
    Rule.PRO_RATA: RuleText(
        "Pro rata (rolling charge)",
        "A payment takes the same share of everything in the account at that moment: of each claim and of the "
        "holder's own money. Shares are rounded to whole minor units by largest remainder, the holder's own money "
        "first and then the earlier claim where remainders are equal, so that the parts always sum to the payment.",
        "Barlow Clowes v Vaughan [1992] (Woolf LJ, the North American solution); Restatement (Third) of Restitution "
        "and Unjust Enrichment, sections 55 to 61",
    ),
    Rule.PARI_PASSU: RuleText(
        "Pari passu ex post",
        "The order of movements is ignored from the moment the first claim reaches a fund until the fund is empty or "
        "overdrawn: everybody's money paid in bears the payments out, and keeps what is left, in proportion to what "
        "was paid in. Accounts that pay claim money round to each other are one fund. Rounding as under pro rata.",
        "Barlow Clowes v Vaughan [1992] (the rule that was applied)",
        caution="The holder's own money shares as a contributor; where it must stand last, use the lowest balance.",
    ),
    Rule.POISON: RuleText(
        "Poison",
        "Any claim makes the whole balance, and every payment out of it, claimed; an emptied account is clean again.",
        "No legal authority",
        conserves=False,
        decides=False,
        caution="Finds more than was ever claimed: for leads only, never for an amount.",
    ),
    Rule.DIRECT: RuleText(
        "Direct (specific) identification",
        "A claimed receipt is followed only if the account's next movement is one payment of the same sum and the "
        "evidence shows the order of both; otherwise identification is refused with its reason.",
        "Specific identification of an unmixed sum",
        decides=False,
        caution="That money is not identified does not mean that it is not there.",
    ),
    Rule.LOWEST_BALANCE: RuleText(
        "Lowest intermediate balance",
        "The holder is taken to spend own money first; claims are touched only when own money is gone, and money "
        "that comes in later never makes up for it.",
        "Re Hallett's Estate (1880); James Roscoe (Bolton) Ltd v Winder [1915] 1 Ch 62; Cunningham v Brown (1924); "
        "US v Banco Cafetero 797 F.2d 1154 (2d Cir. 1986); Boughner v Greyhawk 2013 ONCA 26",
        caution="With several claims the sharing between them is a further choice: rateable or oldest first.",
    ),
}

COMMON = (
    (
        "An overdraft ends a trace: what repays the bank is gone, and what is paid beyond the balance is the bank's "
        "money (Bishopsgate v Homan [1995] Ch 211)."
    ),
    "Parts of one payment arrive in the order in which they left.",
    "A claim laid on a payment covers its first clean units; a claim never covers another that came first.",
    (
        "Money in one claim is not told apart by rule; where a single path is shown, its oldest money goes first "
        "(under last in, first out its newest), which changes no amount by account."
    ),
    "Interest and other money from outside is the holder's own unless it is claimed.",
)
