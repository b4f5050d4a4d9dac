"""One release: budget, noisy counts, synthetic records, reports."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import polars as pl

from palermo.prevention.methods.choices import FLOOR
from palermo.prevention.methods.release.budget import rho_for
from palermo.prevention.methods.release.floor import floored
from palermo.prevention.methods.release.measure import Measured, measure
from palermo.prevention.methods.release.reports import Attack, Utility, advantage, attack, tables, utility
from palermo.prevention.methods.release.synthesis import SWEEPS, synthesise
from palermo.prevention.methods.release.table import Table

COPIES = 4

Parents = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True, eq=False)
class Release:
    """What may be published, and the two reports that may not.

    Args:
        synthetic: records nobody is behind.
        tables: noisy counts of values and pairs.
        measured: the counts and their noise.
        utility: how much of the truth is kept.
        attack: what attacks find.
        epsilon: of this release.
        delta: at this delta.
    """

    synthetic: Table
    tables: Mapping[str, pl.DataFrame]
    measured: Measured
    utility: tuple[Utility, ...]
    attack: Attack
    epsilon: float
    delta: float


def synthetic_of(
    table: Table, rho: float, *, floor: int, parents: Parents | None, generator: np.random.Generator | None
) -> tuple[Measured, Table]:
    """Noisy counts and the records drawn from them."""
    measured = measure(table, rho, floor=floor, parents=parents, generator=generator)
    candidates = synthesise(measured, sweeps=SWEEPS, copies=COPIES)
    return measured, floored(candidates, measured, k=floor)


def publish(
    table: Table,
    *,
    epsilon: float,
    delta: float | None = None,
    floor: int = FLOOR,
    parents: Parents | None = None,
    test_membership: bool = True,
    longest: int = 3,
    generator: np.random.Generator | None = None,
) -> Release:
    """Make a release under (epsilon, delta)-differential privacy.

    Args:
        table: the records, coded by public lists.
        epsilon: to spend.
        delta: 1/(n ln n) unless given.
        floor: least count of any value, pair and kind of record shown.
        parents: what rare codes become (a country its region), by column; public.
        test_membership: also release from one half of the records, in memory, and look for the other half.
        longest: combinations up to this length in the utility report.
        generator: for tests only.
    """
    records = max(table.codes.shape[0], 3)
    at = delta if delta is not None else 1.0 / (records * np.log(records))
    rho = rho_for(epsilon, at)
    measured, made = synthetic_of(table, rho, floor=floor, parents=parents, generator=generator)
    gained = _membership(table, rho, floor, parents) if test_membership else None
    return Release(
        made,
        tables(measured.table, measured.single, measured.pairs, floor),
        measured,
        utility(table, made, longest=longest),
        attack(table, made, epsilon=epsilon, delta=at, advantage=gained),
        epsilon,
        at,
    )


def _membership(table: Table, rho: float, floor: int, parents: Parents | None) -> float:
    """The advantage of looking a record up in a release made from one half of the data."""
    half = np.random.default_rng(11).permutation(table.codes.shape[0]) % 2 == 0
    inside, outside = (Table(table.columns, table.values, table.codes[side]) for side in (half, ~half))
    _, made = synthetic_of(inside, rho, floor=floor, parents=parents, generator=None)
    return advantage(inside, outside, made)
