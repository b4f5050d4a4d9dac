"""Tile maps: participating States (and Partners), and any region cut into cells, such as its facilities."""

import csv
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Literal

from django.utils.translation import gettext_lazy as _

from palermo.ui.charts.figure import Figure, rows_of
from palermo.ui.maps.cells import even_breaks, shade
from palermo.vocabulary.errors import Refusal
from palermo.vocabulary.states import load_states

VALUE, UNKNOWN = _("Value"), _("not known")
POSITIONS = Path(__file__).parent.parent / "data" / "state_tiles.tsv"


@cache
def positions() -> tuple[dict[str, Any], ...]:
    """Our own layout, Europe in the middle: iso2, kind ("participating" or "partner"), column, row."""
    with POSITIONS.open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(lines, delimiter="\t")
        return tuple({**row, "column": int(row["column"]), "row": int(row["row"])} for row in rows)


def _breaks(values: Sequence[float | None], breaks: Sequence[float] | None) -> tuple[float, ...]:
    edges = tuple(breaks) if breaks is not None else even_breaks([value for value in values if value is not None])
    if len(edges) != 4 or list(edges) != sorted(set(edges)):
        raise Refusal("A map needs four rising edges between its five classes.", where="breaks", remedy=f"Got {edges}.")
    return edges


def state_map(
    values: Mapping[str, float | None],
    *,
    title: str,
    names: Mapping[str, str] | None = None,
    partners: bool = False,
    breaks: Sequence[float] | None = None,
    value_label: Any = VALUE,
    unknown: Any = UNKNOWN,
    lead: str = "",
    source: str = "",
) -> Figure:
    """One tile a State, all of the same size; a State without a value is "not known", not nought.

    `values` are by ISO 3166-1 alpha-2 code; `names` for the table by the same code, those of the vocabulary if None;
    `partners` adds the Partners for Co-operation; `breaks` are the four inner edges of the five classes, even and
    round ones if None.

    Raises:
        Refusal: for a code that has no tile.
    """
    names = names or {code: state.name for code, state in load_states().items()}
    shown = [row for row in positions() if partners or row["kind"] == "participating"]
    strange = sorted(set(values) - {row["iso2"] for row in shown})
    if strange:
        raise Refusal(f"There is no tile for {', '.join(strange)}.", where="values", remedy="Use ISO alpha-2 codes.")
    edges = _breaks(list(values.values()), breaks)
    data = tuple(
        {"code": row["iso2"], "column": row["column"], "row": row["row"], "value": values.get(row["iso2"])}
        | {"shade": shade(values.get(row["iso2"]), edges)}
        for row in shown
    )
    table = tuple((str(names.get(row["code"], row["code"])), row["value"]) for row in data)
    return Figure(
        kind="states",
        title=str(title),
        data=data,
        columns=(str(_("State")), str(value_label)),
        table=tuple(sorted(table, key=lambda row: row[0])),
        options={"shape": "square", "breaks": edges, "unknown": str(unknown)},
        lead=str(lead),
        source=str(source),
    )


def cell_map(
    cells: Any,
    *,
    title: str,
    shape: Literal["hex", "square"] = "hex",
    breaks: Sequence[float] | None = None,
    value_label: Any = VALUE,
    unknown: Any = UNKNOWN,
    lead: str = "",
    source: str = "",
) -> Figure:
    """A region made of cells: rows with `code` (at most five signs), `name`, `column`, `row`, `value`.

    Raises:
        Refusal: if two cells lie on the same place.
    """
    rows = rows_of(cells)
    taken: dict[tuple[int, int], str] = {}
    for row in rows:
        other = taken.setdefault((row["column"], row["row"]), row["code"])
        if other != row["code"]:
            raise Refusal(f"{other} and {row['code']} lie on the same cell.", where=f"{row['column']}, {row['row']}")
    edges = _breaks([row["value"] for row in rows], breaks)
    return Figure(
        kind="cells",
        title=str(title),
        data=tuple({**row, "shade": shade(row["value"], edges)} for row in rows),
        columns=(str(_("Place")), str(value_label)),
        table=tuple((row["name"], row["value"]) for row in rows),
        options={"shape": shape, "breaks": edges, "unknown": str(unknown)},
        lead=str(lead),
        source=str(source),
    )
