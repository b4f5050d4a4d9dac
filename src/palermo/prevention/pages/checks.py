"""What a file was found to be when it was checked against a standard: shown before anything is told or spent."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from palermo.prevention.models import CaseTable
from palermo.vocabulary.standards import TITLES

if TYPE_CHECKING:
    from palermo.prevention.formats.standards import Problem

COLUMNS = [_("Row"), _("Column"), _("Found"), _("Expected"), _("Remedy")]
#: Cells that are shown of a file that does not fit; the message gives their number.
MOST = 50


def rows_of(problems: "Sequence[Problem]") -> list[tuple[Any, ...]]:
    """The first cells that do not fit."""
    return [(p.row, p.column, p.found, p.expected, p.remedy) for p in problems[:MOST]]


def facts_of(table: CaseTable) -> list[tuple[Any, ...]]:
    """The report on a kept file: its cases, its standard, how many columns can be told."""
    facts: list[tuple[Any, ...]] = [
        (_("Cases"), table.cases, table.name),
        (
            _("Codes"),
            TITLES[table.preset] if table.preset else _("those that occur, declared public"),
            _("every cell was checked") if table.preset else "",
        ),
        (_("Columns that can be told"), len(table.columns)),
    ]
    if table.parents:
        facts.append((_("Rare codes become their region in"), ", ".join(table.parents)))
    return facts


def left_out_of(table: CaseTable) -> list[tuple[Any, list[str]]]:
    """Columns that were not kept, and those that the file lacks."""
    named = {
        "kept_out": _("Left out: names, days, free text"),
        "ignored": _("Left out: not of the standard"),
        "lacking": _("Columns of the release that the file lacks"),
    }
    return [(label, table.checked[key]) for key, label in named.items() if table.checked.get(key)]
