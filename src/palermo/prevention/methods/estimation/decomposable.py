"""Decomposable graphs of dependence, averaged (Madigan & York 1997).

Each graph says which lists depend on each other; under a hyper-Dirichlet prior its evidence is a product over cliques
in closed form, so every graph can be weighed at every number of unseen persons and nothing need be sampled.
"""

from functools import lru_cache

import numpy as np
from scipy.special import gammaln

from palermo.prevention.methods.estimation.cells import Floats, members, pairs
from palermo.prevention.methods.estimation.hidden_group import hidden_group_warning
from palermo.prevention.methods.estimation.lists import Lists
from palermo.prevention.methods.estimation.log_linear import LEVEL, thin_notes
from palermo.prevention.methods.estimation.results import Estimate, Interval

MOST = 6
FARTHEST = 100  # times the observed
POINTS = 4_000
EDGE = 0.001


def by_decomposable(lists: Lists, *, farthest: int = FARTHEST) -> Estimate:
    """Posterior median of the total over all decomposable graphs but the complete one, prior 1/N on the total.

    Args:
        lists: counts of capture histories, at most 6 lists (18,154 graphs).
        farthest: largest number unseen that is considered, as a multiple of the observed.
    """
    if lists.size > MOST:
        reason = f"Decomposable graphs are weighed for up to {MOST} lists; there are {lists.size}."
        return Estimate("decomposable", None, reasons=(reason,))
    unseen, widths = _grid(lists.observed * farthest)
    evidence = _evidence(lists, unseen)
    graphs = decomposable_graphs(lists.size)
    weights = np.stack([_graph_evidence(graph, evidence) for graph in graphs])
    common = gammaln(lists.observed + unseen + 1) - gammaln(unseen + 1) - np.log(lists.observed + unseen)
    weights += common + np.log(widths)
    weights = np.exp(weights - weights.max())
    posterior = weights.sum(axis=0) / weights.sum()
    by_graph = weights.sum(axis=1) / weights.sum()
    totals = lists.observed + unseen
    middle, lower, upper = (
        float(np.interp(share, np.cumsum(posterior), totals)) for share in (0.5, (1 - LEVEL) / 2, (1 + LEVEL) / 2)
    )
    warnings = list(hidden_group_warning(lists))
    beyond = float(posterior[totals > 0.9 * totals[-1]].sum())
    if beyond > EDGE:
        warnings.append(
            f"Held by the prior: {beyond:.1%} of the posterior is at the largest number considered, "
            "so the upper end is not of the lists."
        )
    links = _links(graphs, by_graph)
    return Estimate(
        "decomposable",
        middle,
        (Interval("credible", lower, upper, LEVEL),),
        tuple(lists.label(int(pair)) for pair in pairs(lists.size) if links[int(pair)] >= 0.5),
        warnings=tuple(warnings),
        notes=thin_notes(lists),
        figures={
            "mean": float((posterior * totals).sum()),
            "probability of the likeliest graph": float(by_graph.max()),
            "graphs": float(len(graphs)),
        },
    )


def _grid(most: int) -> tuple[Floats, Floats]:
    """Numbers unseen, every one while few and then ever sparser, and how many each stands for."""
    points = np.unique(np.round(np.concatenate([np.arange(POINTS / 4), np.geomspace(POINTS / 4, most, POINTS)])))
    edges = np.concatenate([[points[0] - 0.5], (points[1:] + points[:-1]) / 2, [points[-1] + 0.5]])
    return points, np.diff(edges)


def _evidence(lists: Lists, unseen: Floats) -> Floats:
    """Log evidence of the margin of every subset of lists, at each number unseen: shape (2^t, points)."""
    t = lists.size
    cells = np.arange(1 << t)
    out = np.zeros((1 << t, unseen.size))
    for subset in range(1 << t):
        share = 2.0 ** (-members_count(subset))  # the prior counts one person in all, 2^-t a cell
        margin = np.bincount(cells & subset, weights=lists.counts, minlength=1 << t)
        seen = margin[np.unique(cells & subset)[1:]] if subset else np.empty(0)
        out[subset] = (gammaln(seen + share) - gammaln(share)).sum()
        out[subset] += gammaln(margin[0] + unseen + share) - gammaln(share)
        out[subset] += gammaln(1.0) - gammaln(lists.observed + unseen + 1.0)
    return out


def members_count(subset: int) -> int:
    """How many lists a subset holds."""
    return len(members(subset))


def _graph_evidence(graph: tuple[tuple[int, int], ...], evidence: Floats) -> Floats:
    """Log evidence of one graph from its elimination: pairs (vertex with later neighbours, those neighbours)."""
    out = np.zeros(evidence.shape[1])
    for clique, separator in graph:
        out += evidence[clique] - evidence[separator]
    return out


def _links(graphs: tuple[tuple[tuple[int, int], ...], ...], by_graph: Floats) -> dict[int, float]:
    """Posterior probability that two lists are linked."""
    out: dict[int, float] = {}
    size = 1 + max(clique.bit_length() for clique, _ in graphs[0])
    for pair in pairs(size):
        held = [any(clique & pair == pair for clique, _ in graph) for graph in graphs]
        out[int(pair)] = float(by_graph[held].sum())
    return out


@lru_cache(maxsize=4)
def decomposable_graphs(lists: int) -> tuple[tuple[tuple[int, int], ...], ...]:
    """All decomposable graphs on the lists but the complete one, each by a perfect elimination."""
    edges = [int(pair) for pair in pairs(lists)]
    out = []
    for chosen in range((1 << len(edges)) - 1):
        neighbours = [0] * lists
        for k, pair in enumerate(edges):
            if chosen >> k & 1:
                a, b = members(pair)
                neighbours[a] |= 1 << b
                neighbours[b] |= 1 << a
        elimination = _eliminate(neighbours, lists)
        if elimination is not None:
            out.append(elimination)
    return tuple(out)


def _eliminate(neighbours: list[int], lists: int) -> tuple[tuple[int, int], ...] | None:
    """Take out, one by one, vertices whose remaining neighbours are all linked; None if that fails."""
    left, out = (1 << lists) - 1, []
    while left:
        for vertex in members(left):
            rest = neighbours[vertex] & left
            if all(rest & ~neighbours[other] == 1 << other for other in members(rest)):
                out.append((rest | 1 << vertex, rest))
                left ^= 1 << vertex
                break
        else:
            return None
    return tuple(out)


__all__ = ["by_decomposable", "decomposable_graphs"]
