"""Red flags that a ledger can show, and the gate that asks for several families of them before anybody is alerted."""

from palermo.prosecution.methods.redflags.gate import Alert, alerts
from palermo.prosecution.methods.redflags.signs import Sign, signs

__all__ = ["Alert", "Sign", "alerts", "signs"]
