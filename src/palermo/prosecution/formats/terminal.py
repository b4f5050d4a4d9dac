"""The findings of a trace as tables for a terminal."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from rich.markup import escape
from rich.table import Table

_MOST = 20


def tables(result: dict[str, Any]) -> Iterator[Table | str]:
    """Tables of a result as `formats.findings` makes it."""
    if result.get("backwards"):
        yield _origins(result)
        return
    results = result.get("results", [result])
    yield _rules(results)
    yield _accounts(results)
    if "survives" in result:
        yield _survivors(result)
    else:
        yield _paths(result)
    for line in dict.fromkeys(warning for one in results for warning in one["warnings"]):
        yield escape(f"Mind: {line}")


def _rules(results: list[dict[str, Any]]) -> Table:
    table = Table(title=f"Traced, in {results[0]['currency']}")
    table.add_column("Method")
    for name in ("Traced", "Held now", "Gone", "Not identified", "Worst to best order"):
        table.add_column(name, justify="right")
    for one in results:
        order = one["order"]
        held = order["best"] if not order or order["worst"] == order["best"] else f"{order['worst']} to {order['best']}"
        total = held if order else ""
        table.add_row(one["method"], one["traced"], _held_total(one), one["dissipated"], one["unidentified"], total)
    return table


def _held_total(one: dict[str, Any]) -> str:
    return str(sum((Decimal(amount) for amount in one["held"].values()), Decimal(one["dissipated"]) * 0))


def _accounts(results: list[dict[str, Any]]) -> Table:
    table = Table(title="Where it sits now")
    table.add_column("Account")
    for one in results:
        table.add_column(one["method"], justify="right")
    names = list(dict.fromkeys(name for one in results for name in one["held"]))
    for name in names[:_MOST]:
        table.add_row(escape(name), *(one["held"].get(name, "") for one in results))
    if len(names) > _MOST:
        table.caption = f"and {len(names) - _MOST} more; --json has them all"
    return table


def _survivors(result: dict[str, Any]) -> Table:
    table = Table(title="Survives every rule that decides", caption=result["survives_means"])
    table.add_column("Account")
    table.add_column("At least", justify="right")
    for one in result["survives"][:_MOST]:
        table.add_row(escape(one["account"]), one["amount"])
    table.add_section()
    table.add_row("all accounts together", result["survives_total"])
    return table


def _paths(result: dict[str, Any]) -> Table:
    table = Table(title=f"Paths ({result['paths_total']})", caption=escape(result["rule"]["authority"]))
    for name in ("Claim", "Amount", "Through", "Ends"):
        table.add_column(name, justify="right" if name == "Amount" else "left")
    for path in result["paths"][:_MOST]:
        way = " → ".join(account or "outside" for account in path["accounts"])
        table.add_row(escape(path["claim"]), path["amount"], escape(way), path["ends"])
    return table


def _origins(result: dict[str, Any]) -> Table:
    table = Table(title=f"Row {escape(result['row'])}: {result['amount']} {result['currency']} came from")
    for name in ("Amount", "Kind", "Account", "By rows"):
        table.add_column(name, justify="right" if name == "Amount" else "left")
    for part in result["origins"][: 5 * _MOST]:
        table.add_row(part["amount"], part["kind"], escape(part["account"]), escape(" → ".join(part["rows"])))
    return table
