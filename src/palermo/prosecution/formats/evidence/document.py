"""The report of an evidence file as blocks for the house's document template, in words that a court can follow."""

from collections.abc import Sequence
from typing import Any

from palermo.prosecution.formats.evidence.picture import flow
from palermo.prosecution.methods.tracing.compare import survivors
from palermo.prosecution.methods.tracing.result import Trace
from palermo.prosecution.methods.tracing.rules import COMMON

_MOST_ROWS = 60
Block = dict[str, Any]


def document(
    groups: Sequence[Sequence[Trace]],
    asked: dict[str, Any],
    exhibits: Sequence[dict[str, Any]],
    digest: str,
    exchanges: Sequence[dict[str, Any]] = (),
    assumptions: Sequence[str] = (),
) -> dict[str, Any]:
    """The data of `ui/typst/document.typ`.

    Args:
        groups: one a currency: one trace a rule, of the same claims.
        asked: title, made_on and what was asked, in words.
        exhibits: the input files with name, SHA-256 and size.
        digest: SHA-256 of the findings, which stands in the report so that both are tied together.
        exchanges: changes of currency beside their dated rates, as `rate_json` tells them.
        assumptions: what was taken for granted beside what holds under every rule.
    """
    ledgers = [traces[0].ledger for traces in groups]
    blocks: list[Block] = [
        _heading("What was asked"),
        _text(asked["question"]),
        _heading("Exhibits"),
        _table("The files that everything rests on", ["Exhibit", "File", "Bytes", "SHA-256"],
               [[str(n), one["file"], str(one["bytes"]), _broken(one["sha256"])] for n, one in enumerate(exhibits, 1)],
               [2], [1, 3, 1.4, 5]),
        _heading("What each rule finds"),
        _text("A bank statement does not say which of the mixed units left an account; a rule of law or evidence must. "
              "Each rule is applied to the same rows, in whole minor units; which one applies is for the court."),
        *map(_found, groups),
    ]  # fmt: skip
    blocks += _exchanged(exchanges)
    blocks += [block for traces in groups for block in _surviving(traces) + _flow(traces)] + _rules(groups[0])
    held = [[line] for line in (*COMMON, *assumptions)]
    blocks += [_heading("What holds under every rule"), {"kind": "list", "items": held}]
    blocks += [block for traces in groups for block in _rows(traces)]
    blocks += [
        _heading("How to make this file again"),
        _text(f"Run: {asked['command']}"),
        _text(
            f"The same files give the same bytes. SHA-256 of findings.json, which this report is set from: {digest}."
        ),
    ]
    units = ", ".join(ledger.currency for ledger in ledgers)
    return {
        "title": asked["title"],
        "subtitle": "Tracing of claimed money through mixed accounts",
        "facts": [
            f"Made on {asked['made_on']}", f"Currency {units}", f"{sum(len(ledger) for ledger in ledgers)} movements",
        ],
        "language": "en",
        "author": asked.get("author", ""),
        "blocks": blocks,
    }  # fmt: skip


def _found(traces: Sequence[Trace]) -> Block:
    ledger = traces[0].ledger
    return _table(f"Traced in {ledger.currency}", ["Rule", "Traced", "Still held", "Gone", "Not identified"],
                  [[found.text.title, ledger.text(found.traced), ledger.text(found.held_total),
                    ledger.text(found.dissipated), ledger.text(found.unidentified)] for found in traces],
                  [1, 2, 3, 4])  # fmt: skip


def _exchanged(exchanges: Sequence[dict[str, Any]]) -> list[Block]:
    """Changes of currency that the statements record, each beside the rate of its day."""
    if not exchanges:
        return []
    rows = [
        [one["sold"], one["sold_amount"], one["bought"], one["bought_amount"], one["rate_of"] or "no rate given",
         one["at_that_rate"] or "–", "apart" if one["apart"] else "agrees"]
        for one in exchanges
    ]  # fmt: skip
    columns = ["Paid out", "Sold", "Paid in", "Bought", "Rate of", "At that rate", "Within five per cent"]
    said = ("A change of currency is an act that the statements record on both sides. Every claim in the payment out "
            "lies on the payment in, in the same proportion of what was really received; the dated rate only checks "
            "the pair.")  # fmt: skip
    return [_heading("Changes of currency"), _text(said), _table("Exchanges", columns, rows, [1, 3, 5])]


def _heading(text: str, level: int = 1) -> Block:
    return {"kind": "heading", "level": level, "text": text}


def _text(text: str) -> Block:
    return {"kind": "text", "parts": [text]}


def _table(
    caption: str, columns: list[str], rows: list[list[str]], numeric: list[int], widths: list[float] | None = None
) -> Block:
    block: Block = {"kind": "table", "caption": caption, "columns": columns, "rows": rows, "numeric": numeric}
    return block | ({"widths": widths} if widths else {})


def _broken(digest: str) -> str:
    """A digest in groups, so that it can be read aloud and fits the page."""
    return " ".join(digest[at : at + 16] for at in range(0, len(digest), 16))


def _surviving(traces: Sequence[Trace]) -> list[Block]:
    ledger = traces[0].ledger
    kept = survivors(traces)
    rows = [[one.account, ledger.text(one.amount)] for one in kept[:_MOST_ROWS]]
    said = "The least that every deciding rule finds in an account; poison and direct identification do not decide."
    table = [_table("What survives every rule that decides", ["Account", "At least"], rows, [1])] if rows else []
    return [_heading("What survives"), _text(said if rows else f"{said} Nothing survives all of them."), *table]


def _flow(traces: Sequence[Trace]) -> list[Block]:
    out: list[Block] = [_heading("Where it went")]
    for found in [one for one in traces if one.text.decides][:2]:
        svg, words = flow(found)
        caption = f"{found.text.title}: bands are as wide as the sums"
        out.append({"kind": "drawing", "svg": svg, "alt": f"{caption}. {words}.", "caption": caption})
    return out


def _rules(traces: Sequence[Trace]) -> list[Block]:
    out: list[Block] = [_heading("The rules in words")]
    for found in traces:
        text = found.text
        out += [_heading(text.title, 2), _text(f"{text.says} Authority: {text.authority}.")]
        if text.caution:
            out.append({"kind": "note", "parts": [text.caution]})
    return out


def _rows(traces: Sequence[Trace]) -> list[Block]:
    """The payments that carried claimed money under the first deciding rule, with the line of the exhibit."""
    found = next((one for one in traces if one.text.decides), traces[0])
    ledger = found.ledger
    ids, lines, times = (ledger.rows[name] for name in ("id", "line", "time"))
    by_row: dict[int, int] = {}
    for row, _, amount in found.moves.iter_rows():
        by_row[row] = by_row.get(row, 0) + amount
    rows = [
        [ids[row], times[row].date().isoformat(), ledger.name(ledger.source[row]) or "outside",
         ledger.name(ledger.target[row]) or "outside", ledger.text(int(ledger.amount[row])), ledger.text(amount),
         str(lines[row])]
        for row, amount in sorted(by_row.items())[:_MOST_ROWS]
    ]  # fmt: skip
    said = f"The first {len(rows)} of {len(by_row)} payments under {found.text.title.lower()}; rows.csv has all."
    columns = ["Id", "Day", "From", "To", "Amount", "Of it claimed", "Row of the file"]
    return [_heading("Payments that carried claimed money"), _text(said), _table("Payments", columns, rows, [4, 5, 6])]
