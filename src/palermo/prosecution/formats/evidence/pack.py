"""Make an evidence file: no clock, no chance, nothing but the files, the question and the moment that is given."""

import datetime as dt
import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from fractions import Fraction
from typing import Any

from palermo import __version__
from palermo.prosecution.formats.evidence.document import document
from palermo.prosecution.formats.evidence.origin import Origin
from palermo.prosecution.formats.findings import all_rules, one_rule
from palermo.prosecution.formats.order_json import rate_json
from palermo.prosecution.formats.rows_out import csv_bytes, rows
from palermo.prosecution.methods.ledger import Ledger
from palermo.prosecution.methods.tracing import Claim, Rule, Sharing, trace
from palermo.prosecution.methods.tracing.exchange import Exchange, check_rates, trace_currencies
from palermo.prosecution.methods.tracing.order import Span, span
from palermo.prosecution.methods.tracing.result import Trace

_MOST_PATHS = 500
#: An exchange further than so many per cent from the dated rate is marked.
_APART = 5


@dataclass(frozen=True)
class Question:
    """What is asked, and what stands on the file.

    Attributes:
        claims: by currency, laid on payments.
        rules: which to apply, in order.
        sharing: see `trace`.
        title: of the report.
        words: the question in words.
        command: how to make the file again.
        moment: the day that the file says it was made; aware.
        exchanges: changes of currency that the statements record; without any, each currency stands by itself.
        rates: dated rates to hold the exchanges to.
        assumptions: what was taken for granted, in words, beside what holds under every rule.
    """

    claims: Mapping[str, Sequence[Claim]]
    rules: Sequence[Rule]
    sharing: Sharing
    title: str
    words: str
    command: str
    moment: dt.datetime
    exchanges: Sequence[Exchange] = ()
    rates: Mapping[tuple[str, str], Sequence[tuple[dt.date, Fraction]]] = field(default_factory=dict)
    assumptions: Sequence[str] = ()


def _traced(ledgers: Mapping[str, Ledger], question: Question) -> dict[str, list[Trace]]:
    """By currency one trace a rule; through exchanges only in currencies that claims reach, and not by poison."""
    if not question.exchanges:
        return {
            unit: [
                trace(book, question.claims.get(unit, ()), rule, sharing=question.sharing) for rule in question.rules
            ]
            for unit, book in ledgers.items()
        }
    found: dict[str, list[Trace]] = {unit: [] for unit in sorted(ledgers)}
    for rule in [rule for rule in question.rules if rule is not Rule.POISON]:
        ways = trace_currencies(ledgers, question.claims, question.exchanges, rule, sharing=question.sharing)
        for unit, mine in found.items():
            mine.append(ways[unit])
    reached = {unit: mine for unit, mine in found.items() if any(one.traced for one in mine)}
    return reached or dict(list(found.items())[:1])


def _findings(
    ledgers: Mapping[str, Ledger], question: Question, traces: Mapping[str, Sequence[Trace]], exchanges: Sequence[Any]
) -> Any:
    """As `palermo trace` tells them: with the range over open orders in one currency, or through the exchanges."""
    told = {
        unit: [
            one_rule(
                found, question.claims.get(unit, ()), _order(ledgers[unit], question, found), most_paths=_MOST_PATHS
            )
            for found in mine
        ]
        for unit, mine in traces.items()
    }
    if question.exchanges:
        results = [part for parts in zip(*told.values(), strict=True) for part in parts]
        return {"method": "all", "currencies": sorted(ledgers), "exchanges": exchanges, "results": results}
    (unit, results), *_ = told.items()
    return all_rules(results, traces[unit]) if len(results) > 1 else results[0]


def _order(ledger: Ledger, question: Question, found: Trace) -> Span | None:
    """The range over the orders that the evidence leaves open, as `palermo trace` tells it."""
    claims = question.claims.get(ledger.currency)
    return span(ledger, claims, found.rule, sharing=question.sharing) if claims and not question.exchanges else None


def make_pack(
    ledgers: Mapping[str, Ledger],
    question: Question,
    inputs: Mapping[str, bytes],
    origins: Mapping[str, Origin] | None = None,
) -> dict[str, bytes]:
    """All files of an evidence file by name; equal bytes for equal arguments.

    Args:
        ledgers: the movements by currency, as read from the inputs; several only with exchanges.
        question: what is asked.
        inputs: the files that everything rests on, by name.
        origins: by row id, the statement it came from, where the ledger was made of statements.

    Returns:
        `findings.json`, `rows.csv`, `report.pdf`, `manifest.json`.
    """
    from palermo.ui.documents import DOCUMENT, typeset  # noqa: PLC0415 -- heavy

    traces = _traced(ledgers, question)
    exchanges = rate_json(ledgers, check_rates(ledgers, question.exchanges, question.rates), percent=_APART)
    findings = _json(_findings(ledgers, question, traces, exchanges))
    exhibits = [{"file": name, "bytes": len(data), "sha256": _digest(data)} for name, data in sorted(inputs.items())]
    asked = {"title": question.title, "question": question.words, "command": question.command,
             "made_on": question.moment.date().isoformat()}  # fmt: skip
    told = document(list(traces.values()), asked, exhibits, _digest(findings), exchanges, question.assumptions)
    report = typeset(DOCUMENT, told, moment=question.moment)
    made = {"findings.json": findings, "rows.csv": csv_bytes(_rows(ledgers)), "report.pdf": report}
    manifest = {
        "palermo": __version__,
        "made": question.moment.isoformat(),
        "command": question.command,
        "inputs": exhibits,
        "outputs": [{"file": name, "bytes": len(data), "sha256": _digest(data)} for name, data in made.items()],
        "figures": [
            figure for mine in traces.values() for found in mine for figure in _figures(found, exhibits, origins or {})
        ],
    }
    return made | {"manifest.json": _json(manifest)}


def _rows(ledgers: Mapping[str, Ledger]) -> Iterator[Sequence[str]]:
    """The rows of every currency under one header."""
    tables = [rows(ledgers[unit]) for unit in sorted(ledgers)]
    yield from tables[0]
    for table in tables[1:]:
        next(table)
        yield from table


def _figures(found: Trace, exhibits: Sequence[dict[str, Any]], origins: Mapping[str, Origin]) -> list[dict[str, Any]]:
    """Each figure with its rule, its authority, and the rows behind it: id, file, line of the file."""
    ledger = found.ledger
    ids, lines = ledger.rows["id"], ledger.rows["line"]
    by_target: dict[int, list[int]] = {}
    for row in found.moves["row"].unique().sort():
        by_target.setdefault(int(ledger.target[row]), []).append(row)
    book = exhibits[0] if exhibits else {"file": "", "sha256": ""}
    source = next((one for one in exhibits if one["file"].startswith("ledger")), book)
    return [
        {
            "account": name,
            "held": ledger.text(amount),
            "currency": ledger.currency,
            "rule": found.rule.value,
            "authority": found.text.authority,
            "file": source["file"],
            "sha256": source["sha256"],
            "rows": [
                {"id": ids[row], "line": lines[row]}
                | ({"statement": asdict(origins[ids[row]])} if ids[row] in origins else {})
                for row in by_target.get(ledger.code(name), [])
            ],
        }
        for name, amount in found.held_by_account.items()
    ]


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _json(value: Any) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()
