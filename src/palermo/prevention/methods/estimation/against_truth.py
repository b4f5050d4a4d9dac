"""Estimates held against simulated regions whose truth is known: bias and coverage, also with errors of linkage."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import polars as pl

from palermo.prevention.methods.estimation.error_rates import head
from palermo.prevention.methods.estimation.lists import Lists
from palermo.prevention.methods.estimation.strata import Group, over_readings
from palermo.prevention.methods.linkage import link, standardise
from palermo.prevention.methods.linkage.overlaps import overlaps, readings
from palermo.world import World, make_world
from palermo.world.histories import capture_histories

PATHS = ("adult", "child")
READINGS = 9  # of the links, beside the likeliest


@dataclass(frozen=True, slots=True)
class Trial:
    """One region.

    Args:
        seed: of the region.
        truth: victims there are.
        known: persons on some list, as linked.
        estimate: of all presumed victims, adults and children estimated apart.
        lower: of its 95 % interval.
        upper: of the same.
        warnings: the names of those that the total carries.
        notes: the names of those that a group's estimate carries.
    """

    seed: int
    truth: int
    known: int
    estimate: float
    lower: float
    upper: float
    warnings: tuple[str, ...]
    notes: tuple[str, ...]

    @property
    def warned(self) -> bool:
        """Whether the reader is told not to rely on the interval."""
        return bool(self.warnings)

    @property
    def covers(self) -> bool:
        """Whether the interval holds the truth."""
        return self.lower <= self.truth <= self.upper


@dataclass(frozen=True, slots=True)
class Trials:
    """What many regions say.

    Args:
        trials: one a seed.
        coverage: share of intervals that hold the truth.
        monte_carlo_error: standard error of that share.
        bias: median of estimate / truth - 1.
        known: median share of victims whom some list knows.
        warned_where_missed: regions with a warning among those whose interval misses.
        warned_where_held: regions with a warning among those whose interval holds.
        told: of each warning and note by name, in how many regions that miss and that hold it stood.
    """

    trials: tuple[Trial, ...]
    coverage: float
    monte_carlo_error: float
    bias: float
    known: float
    warned_where_missed: int
    warned_where_held: int
    told: Mapping[str, tuple[int, int]]


def against_truth(
    *,
    people: int,
    seeds: Iterable[int],
    dependence: float = 0.0,
    heterogeneity: float = 0.0,
    linked: bool = True,
    carry: bool = True,
    resamples: int = 1000,
) -> Trials:
    """Make a region for each seed, link its agencies' lists, estimate, and compare with how many victims there are.

    Agencies also presume some people wrongly; those are left out of the lists, as a rapporteur counts those who were
    identified afterwards. What is left is the error of linkage, of dependence and of sampling.

    Args:
        people: who arrive in each region.
        seeds: of the regions.
        dependence: log odds ratio between the lists of partners (palermo.world.make_world).
        heterogeneity: difference in log odds of being listed between those who tell more and less.
        linked: link the lists by name, date, sex, citizenship and where people were met; else take the true links.
        carry: carry the doubt of the links into the interval; else take them as certain.
        resamples: of each group.
    """
    trials = []
    for seed in seeds:
        world = make_world(people=people, seed=seed, dependence=dependence, heterogeneity=heterogeneity)
        trials.append(_trial(world, seed=seed, linked=linked, carry=carry, resamples=resamples))
    held = np.array([trial.covers for trial in trials])
    warned = np.array([trial.warned for trial in trials])
    coverage = float(held.mean())
    return Trials(
        tuple(trials),
        coverage,
        float(np.sqrt(coverage * (1 - coverage) / len(trials))),
        float(np.median([trial.estimate / trial.truth - 1 for trial in trials])),
        float(np.median([trial.known / trial.truth for trial in trials])),
        int((warned & ~held).sum()),
        int((warned & held).sum()),
        _told(trials),
    )


def _told(trials: Iterable[Trial]) -> dict[str, tuple[int, int]]:
    """How often each warning and each note stood: in regions whose interval misses, and whose interval holds."""
    counted = {
        covers: Counter(
            name
            for trial in trials
            if trial.covers is covers
            for name in (*(f"warning: {w}" for w in trial.warnings), *(f"note: {n}" for n in trial.notes))
        )
        for covers in (False, True)
    }
    names = sorted(counted[False] | counted[True], reverse=True)
    return {name: (counted[False][name], counted[True][name]) for name in names}


def _trial(world: World, *, seed: int, linked: bool, carry: bool, resamples: int) -> Trial:
    every = _linked(world, seed) if linked else [dict(_true(world))]
    found = over_readings(every if carry else every[:1], by=("path",), resamples=resamples, seed=seed)
    notes = {head(note) for stratum in found.groups if stratum.estimate for note in stratum.estimate.notes}
    return Trial(
        seed=seed,
        truth=int(world.truth["persons"]["victim"].to_numpy().sum()),
        known=sum(lists.observed for lists in every[0].values()),
        estimate=found.total,
        lower=found.lower,
        upper=found.upper,
        warnings=tuple(head(warning) for warning in found.warnings),
        notes=tuple(sorted(notes)),
    )


def _persons(world: World) -> pl.DataFrame:
    persons = pl.from_arrow(world.truth["persons"].select(["person_id", "victim", "child"]))
    assert isinstance(persons, pl.DataFrame)
    return persons.with_columns(path=pl.when("child").then(pl.lit("child")).otherwise(pl.lit("adult")))


def _true(world: World) -> Iterator[tuple[Group, Lists]]:
    histories = pl.from_arrow(capture_histories(world, only_victims=True))
    assert isinstance(histories, pl.DataFrame)
    table = histories.join(_persons(world).select("person_id", "path"), on="person_id")
    agencies = [name for name in histories.columns if name != "person_id"]
    for path in PATHS:
        seen = table.filter(pl.col("path") == path).select(agencies).to_numpy().astype(np.int64)
        cells = seen @ (1 << np.arange(len(agencies)))
        yield (path,), Lists(tuple(agencies), np.bincount(cells, minlength=1 << len(agencies)).astype(np.float64))


def _linked(world: World, seed: int) -> list[dict[Group, Lists]]:
    """Lists as linked, then as other readings of the doubtful links have them."""
    listed = pl.from_arrow(world.tables["lists"])
    owners = pl.from_arrow(world.truth["list_links"].select(["list_row", "person_id"]))
    assert isinstance(listed, pl.DataFrame)
    assert isinstance(owners, pl.DataFrame)
    rows = (
        listed.join(owners, on="list_row")
        .join(_persons(world), on="person_id")
        .filter(pl.col("presumed") & pl.col("victim"))
    )
    sheet = rows.select(
        record="list_row",
        source=pl.col("agency").cast(pl.String),
        given="given_name",
        family="family_name",
        birth_date=pl.col("birth_date").cast(pl.String),
        sex=pl.col("sex").cast(pl.String),
        citizenship=pl.col("citizenship").cast(pl.String),
        met=pl.col("tile").cast(pl.String),
    )
    links = link(standardise(sheet, source="lists"), seed=seed)
    path = rows.select(record="list_row", path="path")
    every = [links.records, *readings(links, draws=READINGS, seed=seed)]
    return [_by_path(records.join(path, on="record")) for records in every]


def _by_path(together: pl.DataFrame) -> dict[Group, Lists]:
    """Overlaps of adults and of children; a cluster is a child where most of its rows were met as one."""
    most = together.group_by("cluster").agg(pl.col("path").mode().sort().first())
    placed = together.drop("path").join(most, on="cluster")
    parts = {(one,): placed.filter(pl.col("path") == one) for one in PATHS}
    return {group: overlaps(part) for group, part in parts.items() if part.height}
