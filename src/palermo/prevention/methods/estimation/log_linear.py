"""Estimates from log-linear models: stepwise and best BIC, each with its bootstrap."""

from collections.abc import Iterable

import numpy as np
from scipy.special import ndtri

from palermo.prevention.methods.estimation.bootstrap import Bootstrap, Many, intervals, resample
from palermo.prevention.methods.estimation.cells import Floats, Ints, pairs, superset_sums
from palermo.prevention.methods.estimation.dispersion import dispersion, dispersion_warning
from palermo.prevention.methods.estimation.error_rates import RATES, Rates
from palermo.prevention.methods.estimation.fit import finite_effects, fit, information
from palermo.prevention.methods.estimation.hidden_group import hidden_group_warning
from palermo.prevention.methods.estimation.hierarchical import (
    IN,
    best_of_many,
    fit_model,
    interactions,
    search,
)
from palermo.prevention.methods.estimation.lists import Lists
from palermo.prevention.methods.estimation.results import Estimate, Interval
from palermo.prevention.methods.estimation.stepwise import main_effects, open_table, stepwise, stepwise_many

LEVEL = 0.95
THIN = 50  # persons on two lists or more, below which a few links decide
WIDE = 10.0


def by_stepwise(lists: Lists, *, threshold: float = 0.02, resamples: int = 1000, seed: int = 1) -> Estimate:
    """Chan, Silverman & Vincent (2021): pairs enter while their overlap is improbable without them.

    Args:
        lists: counts of capture histories.
        threshold: Poisson tail probability below which a pair enters.
        resamples: bootstrap resamples, the choice of pairs repeated in each; 0 for the model-based interval alone.
        seed: of the bootstrap.
    """
    return stepwise_resampled(lists, threshold=threshold, resamples=resamples, seed=seed)[0]


def stepwise_resampled(
    lists: Lists, *, threshold: float = 0.02, resamples: int = 1000, seed: int = 1, rates: Rates = RATES
) -> tuple[Estimate, Floats]:
    """The same with the resampled totals behind its interval: (resamples,) persons in all; none without an estimate.

    `rates` are those at which it may warn without cause, smaller where it is one of several groups.
    """
    candidates = pairs(lists.size)
    chosen, unseen = stepwise(lists.counts, lists.size, candidates, threshold)
    if not np.isfinite(unseen):
        reason = "Even independent lists leave the number on no list undetermined."
        return _none("stepwise", reason), np.empty(0)

    def many(tables: Floats) -> Floats:
        return stepwise_many(tables, lists.size, candidates, threshold)

    return _finish("stepwise", lists, candidates[chosen], many, resamples=resamples, seed=seed, rates=rates)


def by_bic(lists: Lists, *, order: int = 2, resamples: int = 1000, seed: int = 1) -> Estimate:
    """The hierarchical model with the least BIC among all up to an order (Silverman, Chan & Vincent 2024).

    Args:
        lists: counts of capture histories.
        order: largest number of lists in one interaction.
        resamples: bootstrap resamples, the whole search repeated in each; 0 for the model-based interval alone.
        seed: of the bootstrap.
    """
    may = interactions(lists.size, order)
    values, _, states, effects, finished = search(lists.counts, lists.size, may, 0.0)
    if values.size == 0:
        return _none("bic", "No hierarchical model has an estimate on these lists.")
    if not finished:
        return _none(
            "bic", f"The search over all models of {lists.size} lists did not end; use fewer lists or a lower order."
        )

    def many(tables: Floats) -> Floats:
        return best_of_many(tables, lists.size, may)

    best = int(np.argmin(values))
    chosen = effects[states[best] == IN]
    figures = {"bic": float(values[best]), "order": float(order)}
    return _finish("bic", lists, chosen, many, resamples=resamples, seed=seed, figures=figures)[0]


def near_ties(lists: Lists, *, order: int = 3, slack: float = 2.0) -> tuple[Estimate, ...]:
    """Models whose BIC is so near the best that the data do not tell them apart, best first; no intervals."""
    values, unseen, states, effects, _ = search(lists.counts, lists.size, interactions(lists.size, order), slack)
    out = []
    for row in np.argsort(values):
        names = _names(lists, effects[states[row] == IN])
        out.append(
            Estimate(
                "bic", lists.observed + float(unseen[row]), interactions=names, figures={"bic": float(values[row])}
            )
        )
    return tuple(out)


