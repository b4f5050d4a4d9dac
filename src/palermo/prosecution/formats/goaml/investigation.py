"""An investigation as exported JSON (`docs/goaml.md`), checked before anything is made of it."""

import datetime as dt
import json
from pathlib import Path
from typing import Any

from palermo.prosecution.formats.amount import one_amount
from palermo.vocabulary.errors import Refusal

ROLES = ("suspect", "controller", "front", "buyer", "witness", "victim", "other")
_TOP = {
    "reference": str, "report_code": str, "date": str, "currency": str, "reason": str, "reporting_entity": dict,
    "reporter": dict, "location": dict, "indicators": list, "persons": list, "accounts": list, "transactions": list,
}  # fmt: skip
_PARTS = {
    "reporting_entity": ("id", "branch"),
    "reporter": ("first_name", "last_name"),
    "location": ("address", "city", "country"),
}
_ROWS = {
    "persons": ("id", "role", "first_name", "last_name"),
    "accounts": ("account", "institution"),
    "transactions": ("id", "time", "amount"),
}
_MOST_BYTES = 50_000_000


def read_investigation(path: Path) -> dict[str, Any]:
    """Read and check an exported investigation.

    Raises:
        Refusal: not readable, or a part that is missing or wrong, named by its place.
    """
    try:
        data = path.read_bytes()
        if len(data) > _MOST_BYTES:
            raise Refusal("The file is larger than 50 MB.", where=path.name, remedy="Report fewer transactions.")
        found = json.loads(data)
    except OSError as error:
        raise Refusal(f"The file cannot be read ({error.strerror}).", where=str(path)) from None
    except (ValueError, RecursionError):
        raise Refusal("This is no JSON.", where=path.name, remedy="Export the investigation anew.") from None
    return checked(found, path.name)


def checked(found: Any, where: str) -> dict[str, Any]:
    """An investigation with every needed part there and every reference kept."""
    if not isinstance(found, dict):
        raise Refusal("The investigation is no JSON object.", where=where)
    for key, kind in _TOP.items():
        if not isinstance(found.get(key), kind):
            raise Refusal(f"{key!r} is missing or of the wrong kind.", where=where, remedy="See docs/goaml.md.")
    for part, keys in _PARTS.items():
        _has(found[part], keys, f"{where}, {part}")
    for part, keys in _ROWS.items():
        for number, row in enumerate(found[part], 1):
            _has(row, keys, f"{where}, {part} {number}")
    _time(found["date"], f"{where}, date")
    _references(found, where)
    return found


def _has(row: Any, keys: tuple[str, ...], where: str) -> None:
    for key in keys:
        if not isinstance(row, dict) or row.get(key) in (None, ""):
            raise Refusal(f"{key!r} is missing.", where=where, remedy="See docs/goaml.md.")


def _references(found: dict[str, Any], where: str) -> None:
    persons = {row["id"] for row in found["persons"]}
    accounts = {row["account"] for row in found["accounts"]}
    for number, row in enumerate(found["persons"], 1):
        if row["role"] not in ROLES:
            place = f"{where}, persons {number}"
            raise Refusal(f"{row['role']!r} is no role.", where=place, remedy=f"Choose from {', '.join(ROLES)}.")
    for number, row in enumerate(found["accounts"], 1):
        if row.get("holder") is not None and row["holder"] not in persons:
            raise Refusal(f"No person {row['holder']!r}.", where=f"{where}, accounts {number}")
    for number, row in enumerate(found["transactions"], 1):
        place = f"{where}, transactions {number}"
        _time(row["time"], place)
        one_amount(str(row["amount"]), found["currency"], where=f"{place}, amount")
        for side in ("source", "target"):
            if row.get(side) and row[side] not in accounts:
                raise Refusal(f"No account {row[side]!r}.", where=place, remedy="List it under accounts.")
        if not row.get("source") and not row.get("target"):
            raise Refusal("Neither source nor target is an account.", where=place)


def _time(text: Any, where: str) -> None:
    try:
        dt.datetime.fromisoformat(str(text))
    except ValueError:
        raise Refusal(f"{text!r} is no date.", where=where, remedy="Write it like 2026-01-31T14:30:00.") from None
