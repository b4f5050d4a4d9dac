"""An investigation as the JSON that goAML reports are made of (docs/goaml.md)."""

from collections.abc import Mapping, Sequence
from typing import Any

from palermo.prosecution.domain.export import ExportPerson, ExportTransaction, InvestigationExport
from palermo.prosecution.formats.goaml.investigation import checked
from palermo.vocabulary.errors import Refusal

#: What a person says of a report, beside what the records hold.
NEEDED = (
    "report_code",
    "entity_id",
    "branch",
    "reporter",
    "address",
    "city",
    "country",
    "currency",
    "indicators",
    "reason",
)


def goaml_case(found: InvestigationExport, said: Mapping[str, Any], *, day: str) -> dict[str, Any]:
    """The investigation for `make_report`, checked. Persons to be protected stand in it by their number alone.

    Args:
        found: what leaves.
        said: `NEEDED`; `indicators` as a list, or as text with one a line or comma; and `only_suspects`: rows at
            suspects' accounts alone.
        day: of the report, ISO 8601.

    Raises:
        Refusal: something is not said, or no row is left to report.
    """
    for key in NEEDED:
        if not said.get(key):
            raise Refusal("this is missing", where=key, remedy="The unit takes no report without it.")
    rows = [row for row in found.transactions if row.currency == said["currency"] and (row.source or row.target)]
    if said.get("only_suspects"):
        mine = {account for one in found.subjects for account in one.accounts}
        rows = [row for row in rows if {row.source, row.target} & mine]
    if not rows:
        raise Refusal("no row is left to report", where="currency", remedy="Note the suspects’ accounts, or take all.")
    first, last = names_of(said["reporter"])
    case = {
        "reference": found.code,
        "report_code": said["report_code"],
        "date": day,
        "currency": said["currency"],
        "reason": " ".join([str(said["reason"]), *(f"{line}." for line in found.reasons)]),
        "action": said.get("action", ""),
        "reporting_entity": {"id": said["entity_id"], "branch": said["branch"]},
        "reporter": {"first_name": first, "last_name": last},
        "location": {key: said[key] for key in ("address", "city", "country")},
        "indicators": _list(said["indicators"]),
        "persons": [*map(_person, (*found.subjects, *found.witnesses)), *map(_protected, found.protected_labels)],
        "accounts": _accounts(found, rows),
        "transactions": [_transaction(row) for row in rows],
    }
    return checked(case, found.code)


def names_of(name: str) -> tuple[str, str]:
    """A name split into first and last; the last word is the last name. One word alone is the last name."""
    first, _, last = name.strip().rpartition(" ")
    return first.strip() or "not known", last or "not known"


def _list(given: str | Sequence[str]) -> list[str]:
    if isinstance(given, str):
        given = given.replace("\n", ",").split(",")
    return [one.strip() for one in given if one.strip()]


def _person(one: ExportPerson) -> dict[str, Any]:
    first, last = names_of(one.name)
    role = next((role for role in ("controller", "front", "buyer", "witness") if role in one.roles), "other")
    return {"id": one.label, "role": role, "first_name": first, "last_name": last}


def _protected(label: str) -> dict[str, Any]:
    return {"id": label, "role": "victim", "first_name": "protected", "last_name": "protected"}


def _accounts(found: InvestigationExport, rows: Sequence[ExportTransaction]) -> list[dict[str, Any]]:
    holders = {account: one.label for one in (*found.subjects, *found.witnesses) for account in one.accounts}
    # Which victim holds an account is nobody's business outside; that one does, the reason says.
    holders |= dict.fromkeys(found.protected_accounts, next(iter(found.protected_labels), ""))
    names = sorted({name for row in rows for name in (row.source, row.target) if name})
    return [
        {"account": name, "institution": found.banks.get(name, "not known")}
        | ({"holder": holders[name]} if holders.get(name) else {})
        for name in names
    ]


def _transaction(row: ExportTransaction) -> dict[str, Any]:
    sides = {side: name for side, name in (("source", row.source), ("target", row.target)) if name}
    return {"id": row.id, "time": row.day, "amount": row.amount, "purpose": row.text, **sides}
