"""Red flags as plain data for JSON. Accounts to protect are never listed as subjects."""

from collections.abc import Sequence
from typing import Any

from palermo.prosecution.methods.ledger import Ledger
from palermo.prosecution.methods.redflags import Alert, Sign, missing
from palermo.vocabulary.redflags import FEWEST_FAMILIES, GENERAL_CAUTION, red_flags


def to_json(
    ledger: Ledger,
    found: Sequence[Sign],
    raised: Sequence[Alert],
    *,
    doubtful: Sequence[Alert] = (),
    columns: frozenset[str] = frozenset(),
) -> dict[str, Any]:
    """Signs, alerts, and which red flags could not be looked for, with the columns they would need.

    Args:
        ledger: the movements.
        found: the signs.
        raised: the alerts.
        doubtful: alerts on accounts of which nobody knows yet whose hand moves them.
        columns: what is known beside the ledger (`Book.columns`).
    """
    flags = red_flags()
    protected = {account for sign in found for account in sign.victims}
    seen = {sign.flag for sign in found}
    return {
        "currency": ledger.currency,
        "alerts": [{"subject": ledger.name(alert.subject)} | _alert(ledger, alert, protected) for alert in raised],
        "to_clarify": [{"account": ledger.name(one.subject)} | _alert(ledger, one, protected) for one in doubtful],
        "signs": [_sign(ledger, sign, protected) for sign in found],
        "flags": {
            name: {
                "sign": flag.sign,
                "family": flag.family,
                "source": flag.source,
                "grade": flag.grade,
                "params": flag.params,
                "innocent": flag.innocent,
                "refuted_by": flag.refuted_by,
            }
            for name, flag in flags.items()
            if name in seen
        },
        "not_looked_for": {
            name: {"needs": flag.needs, "missing": list(missing(name, columns))}
            for name, flag in flags.items()
            if flag.use != "off" and missing(name, columns)
        },
        "off": [name for name, flag in flags.items() if flag.use == "off"],
        "families_needed": FEWEST_FAMILIES,
        "caution": f"{GENERAL_CAUTION} Accounts under `protect` are of persons to be protected, never subjects. "
        "Under `to_clarify` nobody knows yet whether a controller or a victim moves the account: report nobody before.",
    }


def _alert(ledger: Ledger, alert: Alert, protected: set[int]) -> dict[str, Any]:
    return {
        "role": alert.role,
        "families": list(alert.families),
        "signs": [_sign(ledger, sign, protected) for sign in alert.signs],
        "protect": [ledger.name(account) for account in alert.victims],
        "innocent": alert.innocent,
        "refuted_by": alert.refuted_by,
    }


def _sign(ledger: Ledger, sign: Sign, protected: set[int]) -> dict[str, Any]:
    ids = ledger.rows["id"]
    return {
        "flag": sign.flag,
        "family": sign.family,
        "role": sign.role,
        "subjects": [ledger.name(account) for account in sign.subjects if account not in protected],
        "protect": [ledger.name(account) for account in sign.victims],
        "rows": [ids[row] for row in sign.rows],
        "why": sign.why,
    }
