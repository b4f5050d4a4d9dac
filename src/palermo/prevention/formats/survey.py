"""Estimates as JSON and back: what the command prints and what the analyst's room keeps."""

from collections.abc import Mapping
from typing import Any

from palermo.prevention.methods.estimation import Estimate, Interval, Survey, Variant

_INFINITE = float("inf")


def as_object(found: Survey) -> dict[str, Any]:
    """The survey as JSON: observed, lists, methods, conclusion, and what stands behind it."""
    return {
        "observed": found.lists.observed,
        "shared": found.lists.shared,
        "lists": {name: int(found.lists.margins[1 << bit]) for bit, name in enumerate(found.lists.names)},
        "spread": found.spread,
        "methods": [estimate_object(each) for each in found.methods],
        "near_ties": [estimate_object(each) for each in found.ties],
        "variants": [variant_object(each) for each in found.variants],
        "conclusion": found.conclusion,
    }


def variant_object(each: Variant) -> dict[str, Any]:
    """What is left of the estimate when the lists are changed."""
    return {
        "change": each.change,
        "observed": each.observed,
        "reasons": each.reasons,
        **{e.method: _number(e.estimate) for e in each.estimates},
    }


def estimate_object(each: Estimate) -> dict[str, Any]:
    """One answer; an end without bound is null."""
    return {
        "method": each.method,
        "estimate": _number(each.estimate),
        "lower": _number(each.lower),
        "upper": _number(each.upper),
        "interactions": each.interactions,
        "minus_infinity": each.impossible,
        "warnings": each.warnings,
        "notes": each.notes,
        "reasons": each.reasons,
        "intervals": [
            {
                "kind": span.kind,
                "lower": _number(span.lower),
                "upper": _number(span.upper),
                "level": span.level,
                "monte_carlo_error": [_number(end) for end in span.noise] if span.noise else None,
            }
            for span in each.intervals
        ],
        "figures": {name: _number(value) for name, value in each.figures.items()},
    }


def estimate_of(told: Mapping[str, Any]) -> Estimate:
    """The answer that `estimate_object` wrote; a null end of an interval is an infinite one."""
    return Estimate(
        told["method"],
        told["estimate"],
        tuple(
            Interval(
                span["kind"],
                _INFINITE if span["lower"] is None else span["lower"],
                _INFINITE if span["upper"] is None else span["upper"],
                span["level"],
            )
            for span in told["intervals"]
        ),
        tuple(tuple(names) for names in told["interactions"]),
        tuple(tuple(names) for names in told["minus_infinity"]),
        tuple(told["warnings"]),
        tuple(told["notes"]),
        tuple(told["reasons"]),
        {name: value for name, value in told["figures"].items() if value is not None},
    )


def _number(value: float | None) -> float | None:
    return None if value is None or value in {_INFINITE, -_INFINITE} else value
