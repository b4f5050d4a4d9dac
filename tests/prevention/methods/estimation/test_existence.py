"""Point 3 of the comparison: existence and identifiability, decided before anything is fitted."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from palermo.prevention.methods.estimation.cells import close_cells, pairs, superset_sums
from palermo.prevention.methods.estimation.existence import EXISTS, NO_ESTIMATE, NOT_IDENTIFIED, verdict
from palermo.prevention.methods.estimation.fit import finite_effects
from palermo.prevention.methods.estimation.stepwise import main_effects, open_table

#: Chan, Silverman & Vincent 2021, table 2: lists A, B, C; only A and B share persons.
ARTIFICIAL = np.array([0, 40, 30, 6, 20, 0, 0, 0], dtype=float)
A, B, C = 1, 2, 4


def judge(counts: np.ndarray, model: list[int]) -> int:
    lists = counts.size.bit_length() - 1
    open_cells = open_table(lists)
    effects = finite_effects(np.array(model, dtype=np.int64), superset_sums(counts, lists), open_cells)
    return verdict(counts, effects, open_cells)


def oracle(counts: np.ndarray, model: list[int]) -> int:
    """Fienberg & Rinaldo's linear program as it is printed, by HiGHS: max s with A x = t, x >= s."""
    lists = counts.size.bit_length() - 1
    margins = superset_sums(counts, lists)
    open_cells = open_table(lists)
    effects = [e for e in model if margins[e] > 0]
    for e in model:
        if margins[e] == 0:
            close_cells(open_cells, e)
    cells = np.flatnonzero(open_cells)
    design = np.array([[float(c & e == e) for e in effects] for c in cells])
    equal = np.hstack([design.T, np.zeros((len(effects), 1))])
    above = np.hstack([-np.eye(cells.size), np.ones((cells.size, 1))])
    goal = np.r_[np.zeros(cells.size), -1.0]
    answer = linprog(
        goal, A_ub=above, b_ub=np.zeros(cells.size), A_eq=equal, b_eq=design.T @ counts[cells],
        bounds=[(0, None)] * cells.size + [(None, 1)],
    )  # fmt: skip
    stuck = -answer.fun < 1e-7
    blind = np.linalg.matrix_rank(design) < len(effects)
    return (NO_ESTIMATE if stuck else 0) + (NOT_IDENTIFIED if blind else 0)


@pytest.mark.parametrize(
    ("model", "answer"),
    [
        ([0, A, B, C, A | B, A | C, B | C], NOT_IDENTIFIED),
        ([0, A, B, C, A | B], NO_ESTIMATE),
        ([0, A, B, C, A | C, B | C], EXISTS),
    ],
)
def test_published_example_of_failures(model: list[int], answer: int):
    assert judge(ARTIFICIAL, model) == answer


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.sampled_from([0, 0, 0, 1, 5]), min_size=15, max_size=15),
    st.sets(st.integers(0, 5)),
)
def test_equal_to_the_linear_program(counts: list[int], chosen: set[int]):
    table = np.array([0.0, *map(float, counts)])
    if any(superset_sums(table, 4)[1 << bit] == 0 for bit in range(4)):
        return
    model = [*main_effects(4).tolist(), *(int(pairs(4)[k]) for k in sorted(chosen))]
    assert judge(table, model) == oracle(table, model)


def test_only_the_zero_pattern_matters():
    other = np.where(ARTIFICIAL > 0, ARTIFICIAL * 7 + 3, 0.0)
    for model in ([0, A, B, C], [0, A, B, C, A | B], [0, A, B, C, A | C, B | C]):
        assert judge(other, model) == judge(ARTIFICIAL, model)


def test_dropping_an_overlapping_pair_breaks_nothing():
    counts = np.array([0, 9, 8, 3, 7, 0, 2, 0], dtype=float)
    assert judge(counts, [0, A, B, C, A | B, A | C]) == EXISTS
    assert judge(counts, [0, A, B, C, A | C]) == EXISTS