def conditional(counts: Floats, lists: int, model: Ints, *, level: float = LEVEL) -> Interval:
    """Wald's interval on the logarithm of those on no list, the model taken as known."""
    open_cells = open_table(lists)
    effects = finite_effects(model, superset_sums(counts, lists), open_cells)
    beta, means, _ = fit(counts, effects, open_cells, lists)
    deviation = float(np.sqrt(np.linalg.inv(information(means, effects, lists))[0, 0]))
    reach = float(ndtri((1 + level) / 2)) * deviation
    total = float(counts.sum())
    return Interval(
        "conditional", total + float(np.exp(beta[0] - reach)), total + float(np.exp(beta[0] + reach)), level
    )


def _finish(
    method: str,
    lists: Lists,
    chosen: Ints,
    many: Many,
    *,
    resamples: int,
    seed: int,
    figures: dict[str, float] | None = None,
    rates: Rates = RATES,
) -> tuple[Estimate, Floats]:
    """Interval, dispersion and warnings of a chosen model, and the resampled totals."""
    model = np.concatenate([main_effects(lists.size), np.sort(chosen)])
    margins = lists.margins
    _, unseen = fit_model(lists.counts, margins, lists.size, model)
    estimate = lists.observed + float(unseen)
    spans: tuple[Interval, ...] = (conditional(lists.counts, lists.size, model),)
    notes = list(thin_notes(lists))
    totals: Floats = np.empty(0)
    if resamples:
        boot = resample(lists.counts, many, estimate=estimate, resamples=resamples, seed=seed)
        totals = boot.totals
        spans = (*intervals(boot, level=LEVEL, seed=seed), *spans)
        notes += _bootstrap_notes(boot, spans[0])
    scatter = dispersion(lists.counts, lists.size, model, seed=seed)
    warnings = (*hidden_group_warning(lists, rate=rates.hidden), *dispersion_warning(scatter, rate=rates.scatter))
    found = Estimate(
        method,
        estimate,
        spans,
        _names(lists, chosen),
        _names(lists, [int(effect) for effect in chosen if margins[effect] == 0]),
        warnings,
        tuple(notes),
        figures={**(figures or {}), **scatter},
    )
    return found, totals


def _names(lists: Lists, effects: Iterable[int] | Ints) -> tuple[tuple[str, ...], ...]:
    ordered = sorted((int(effect) for effect in effects), key=lambda e: (e.bit_count(), lists.label(e)))
    return tuple(lists.label(effect) for effect in ordered)


def thin_notes(lists: Lists) -> tuple[str, ...]:
    """What every method must be read with when few persons are shared, or a list shares nobody."""
    out = []
    if lists.shared < THIN:
        out.append(
            f"Few shared persons: {lists.shared} of {lists.observed} are on two lists or more; a few links decide."
        )
    margins = lists.margins
    for bit, name in enumerate(lists.names):
        rest = [margins[(1 << bit) | (1 << other)] for other in range(lists.size) if other != bit]
        if not any(rest):
            out.append(f"A list apart: {name!r} shares nobody with any other; it says nothing about those on no list.")
    return tuple(out)


def _bootstrap_notes(boot: Bootstrap, span: Interval) -> list[str]:
    out = []
    lost = int(np.isinf(boot.totals).sum())
    if lost:
        out.append(
            f"Unbounded resamples: {lost} of {boot.totals.size} supported no estimate; the interval counts them as "
            "unbounded above."
        )
    if span.lower > 0 and span.upper > WIDE * span.lower:
        out.append("A wide interval: it spans more than a factor of ten; the lists do not tell how many there are.")
    if abs(boot.bias) > 0.25:
        out.append(
            "Lopsided resamples: the estimate is not in their middle, so the BCa ends lean on few of them; "
            "compare the percentile interval."
        )
    if span.noise and max(span.noise) > 0.05 * (span.upper - span.lower):
        out.append("Few resamples: the interval's ends move by more than 5 % of its width between seeds; take more.")
    return out


def _none(method: str, reason: str) -> Estimate:
    return Estimate(method, None, reasons=(reason,))
