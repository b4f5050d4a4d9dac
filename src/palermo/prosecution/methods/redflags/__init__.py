"""Red flags that a ledger can show, and the gate that asks for several families of them before anybody is alerted."""

from palermo.prosecution.methods.redflags.book import ACCOUNT_DETAILS, DETAILS, Book, make_book
from palermo.prosecution.methods.redflags.gate import Alert, alerts, to_clarify
from palermo.prosecution.methods.redflags.signs import Sign, missing, signs

__all__ = [
    "ACCOUNT_DETAILS",
    "DETAILS",
    "Alert",
    "Book",
    "Sign",
    "alerts",
    "make_book",
    "missing",
    "signs",
    "to_clarify",
]
