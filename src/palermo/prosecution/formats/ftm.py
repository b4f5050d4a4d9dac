"""FollowTheMoney entities for Aleph and OpenAleph, as JSON lines, without needing the library.

A person to be protected becomes an account without an owner or a name; whoever imports the file sees the money and not
the person. Where the library is installed (extra `aleph`) every entity is held to its model before it is written.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from importlib import import_module
from importlib.util import find_spec
from typing import Any

import polars as pl

from palermo.prosecution.methods.ledger import Ledger
from palermo.vocabulary.errors import Refusal

Entity = dict[str, Any]


def entity_id(kind: str, key: str) -> str:
    """A stable id: the same holder, account or payment has the same one in every export."""
    return hashlib.sha256(f"palermo/{kind}/{key}".encode()).hexdigest()[:40]


def entities(
    ledger: Ledger, accounts: pl.DataFrame | None = None, *, protect: Iterable[str] = (), dataset: str = "ledger"
) -> Iterator[Entity]:
    """Holders, accounts, who owns what, payments: in this order, each in the order of its key.

    Args:
        ledger: the movements.
        accounts: `account`, `holder`, `kind` and more (`formats.details.read_accounts`); without it accounts alone.
        protect: accounts of persons who are never named.
        dataset: part of each payment's id, so that two ledgers do not share row ids.
    """
    hidden = set(protect)
    known = {row["account"]: row for row in accounts.iter_rows(named=True)} if accounts is not None else {}
    named = {name: row for name, row in known.items() if row.get("holder") and name not in hidden}
    told: set[str] = set()
    for name in ledger.accounts:
        holder = named.get(name)
        if holder and holder["holder"] not in told:
            told.add(holder["holder"])
            schema = "Company" if holder.get("kind") == "business" else "Person"
            more = {"name": [holder["holder"]], "sector": [holder.get("sector")], "phone": [holder.get("phone")],
                    "address": [holder.get("address")]}  # fmt: skip
            yield _entity(schema, entity_id("holder", holder["holder"]), more)
    for name in ledger.accounts:
        account = entity_id("account", name)
        yield _entity("BankAccount", account, {"accountNumber": [name], "currency": [ledger.currency]})
        if name in named:
            owner = entity_id("holder", named[name]["holder"])
            link = {"owner": [owner], "asset": [account]}
            yield _entity("Ownership", entity_id("ownership", name), link)
    columns = zip(ledger.rows["id"], ledger.rows["time"], ledger.source, ledger.target, ledger.amount, strict=True)
    for row_id, time, source, target, amount in columns:
        sides: dict[str, list[Any]] = {}
        for side, code in (("payer", source), ("beneficiary", target)):
            if code < 0:
                continue
            name = ledger.name(code)
            sides[f"{side}Account"] = [entity_id("account", name)]
            if name in named:
                sides[side] = [entity_id("holder", named[name]["holder"])]
        what = {"amount": [ledger.text(int(amount))], "currency": [ledger.currency],
                "date": [time.date().isoformat()], "transactionNumber": [row_id]}  # fmt: skip
        yield _entity("Payment", entity_id("payment", f"{dataset}/{row_id}"), sides | what)


def _entity(schema: str, key: str, properties: dict[str, list[Any]]) -> Entity:
    kept = {name: [str(one) for one in values if one] for name, values in sorted(properties.items())}
    return {"id": key, "schema": schema, "properties": {name: values for name, values in kept.items() if values}}


def lines(found: Iterable[Entity], *, check: bool | None = None) -> Iterator[str]:
    """JSON lines; each entity held to the library's model where it is installed (or where `check` asks for it).

    Raises:
        Refusal: `check` without the library, or an entity that the model does not know.
    """
    if check is None:
        check = find_spec("followthemoney") is not None
    if check and find_spec("followthemoney") is None:
        raise Refusal("FollowTheMoney is not installed.", remedy="Install palermo[aleph], or leave --check out.")
    for entity in found:
        if check:
            _held(entity)
        yield json.dumps(entity, ensure_ascii=False, sort_keys=True)


def _held(entity: Entity) -> None:
    model = import_module("followthemoney").model  # an extra, which the system runs without
    schema = model.get(entity["schema"])
    lost = [name for name in entity["properties"] if schema is None or name not in schema.properties]
    if schema is None or lost:
        raise Refusal(f"{entity['schema']} has no {', '.join(lost)}.", where=entity["id"])
    proxy = model.get_proxy(entity)
    for name, values in entity["properties"].items():
        if len(proxy.get(name)) < len(values) and name not in ("phone", "address", "sector"):
            raise Refusal(f"{values!r} is no {name} for FollowTheMoney.", where=entity["id"])
