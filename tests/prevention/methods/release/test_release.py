"""Noise, budget, roll-up, floors and reports."""

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import chisquare

from palermo.prevention.formats.ledger import read_ledger, write_ledger
from palermo.prevention.methods.release import Ledger, declared, encode, epsilon_of, publish, rho_for
from palermo.prevention.methods.release.floor import alike
from palermo.prevention.methods.release.measure import measure
from palermo.prevention.methods.release.noise import discrete_gaussian
from palermo.prevention.methods.release.reports import attack, utility
from palermo.prevention.methods.release.table import Table
from palermo.vocabulary.errors import Refusal


def cases(records: int, seed: int) -> pl.DataFrame:
    rng = np.random.default_rng(seed)
    labour = rng.random(records) < 0.4
    return pl.DataFrame({
        "gender": np.where(rng.random(records) < np.where(labour, 0.3, 0.8), "Woman", "Man"),
        "age": rng.choice(["9-17", "18-20", "21-29", "30+"], size=records, p=[0.2, 0.2, 0.4, 0.2]),
        "labour": np.where(labour, "1", "0"),
        "sexual": np.where(labour & (rng.random(records) < 0.9), "0", "1"),
        "threats": np.where(rng.random(records) < 0.3, "1", ""),
        "country": rng.choice(["AAA", "BBB", "CCC", "DDD"], size=records, p=[0.6, 0.39, 0.006, 0.004]),
    })  # fmt: skip


FRAME = cases(6000, 1)
TABLE = encode(FRAME, declared(FRAME))


def test_noise_has_the_distribution_it_names():
    drawn = discrete_gaussian(200_000, 2.5, generator=np.random.default_rng(1))
    values = np.arange(-8, 9)
    expected = np.exp(-(values**2) / (2 * 2.5**2))
    found = np.array([(drawn == v).sum() for v in values])
    assert chisquare(found, expected / expected.sum() * found.sum()).pvalue > 0.001
    assert drawn.var() == pytest.approx(2.5**2, rel=0.02)


def test_noise_is_not_repeated():
    assert discrete_gaussian(50, 30.0).tolist() != discrete_gaussian(50, 30.0).tolist()


@settings(max_examples=25, deadline=None)
@given(st.floats(0.05, 8.0), st.sampled_from([1e-5, 1e-6, 1e-9]))
def test_rho_spends_what_was_asked_and_no_more(epsilon: float, delta: float):
    rho = rho_for(epsilon, delta)
    assert epsilon_of(rho, delta) <= epsilon
    assert epsilon_of(rho * 1.001, delta) > epsilon * 0.999
    assert rho >= (np.sqrt(np.log(1 / delta) + epsilon) - np.sqrt(np.log(1 / delta))) ** 2 * 0.999  # the simpler bound


def test_the_ledger_adds_up_and_refuses_to_overspend():
    book = Ledger(1.0, 1e-6)
    part = rho_for(0.6, 1e-6)
    book = book.spend("first", part)
    assert book.told == pytest.approx(0.6, rel=1e-6)
    book = book.spend("second", part)
    assert 0.6 < book.told < 1.0  # squares add up, not epsilons
    with pytest.raises(Refusal, match="would bring the total to epsilon"):
        book.spend("third", part)
    assert read_ledger(write_ledger(book), name="l") == book


@pytest.mark.parametrize("data", [b"", b"{}", b'{"epsilon": 1, "delta": 1e-6, "spent": [{"what": "x", "rho": -1}]}'])
def test_a_damaged_ledger_stops_everything(data: bytes):
    with pytest.raises(Refusal, match="ledger"):
        read_ledger(data, name="l")


def test_codes_come_from_public_lists():
    with pytest.raises(Refusal, match="The code 'Woman' of 'gender' is not on its public list"):
        encode(FRAME, {"gender": ["Man"]})
    with pytest.raises(Refusal, match="There is no column 'x'"):
        encode(FRAME, {"x": ["1"]})
    assert TABLE.values[TABLE.columns.index("labour")] == ("1",)


def test_missing_stays_missing():
    assert encode(FRAME, declared(FRAME)).frame()["threats"].null_count() == int((FRAME["threats"] == "").sum())


def test_counts_are_near_and_rare_codes_become_their_parent():
    parents = {"country": {"CCC": "south", "DDD": "south"}}
    found = measure(TABLE, 0.5, floor=50, parents=parents, generator=np.random.default_rng(2))
    assert found.rolled == {"country": ["CCC", "DDD"]}
    assert found.table.values[TABLE.columns.index("country")] == ("AAA", "BBB", "south")
    at = int(found.table.offsets[found.table.columns.index("country")])
    assert found.single[at] == pytest.approx(3600, abs=150)
    assert found.single[at + 2] == pytest.approx(60, abs=40)
    assert found.pairs.tolist() == found.pairs.T.tolist()


def test_the_cap_bounds_what_one_record_can_change():
    """One record more moves the single counts by at most the square root of the cap in Euclidean length."""
    found = measure(TABLE, 1.0, generator=np.random.default_rng(0))
    assert found.cap <= len(TABLE.columns)
    assert found.noise[0] == pytest.approx(np.sqrt(found.cap / (2 * 0.18)))
    assert found.noise[1] == pytest.approx(np.sqrt(found.cap * (found.cap - 1) / 2 / (2 * 0.80)))


@pytest.fixture(scope="module")
def release():
    return publish(TABLE, epsilon=2.0, generator=np.random.default_rng(3))


def test_synthetic_records_keep_the_counts(release):
    for line, most in zip(release.utility, (0.1, 0.15, 0.35), strict=True):
        assert line.error < most
    assert release.synthetic.codes.shape[0] == pytest.approx(6000, rel=0.03)


def test_nothing_stands_below_the_floor(release):
    assert release.attack.smallest_class >= 15
    assert all(frame["count"].min() >= 15 for frame in release.tables.values())


def test_attacks_stay_within_the_bound(release):
    assert release.attack.advantage <= release.attack.bound
    assert release.attack.reproduced <= 0.02 * max(release.attack.unique, 50)


def test_reports_of_a_perfect_copy():
    """The true table as its own release: no error, and every unique record given away."""
    lines = utility(TABLE, TABLE)
    assert [(line.error, line.suppressed, line.fabricated) for line in lines] == [(0.0, 0, 0.0)] * 3
    found = attack(TABLE, TABLE, epsilon=1.0, delta=1e-6)
    assert found.reproduced == found.unique > 0
    assert found.smallest_class == 1


def test_alike_groups_equal_records():
    first, which, sizes = alike(np.array([[1, 2], [3, 4], [1, 2]], dtype=np.int32))
    assert sorted(sizes.tolist()) == [1, 2]
    assert which[0] == which[2] != which[1]
    assert set(first.tolist()) == {0, 1}


@pytest.mark.parametrize(
    ("epsilon", "delta"), [(0.0, 1e-6), (-1.0, 1e-6), (float("inf"), 1e-6), (1.0, 0.0), (1.0, 1.0)]
)
def test_senseless_budgets_are_refused(epsilon: float, delta: float):
    with pytest.raises(Refusal):
        rho_for(epsilon, delta)


def test_an_empty_column_does_no_harm():
    codes = np.array(TABLE.codes)
    codes[:, 0] = 0
    empty = Table(TABLE.columns, TABLE.values, codes)
    found = publish(empty, epsilon=1.0, test_membership=False, longest=1, generator=np.random.default_rng(1))
    assert (found.synthetic.codes[:, 0] == 0).mean() > 0.98
