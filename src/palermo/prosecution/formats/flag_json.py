"""Red flags as plain data for JSON. Accounts to protect are never listed as subjects."""

from collections.abc import Sequence
from typing import Any

from palermo.prosecution.methods.ledger import Ledger
from palermo.prosecution.methods.patterns import KINDS
from palermo.prosecution.methods.redflags import Alert, Sign
from palermo.vocabulary.redflags import FEWEST_FAMILIES, GENERAL_CAUTION, red_flags

_REFUTED = {text.flag: text.refuted_by for text in KINDS.values() if text.flag}


def to_json(ledger: Ledger, found: Sequence[Sign], raised: Sequence[Alert]) -> dict[str, Any]:
    """Signs, alerts, and which red flags could not be looked for, with what they would need."""
    flags = red_flags()
    protected = {account for sign in found for account in sign.victims}
    seen = {sign.flag for sign in found}
    return {
        "currency": ledger.currency,
        "alerts": [
            {
                "subject": ledger.name(alert.subject),
                "families": list(alert.families),
                "signs": [_sign(ledger, sign, protected) for sign in alert.signs],
                "protect": [ledger.name(account) for account in alert.victims],
                "innocent": alert.innocent,
            }
            for alert in raised
        ],
        "signs": [_sign(ledger, sign, protected) for sign in found],
        "flags": {
            name: {
                "sign": flag.sign,
                "family": flag.family,
                "source": flag.source,
                "grade": flag.grade,
                "params": flag.params,
                "innocent": flag.innocent,
                "refuted_by": _REFUTED.get(name, ""),
            }
            for name, flag in flags.items()
            if name in seen
        },
        "not_looked_for": {name: flag.needs for name, flag in flags.items() if flag.use == "needs_data"},
        "off": [name for name, flag in flags.items() if flag.use == "off"],
        "families_needed": FEWEST_FAMILIES,
        "caution": f"{GENERAL_CAUTION} Accounts under `protect` are of persons to be protected, never subjects.",
    }


def _sign(ledger: Ledger, sign: Sign, protected: set[int]) -> dict[str, Any]:
    ids = ledger.rows["id"]
    return {
        "flag": sign.flag,
        "family": sign.family,
        "subjects": [ledger.name(account) for account in sign.subjects if account not in protected],
        "protect": [ledger.name(account) for account in sign.victims],
        "rows": [ids[row] for row in sign.rows],
        "why": sign.why,
    }
