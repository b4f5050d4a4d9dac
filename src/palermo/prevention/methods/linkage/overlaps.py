"""What alone leaves the linkage: how many people are on which lists, and how far doubtful links move the estimate."""

from dataclasses import dataclass

import numpy as np
import polars as pl

from palermo.prevention.methods.estimation.cells import Floats, pairs
from palermo.prevention.methods.estimation.lists import Lists
from palermo.prevention.methods.estimation.stepwise import stepwise, stepwise_many
from palermo.prevention.methods.linkage.clusters import cluster
from palermo.prevention.methods.linkage.link import CAP, CUT, FLOOR, Links
from palermo.vocabulary.errors import Refusal

LEVEL = 0.95
SURE = 0.02  # a cut is drawn so that pairs of probability 2 % to 98 % may go either way


def overlaps(records: pl.DataFrame) -> Lists:
    """Counts of capture histories from records (record, source, cluster); on a list twice counts once."""
    names = tuple(sorted(records["source"].unique().to_list()))
    bits = {name: 1 << k for k, name in enumerate(names)}
    seen = records.select("cluster", bit=pl.col("source").replace_strict(bits, return_dtype=pl.Int64)).unique()
    cells = seen.group_by("cluster").agg(pl.col("bit").sum())["bit"].to_numpy()
    return Lists(names, np.bincount(cells, minlength=1 << len(names)).astype(np.float64))


@dataclass(frozen=True, slots=True)
class Carried:
    """An estimate that carries the doubt of the links.

    Args:
        estimate: median over draws of links and of persons.
        lower: of the 95 % interval over both.
        upper: of the same.
        strict: estimate if only near-certain links held.
        lenient: estimate if every doubtful link held.
        shared: persons on two lists or more, fewest and most over the draws.
    """

    estimate: float
    lower: float
    upper: float
    strict: float
    lenient: float
    shared: tuple[int, int]


def carried(links: Links, *, draws: int = 25, resamples: int = 40, threshold: float = 0.02, seed: int = 1) -> Carried:
    """Estimate stepwise over many readings of the links, each with resampled persons.

    A model of agreement that is too strict or too lenient is so for all pairs at once, so one cut is drawn for all:
    the errors do not cancel, as they would if each pair were drawn on its own.

    Args:
        links: as `link` gives.
        draws: readings of the links.
        resamples: of persons within each reading.
        threshold: of the stepwise choice.
        seed: of the draws.

    Raises:
        Refusal: fewer than three sources.
    """
    tables = [overlaps(_reclustered(links, share)) for share in (SURE, 1 - SURE)]
    tables += [overlaps(records) for records in readings(links, draws=draws, seed=seed)]
    t = tables[0].size
    if t < 3:
        raise Refusal(f"{t} sources cannot show whether they depend on each other; three are the least.")
    candidates = pairs(t)
    points = [_total(table, stepwise(table.counts, t, candidates, threshold)[1]) for table in tables]
    rng = np.random.default_rng([seed, 5])
    totals: list[Floats] = []
    for table in tables[2:]:
        drawn = rng.multinomial(table.observed, table.counts / table.observed, size=resamples).astype(np.float64)
        totals.append(table.observed + stepwise_many(drawn, t, candidates, threshold))
    every = np.minimum(np.concatenate(totals), 1e250)
    lower, middle, upper = np.quantile(every, [(1 - LEVEL) / 2, 0.5, (1 + LEVEL) / 2])
    shared = [table.shared for table in tables]
    return Carried(float(middle), float(lower), float(upper), points[1], points[0], (min(shared), max(shared)))


def readings(links: Links, *, draws: int, seed: int = 1) -> list[pl.DataFrame]:
    """The records as people, once for each of several cuts drawn between "doubtful links hold" and "they do not".

    A model of agreement that is too strict or too lenient is so for all pairs at once, so one cut is drawn for all.

    Args:
        links: as `link` gives.
        draws: how many.
        seed: of the draws, which are spread evenly over the doubt.
    """
    rng = np.random.default_rng(seed)
    spread = (np.arange(draws) + rng.random(draws)) / draws
    return [_reclustered(links, float(share)) for share in SURE + (1 - 2 * SURE) * spread]


def _total(table: Lists, unseen: float) -> float:
    return table.observed + float(unseen)


def _reclustered(links: Links, share: float) -> pl.DataFrame:
    """The records clustered anew, pairs of at least that probability taken as one person's."""
    move = float(np.log2(share / (1 - share)))
    rows = {record: row for row, record in enumerate(links.records["record"].to_list())}
    left = np.array([rows[r] for r in links.pairs["left"]], dtype=np.int64)
    right = np.array([rows[r] for r in links.pairs["right"]], dtype=np.int64)
    weights = links.pairs["weight"].to_numpy()
    groups = cluster(links.records.height, left, right, weights, floor=FLOOR, cut=CUT + move, cap=CAP)
    return links.records.with_columns(cluster=pl.Series(groups))
