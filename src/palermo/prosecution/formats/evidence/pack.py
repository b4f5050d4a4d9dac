"""Make an evidence file: no clock, no chance, nothing but the files, the question and the moment that is given."""

import datetime as dt
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from palermo import __version__
from palermo.prosecution.formats.evidence.document import document
from palermo.prosecution.formats.evidence.origin import Origin
from palermo.prosecution.formats.findings import all_rules, one_rule
from palermo.prosecution.formats.rows_out import csv_bytes, rows
from palermo.prosecution.methods.ledger import Ledger
from palermo.prosecution.methods.tracing import Claim, Rule, Sharing, trace
from palermo.prosecution.methods.tracing.order import Span, span
from palermo.prosecution.methods.tracing.result import Trace

_MOST_PATHS = 500


@dataclass(frozen=True)
class Question:
    """What is asked, and what stands on the file.

    Attributes:
        claims: laid on payments.
        rules: which to apply, in order.
        sharing: see `trace`.
        title: of the report.
        words: the question in words.
        command: how to make the file again.
        moment: the day that the file says it was made; aware.
    """

    claims: Sequence[Claim]
    rules: Sequence[Rule]
    sharing: Sharing
    title: str
    words: str
    command: str
    moment: dt.datetime


def _order(ledger: Ledger, question: Question, found: Trace) -> Span | None:
    """The range over the orders that the evidence leaves open, as `palermo trace` tells it."""
    return span(ledger, question.claims, found.rule, sharing=question.sharing) if question.claims else None


def make_pack(
    ledger: Ledger, question: Question, inputs: Mapping[str, bytes], origins: Mapping[str, Origin] | None = None
) -> dict[str, bytes]:
    """All files of an evidence file by name; equal bytes for equal arguments.

    Args:
        ledger: the movements, as read from the inputs.
        question: what is asked.
        inputs: the files that everything rests on, by name.
        origins: by row id, the statement it came from, where the ledger was made of statements.

    Returns:
        `findings.json`, `rows.csv`, `report.pdf`, `manifest.json`.
    """
    from palermo.ui.documents import DOCUMENT, typeset  # noqa: PLC0415 -- heavy

    traces = [trace(ledger, question.claims, rule, sharing=question.sharing) for rule in question.rules]
    results = [
        one_rule(found, question.claims, _order(ledger, question, found), most_paths=_MOST_PATHS) for found in traces
    ]
    findings = _json(all_rules(results, traces) if len(traces) > 1 else results[0])
    exhibits = [{"file": name, "bytes": len(data), "sha256": _digest(data)} for name, data in sorted(inputs.items())]
    asked = {"title": question.title, "question": question.words, "command": question.command,
             "made_on": question.moment.date().isoformat()}  # fmt: skip
    report = typeset(DOCUMENT, document(traces, asked, exhibits, _digest(findings)), moment=question.moment)
    made = {"findings.json": findings, "rows.csv": csv_bytes(rows(ledger)), "report.pdf": report}
    manifest = {
        "palermo": __version__,
        "made": question.moment.isoformat(),
        "command": question.command,
        "inputs": exhibits,
        "outputs": [{"file": name, "bytes": len(data), "sha256": _digest(data)} for name, data in made.items()],
        "figures": [figure for found in traces for figure in _figures(found, exhibits, origins or {})],
    }
    return made | {"manifest.json": _json(manifest)}


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
