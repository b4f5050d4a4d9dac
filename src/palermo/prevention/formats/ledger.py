"""The privacy ledger as a file beside the records it is about."""

import json
from dataclasses import asdict

from palermo.prevention.methods.release import Ledger, Spending
from palermo.vocabulary.errors import Refusal


def read_ledger(data: bytes, *, name: str) -> Ledger:
    """A ledger from its bytes.

    Raises:
        Refusal: it is damaged; nothing may be released until it is restored.
    """
    try:
        found = json.loads(data)
        spent = tuple(Spending(str(each["what"]), float(each["rho"])) for each in found["spent"])
        ledger = Ledger(float(found["epsilon"]), float(found["delta"]), spent)
    except (ValueError, KeyError, TypeError) as error:
        raise Refusal(
            "The ledger cannot be read.", where=name, remedy="Restore it; without it nobody knows what was told."
        ) from error
    if any(each.rho < 0 for each in spent):
        raise Refusal("The ledger has a release that took something back.", where=name, remedy="Restore it.")
    return ledger


def write_ledger(ledger: Ledger) -> bytes:
    """The ledger's bytes."""
    return (json.dumps({**asdict(ledger), "told": ledger.told}, indent=1) + "\n").encode()
