"""Which rule reads which columns: so that every flag that cannot be looked for says what is missing."""

from collections.abc import Callable
from dataclasses import dataclass

from palermo.prosecution.methods.redflags import cash, identity, spending, work
from palermo.prosecution.methods.redflags.book import Book
from palermo.prosecution.methods.redflags.windows import Hit
from palermo.vocabulary.redflags import RedFlag


@dataclass(frozen=True)
class Rule:
    """A rule over a book, and the columns it cannot do without."""

    find: Callable[[Book, RedFlag], list[Hit]]
    needs: tuple[str, ...]


_HOURS = ("accounts.kind", "accounts.opens", "accounts.closes", "time of day")
_CONTACT = ("accounts.holder", "accounts.phone", "accounts.address", "accounts.device")
_KIND = "accounts.kind"

RULES: dict[str, Rule] = {
    "NET-02": Rule(identity.linked_senders, _CONTACT),
    "NET-04": Rule(cash.branches, ("channel", "place")),
    "NET-10": Rule(cash.hidden_payers, ("channel", _KIND)),
    "NET-12": Rule(spending.prepaid, ("purpose", "time of day")),
    "NET-13": Rule(cash.cash_then_asset, ("channel", "purpose", _KIND, "accounts.income")),
    "NET-14": Rule(work.out_of_scale, ("channel", _KIND, "accounts.sector", "accounts.staff")),
    "NET-15": Rule(identity.chain_of_shops, (_KIND, "accounts.owner")),
    "CTL-02": Rule(work.pay_of_many, ("purpose", "reference", _KIND)),
    "CTL-06": Rule(cash.one_machine, ("channel", "terminal", "time of day")),
    "CTL-10": Rule(identity.opened_together, (*_CONTACT, "accounts.opened")),
    "CTL-11": Rule(cash.no_living_costs, ("channel", "purpose", _KIND)),
    "SEX-01": Rule(spending.adverts_often, ("purpose",)),
    "SEX-02": Rule(spending.adverts_much, ("purpose",)),
    "SEX-03": Rule(spending.lodging, ("purpose", "place")),
    "SEX-04": Rule(cash.fee_like_cash, ("channel", "place")),
    "SEX-06": Rule(spending.taxis, ("purpose",)),
    "SEX-07": Rule(spending.top_ups, ("purpose", "reference")),
    "SEX-08": Rule(spending.out_of_profile, ("channel", "purpose", _KIND)),
    "SEX-09": Rule(spending.takeaways, ("purpose", "place")),
    "SEX-10": Rule(spending.at_night, ("purpose", "time of day")),
    "SEX-11": Rule(work.cash_at_night, ("channel", "accounts.sector", *_HOURS)),
    "SEX-14": Rule(spending.town_after_town, ("place", _KIND)),
    "SEX-15": Rule(spending.others_costs, ("purpose", _KIND)),
    "SEX-16": Rule(cash.cash_alone, ("channel", "purpose", _KIND)),
    "SEX-17": Rule(spending.adverts_abroad, ("purpose", "place")),
    "SEX-18": Rule(spending.luxury, ("purpose", "accounts.income")),
    "SEX-19": Rule(cash.paying_in_cash, ("channel", "purpose", _KIND)),
    "SEX-20": Rule(cash.small_wallet, ("channel", "purpose")),
    "LAB-01": Rule(work.no_payroll, ("purpose", _KIND, "accounts.staff")),
    "LAB-02": Rule(work.unrelated_costs, ("purpose", _KIND)),
    "LAB-03": Rule(work.fees, ("purpose", "reference")),
    "LAB-05": Rule(work.same_pay_same_home, ("purpose", "accounts.address")),
    "LAB-06": Rule(
        work.wages_by_another_name, ("purpose", _KIND, "accounts.staff", "accounts.owner", "accounts.holder")
    ),
    "LAB-07": Rule(spending.rents, ("purpose", _KIND)),
    "LAB-08": Rule(spending.tickets, ("purpose", "reference", _KIND)),
    "LAB-09": Rule(work.sent_to_one, ("channel", "purpose")),
    "LAB-10": Rule(work.labour_provider, ("accounts.sector", "accounts.opened")),
    "LAB-11": Rule(work.benefits_of_many, ("purpose", "reference", _KIND)),
    "LAB-12": Rule(work.trade_at_night, ("channel", *_HOURS)),
    "ORG-01": Rule(work.transplant_price, ("purpose", _KIND)),
    "ORG-02": Rule(work.broker_keeps, ("channel", "purpose", "place", _KIND)),
    "CASE-02": Rule(work.beyond_income, ("purpose", _KIND, "accounts.income")),
}

NO_RULE = {
    "NET-11": "crypto: labels of services, and a chain's transactions",
    "CTL-07": "reports: what staff of a branch saw",
    "CTL-08": "onboarding: whether the holder of the paper was present, and ages",
    "CTL-09": "reports: what staff of a branch saw",
    "CTL-12": "status: payments that were broken off, and why",
    "SEX-12": "adverts: an index of contacts in adverts",
    "LAB-04": "contracts: agreed pay and hours of each worker",
    "ORG-03": "register: centres for transplants, and who is related to whom",
    "ORG-04": "accounts.profession, and the country of each payer",
    "CASE-01": "assets, debts and spending: palermo networth",
}
"""Flags that no column of a ledger or of its accounts can show, and what would."""
