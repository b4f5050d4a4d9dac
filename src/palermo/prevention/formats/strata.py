"""Groups and their sum as JSON and as lines for a terminal."""

from typing import Any

from palermo.prevention.methods.estimation import Strata, Stratum


def as_object(found: Strata) -> dict[str, Any]:
    """One object: the groups and their total; an end without bound is null."""
    return {
        "by": found.by,
        "groups": [_group(stratum) for stratum in found.groups],
        "total": {
            "estimate": found.total,
            "lower": _finite(found.lower),
            "upper": _finite(found.upper),
            "at_least": found.at_least,
            "warnings": found.warnings,
        },
    }


def as_text(found: Strata) -> str:
    """A line a group, then the total."""
    lines = [f"{', '.join(found.by)}: known, estimated on no list or any, 95 % interval"]
    for stratum in found.groups:
        told = stratum.reason
        if stratum.estimate and stratum.estimate.estimate is not None:
            told = f"{stratum.estimate.estimate:,.0f} ({_ends(*_interval(stratum))})"
        lines.append(f"{', '.join(stratum.group)}: {stratum.lists.observed:,}, {told}")
        lines += [f"  warning: {words}" for words in (stratum.estimate.warnings if stratum.estimate else ())]
        lines += [f"  note: {words}" for words in (stratum.estimate.notes if stratum.estimate else ())]
    least = "at least " if found.at_least else ""
    lines.append(f"together: {least}{found.total:,.0f} ({_ends(found.lower, found.upper)})")
    return "\n".join([*lines, *(f"  warning: {words}" for words in found.warnings)])


def _group(stratum: Stratum) -> dict[str, Any]:
    estimate = stratum.estimate
    lower, upper = _interval(stratum)
    return {
        "group": stratum.group,
        "observed": stratum.lists.observed,
        "lists": stratum.lists.names,
        "estimate": estimate.estimate if estimate else None,
        "lower": _finite(lower),
        "upper": _finite(upper),
        "warnings": estimate.warnings if estimate else (),
        "notes": estimate.notes if estimate else (),
        "reason": stratum.reason,
    }


def _interval(stratum: Stratum) -> tuple[float | None, float | None]:
    return (stratum.interval.lower, stratum.interval.upper) if stratum.interval else (None, None)


def _finite(value: float | None) -> float | None:
    return None if value in {None, float("inf")} else value


def _ends(lower: float | None, upper: float | None) -> str:
    if lower == float("inf"):
        return "no bound"
    end = "no upper bound" if upper is None or upper == float("inf") else f"{upper:,.0f}"
    return f"{lower or 0:,.0f} to {end}"
