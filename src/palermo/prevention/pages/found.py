"""What a run found, put in the order in which it must be read: spread, picture, warnings, what stands behind them."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from palermo.prevention.methods.choices import KINDS, METHODS
from palermo.prevention.models import Run
from palermo.prevention.pages.pictures import estimates
from palermo.prevention.pages.pictures.drawing import Picture, thousands
from palermo.prevention.pages.pictures.estimates import Mark

if TYPE_CHECKING:
    from palermo.prevention.methods.estimation import Lists

METHOD_WORDS = {
    "stepwise": _("Stepwise"),
    "bic": _("Best by BIC"),
    "bayes": _("Bayesian threshold"),
    "decomposable": _("Decomposable graphs"),
    "latent": _("Latent classes"),
}
#: What is said of an answer, in the order in which it must be read.
KIND_WORDS = {"warnings": _("Warning"), "reasons": _("No estimate"), "notes": _("Note")}
INDEPENDENT = _("independent lists")
#: Two lists merged make many lines; so many of them are drawn, the rest stand in the table.
MOST_CHANGED = 16


def asked_facts(run: Run) -> list[tuple[Any, ...]]:
    """What was asked, and the digest over all of it."""
    asked = run.asked
    return [
        (_("Lists"), run.table.name, ", ".join(run.table.lists)),
        (_("Methods"), ", ".join(str(METHOD_WORDS[method]) for method in asked["methods"])),
        (_("Order"), asked["order"], _("lists that depend on each other at once, at most")),
        (_("Threshold"), asked["threshold"]),
        (_("Resamples"), asked["resamples"] or _("as many as the search allows")),
        (_("Seed"), asked["seed"]),
        ("SHA-256", run.digest or "–", _("of what was asked, the counts and all answers")),
    ]


def number(value: float | None) -> Any:
    """Persons, or the word for no figure."""
    return _("none") if value is None else thousands(value)


def _ends(lower: float | None, upper: float | None) -> Any:
    if lower is None:
        return "–"
    return f"{thousands(lower)} – {'∞' if upper is None else thousands(upper)}"


def _effects(names: Sequence[Sequence[str]]) -> str:
    return ", ".join("×".join(one) for one in names) or str(INDEPENDENT)


def _marks(parts: Mapping[str, Any]) -> list[Mark]:
    """Every model that has a point: methods, near ties, changed lists."""
    found = [
        Mark(str(METHOD_WORDS[name]), _now("Methods"), told["estimate"], told["lower"], told["upper"])
        for name, told in parts.items()
        if name in METHODS and told["estimate"] is not None
    ]
    found += [
        Mark(_effects(told["interactions"]), _now("Models that the data do not tell from the best"), told["estimate"],
             colour="series-2")
        for told in parts.get("ties", [])
        if told["estimate"] is not None
    ]  # fmt: skip
    changed = [told for told in parts.get("variants", []) if told.get("stepwise") is not None]
    return found + [
        Mark(told["change"], _now("If a list were missing, or two were one (stepwise)"), told["stepwise"],
             colour="series-3")
        for told in changed[:MOST_CHANGED]
    ]  # fmt: skip


def _picture(lists: "Lists", parts: Mapping[str, Any]) -> Picture:
    marks = _marks(parts)
    title = _now("All models on one scale of persons")
    drawn = estimates.draw(marks, observed=lists.observed, observed_words=_now("known"), label=title)
    return Picture(
        title=title,
        svg=mark_safe(drawn),  # noqa: S308 -- our own drawing, every word in it is escaped
        columns=[_("Model"), _("Kind"), _("Persons (95 % interval)")],
        table=[(mark.name, mark.group, mark.words) for mark in marks],
        lead=_now("The band spans all points. A line is a 95 % interval; an arrow has no upper end."),
        numeric="3",
    )


def _method_rows(parts: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    return [
        (
            METHOD_WORDS[name],
            number(parts[name]["estimate"]),
            _ends(parts[name]["lower"], parts[name]["upper"]),
            _effects(parts[name]["interactions"]) if parts[name]["interactions"] else "–",
        )
        for name in METHODS
        if name in parts
    ]


def _interval_rows(parts: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    return [
        (METHOD_WORDS[name], KINDS[span["kind"]], _ends(span["lower"], span["upper"]))
        for name in METHODS
        if name in parts
        for span in parts[name]["intervals"]
    ]


def _remarks(parts: Mapping[str, Any]) -> list[tuple[Any, str, str, Any]]:
    """Warnings first, then why one has no figure, then notes; each once, with the methods that give it."""
    told = [(str(METHOD_WORDS[name]), parts[name]) for name in METHODS if name in parts]
    if groups := parts.get("groups"):
        told.append((str(_("Groups together")), groups["total"]))
    found: dict[tuple[str, str], list[str]] = {}
    for kind in KIND_WORDS:
        for name, one in told:
            for words in one.get(kind, ()):
                found.setdefault((words, kind), []).append(name)
    return [(KIND_WORDS[kind], words, kind, ", ".join(names)) for (words, kind), names in found.items()]


def _variant_rows(parts: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    return [
        (
            told["change"],
            thousands(told["observed"]),
            number(told.get("stepwise")),
            number(told.get("bic")),
            " ".join(told["reasons"]) or "–",
        )
        for told in parts.get("variants", [])
    ]


def _told(one: Mapping[str, Any]) -> str:
    """Warnings and notes of a group or of the sum, said to be which."""
    words = [(KIND_WORDS[kind], told) for kind in ("warnings", "notes") for told in one.get(kind, ())]
    return " ".join(f"{kind}: {told}" for kind, told in words)


def group_rows(groups: Mapping[str, Any] | None) -> list[tuple[Any, ...]]:
    """Each group and the sum (SDG 16.2.2)."""
    if not groups:
        return []
    rows: list[tuple[Any, ...]] = [
        (
            ", ".join(one["group"]),
            thousands(one["observed"]),
            number(one["estimate"]),
            _ends(one["lower"], one["upper"]),
            one["reason"] or _told(one) or "–",
        )
        for one in groups["groups"]
    ]
    total = groups["total"]
    known = sum(one["observed"] for one in groups["groups"])
    return [
        *rows,
        (
            _("Together"),
            thousands(known),
            number(total["estimate"]),
            _ends(total["lower"], total["upper"]),
            _told(total) or "–",
        ),
    ]


def spread_of(parts: Mapping[str, Any]) -> tuple[float, float] | None:
    """The lowest and the highest point of any method or near tie."""
    told = [parts[name] for name in METHODS if name in parts] + list(parts.get("ties", []))
    points = [one["estimate"] for one in told if one["estimate"] is not None]
    return (min(points), max(points)) if points else None


def linkage_words(run: Run) -> str:
    """What no interval of the lists can know: how well they were linked (the shares are of published sets)."""
    return _now(
        "Linked: %(how)s. The doubt of linkage is in no interval here: 5 to 20 %% of links missed moved published"
        " estimates up by 6 to 31 %%, and a few false links moved them down as far."
    ) % {"how": run.table.get_linkage_display()}


def tables_of(parts: Mapping[str, Any]) -> dict[str, Any]:
    """What a report tells of a run: the conclusion, each method, each group."""
    return {
        "conclusion": parts["conclusion"],
        "method_columns": [_("Method"), _("Persons"), _("95 % interval"), _("Lists that depend on each other")],
        "methods": _method_rows(parts),
        "group_columns": [_("Group"), _("Known"), _("Persons"), _("95 % interval"), _("Remarks")],
        "groups": group_rows(parts.get("groups")),
    }


def context_of(lists: "Lists", parts: Mapping[str, Any]) -> dict[str, Any]:
    """Everything that the page of a run shows."""
    spread = spread_of(parts)
    return tables_of(parts) | {
        "observed": lists.observed,
        "shared": lists.shared,
        "spread": f"{thousands(spread[0])}–{thousands(spread[1])}" if spread else None,
        "picture": _picture(lists, parts),
        "interval_columns": [_("Method"), _("Made as"), _("95 % interval")],
        "intervals": _interval_rows(parts),
        "remarks": _remarks(parts),
        "variant_columns": [_("Change"), _("Known"), _("Stepwise"), _("Best by BIC"), _("Why none")],
        "variants": _variant_rows(parts),
    }
