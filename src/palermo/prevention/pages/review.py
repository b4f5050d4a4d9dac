"""The review of a release: what it keeps, what it gives away, and what it looks like."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from palermo.prevention.models import Release
from palermo.prevention.pages.rows import rows_of
from palermo.prevention.pages.series_releases import told_of
from palermo.ui.charts.figure import Figure
from palermo.ui.charts.kinds import bars
from palermo.ui.components.status import badge

#: A share of lonely real records that appear, above which the review warns.
REPRODUCED = 0.01
#: Values of one column that are drawn, pairs that are shown.
MOST_VALUES, MOST_PAIRS = 12, 15


def facts_of(one: Release) -> list[tuple[Any, ...]]:
    """What was asked, and what was decided."""
    facts: list[tuple[Any, ...]] = [
        (_("Cases"), one.table.name, _("%(n)d cases") % {"n": one.table.cases})
        if one.table
        else (_("Series"), one.series and one.series.name, one.series and one.series.source),
        (_("Columns") if one.table else _("Strata"), ", ".join(one.columns)),
        (_("Epsilon, delta"), f"{one.epsilon:g}, {one.delta:g}"),
        (_("Floor"), one.floor),
    ]
    if one.decided_at:
        facts.append((_("Decided"), one.decided_at.date(), one.reason))
    return facts


def context_of(made: Mapping[str, Any], report: Mapping[str, Any], floor: int) -> dict[str, Any]:
    """Everything that the page of a release shows."""
    told = made["told"]
    if "series" in report:
        return _of_series(made, report)
    return {
        "made": told,
        "risks": _risks(report, floor),
        "risk_columns": [_("What an attacker looks for"), _("Found"), _("Judgement")],
        "utility": _utility(report["utility"]),
        "utility_columns": [
            _("Combinations of"),
            _("Mean error"),
            _("Kept"),
            _("Lost"),
            _("Made up"),
        ],
        "charts": charts_of(made["tables"]["single"]),
        "pairs": _pairs(made["tables"]["pairs"]),
        "pair_columns": [_("One"), _("Other"), _("Count")],
        "rolled": [(column, ", ".join(values)) for column, values in told["rolled_up"].items()],
    }


def _risks(report: Mapping[str, Any], floor: int) -> list[tuple[Any, Any, Any]]:
    """Rare combinations, lonely records, membership, reconstruction: each with a judgement in words."""
    attack, rows = report["attack"], []
    rare = {line["length"]: line["rare_shown"] for line in report["utility"]}
    few = "; ".join(
        ngettext("of %(k)d value: %(n)d", "of %(k)d values: %(n)d", k) % {"n": n, "k": k} for k, n in rare.items()
    )
    rows.append((_("Rare combinations: fewer than ten real cases, and shown"), few, _judged(not any(rare.values()))))
    share = attack["reproduced"] / attack["unique"] if attack["unique"] else 0.0
    said = _now("%(shown)d of %(all)d") % {"shown": attack["reproduced"], "all": attack["unique"]}
    rows.append((_("Unique records: the only one of its kind, and shown as it is"), said, _judged(share <= REPRODUCED)))
    gained = attack.get("advantage")
    if gained is not None:
        said = _now("%(found).3f, where privacy allows %(bound).3f") % {"found": gained, "bound": attack["bound"]}
        rows.append(
            (
                _("Membership: how much likelier a record is found if it was in"),
                said,
                _judged(gained <= attack["bound"]),
            )
        )
    least = attack["smallest_class"]
    said = _now("smallest group of records that are alike: %(n)d") % {"n": least}
    rows.append((_("Reconstruction: a record that stands alone could be completed"), said, _judged(least >= floor)))
    return rows


def _judged(sound: bool) -> Any:
    return badge(_("sound"), "safe") if sound else badge(_("look closely"), "warn")


def _utility(lines: list[Mapping[str, Any]]) -> list[tuple[Any, ...]]:
    return [
        (
            line["length"],
            "–" if line["error"] is None else f"{line['error']:.0%}",
            line["kept"],
            line["suppressed"],
            f"{line['fabricated']:.1%}",
        )
        for line in lines
    ]


def charts_of(single: str, *, source: str = "") -> list[Figure]:
    """One chart a column, of noisy counts: the commonest values first."""
    columns: dict[str, list[dict[str, Any]]] = {}
    for row in rows_of(single):
        columns.setdefault(row["column"], []).append({"value": row["value"], "count": int(row["count"])})
    return [
        bars(
            sorted(rows, key=lambda row: -row["count"])[:MOST_VALUES],
            category="value",
            value="count",
            title=name,
            labels={"value": _("Value"), "count": _("Cases, with noise")},
            source=source,
        )
        for name, rows in columns.items()
    ]


def _pairs(text: str) -> list[tuple[Any, ...]]:
    rows = sorted(rows_of(text), key=lambda row: -int(row["count"]))[:MOST_PAIRS]
    return [
        (f"{row['column_a']}: {row['value_a']}", f"{row['column_b']}: {row['value_b']}", int(row["count"]))
        for row in rows
    ]


def _of_series(made: Mapping[str, Any], report: Mapping[str, Any]) -> dict[str, Any]:
    """The review of a series: what the noise allows an attacker, and how far it is from the real one."""
    told, kept, attack = made["told"], report["series"], report["attack"]
    gained, least = attack["advantage"], attack["fewest_shown"]
    said = _now("%(found).3f, where privacy allows %(bound).3f") % {"found": gained, "bound": attack["bound"]}
    risks = [
        (
            _("Membership: how much better than a guess the best attacker tells who is in, by the noise"),
            said,
            _judged(gained <= attack["bound"]),
        ),
        (_("Fewest cases that a week shows"), "–" if least is None else least, _judged((least or 0) >= told["floor"])),
    ]
    shown = (_("Weeks shown, the others are below the floor"), f"{kept['weeks_shown']} / {kept['weeks']}")
    error = (_("Mean error of what is shown"), "–" if kept["error"] is None else f"{kept['error']:.0%}")
    rows: list[tuple[Any, Any]] = [shown, error]
    if "alarms" in kept:
        rows += [
            (_("Real alarms that are told"), f"{kept['alarms_told']} / {kept['alarms']}"),
            (_("Alarms that only the noise makes"), kept["alarms_of_noise"]),
            (_("Stretches of one rate, told and real"), f"{kept['stretches_told']} / {kept['stretches']}"),
        ]
    return {
        "made": told,
        "risks": risks,
        "risk_columns": [_("What an attacker looks for"), _("Found"), _("Judgement")],
        "kept": rows,
        "kept_columns": [_("What it keeps of the series"), _("Found")],
        "told_series": told_of(made["tables"], told["floor"]),
    }
