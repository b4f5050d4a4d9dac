"""One study of a demonstration: a simulated region's lists, an estimate, a release and a series, for its analyst.

Everybody in it is the world's invention, and its truth is known: `palermo estimate --world` compares.
"""

import datetime as dt
import io

import numpy as np
import polars as pl

from palermo.office.domain.acting import acting_as
from palermo.office.models import Member
from palermo.prevention.domain.budgets import set_budget
from palermo.prevention.domain.cases import keep_cases
from palermo.prevention.domain.deciding import decide_release
from palermo.prevention.domain.estimates import ask_estimate, estimate
from palermo.prevention.domain.lists import keep_lists
from palermo.prevention.domain.publishing import publish_estimate
from palermo.prevention.domain.releases import ask_release, make_release
from palermo.prevention.domain.series import keep_series
from palermo.prevention.domain.series_releases import ask_series_release
from palermo.prevention.domain.studies import open_study
from palermo.prevention.models import Release, Run, Study
from palermo.world import World, make_world
from palermo.world.histories import capture_histories

#: Lists of agencies that work as one are put together: whom either knows, both know.
TOGETHER = {
    "reception": ("first_reception", "asylum"),
    "police": ("police", "labour_inspectorate"),
    "ngo": ("ngo",),
    "services": ("health", "municipality", "child_protection"),
}
PEOPLE = 12_000
_UNIT = "Linkage unit of the simulated region"


def hold_study(*, member: Member, today: dt.date, seed: int) -> Study:
    """Open a study and do in it what its analyst would: lists, estimate, budget, release, series; the rest is asked.

    Two methods are answered at once; all five are left to the worker.

    Args:
        member: an analyst.
        today: by the exercise's clock.
        seed: the same seed gives the same region, lists and series (the noise of the release is never repeated).
    """
    world = make_world(people=PEOPLE, seed=seed)
    year = today.year - 1
    with acting_as(member, whole=True):
        study = open_study(
            member=member,
            title=f"Trafficking in the simulated region, {year}",
            question="How many people were held by traffickers, known to some agency or to none?",
            start=dt.date(year, 1, 1),
            end=dt.date(year, 12, 31),
            place="The simulated region",
            population="Adults and children of every form of exploitation, identified or not.",
            basis="law",
            basis_reference="Act on the rapporteur of the simulated region, Article 4",
        )
        _estimate(member, study, world, today)
        _release(member, study, world)
        series = keep_series(
            member=member,
            study=study,
            name="hotline.csv",
            data=simulated_weeks(until=today, seed=seed),
            source="Calls that led to a presumption, by the hotline of the simulated region",
        )
        _made_public(
            member=member,
            asked=ask_series_release(member=member, series=series, title="Calls by week", epsilon=1, floor=5),
            reason="Simulated: no week below the floor is shown, and membership stays within its bound.",
        )
    return study


def lists_of(world: World) -> bytes:
    """Capture histories of the world's victims on four lists, by age, as a linkage unit would deliver them."""
    seen = pl.DataFrame(capture_histories(world, only_victims=True))
    persons = pl.DataFrame(world.truth["persons"].select(["person_id", "child"]))
    lists = [pl.max_horizontal(parts).alias(name) for name, parts in TOGETHER.items()]
    age = pl.when("child").then(pl.lit("under 18")).otherwise(pl.lit("18 and over")).alias("age")
    table = seen.join(persons, on="person_id").select(*lists, age)
    counts = table.group_by(*TOGETHER, "age").len("count").sort(*TOGETHER, "age")
    return _csv(counts)


def _csv(frame: pl.DataFrame) -> bytes:
    out = io.BytesIO()
    frame.write_csv(out)
    return out.getvalue()


def _estimate(member: Member, study: Study, world: World, today: dt.date) -> None:
    table = keep_lists(
        member=member,
        study=study,
        name="overlaps.csv",
        data=lists_of(world),
        linkage="hashed",
        delivered_by=_UNIT,
        delivered_on=today,
        by=["age"],
    )
    asked = ask_estimate(member=member, table=table, methods=("stepwise", "decomposable"), resamples=500)
    run = Run.objects.select_related("agency", "table", "study").get(pk=asked.pk)
    while run.state in ("queued", "working"):
        run = estimate(run=run)
    if run.state == "done":
        publish_estimate(member=member, run=run, reason="Simulated: agreed by the board of the rapporteur.")
    ask_estimate(member=member, table=table, resamples=2_000)


def cases_of(world: World) -> bytes:
    """The world's victims as coded cases: sex, age band, form of exploitation, region of citizenship."""
    truth = pl.DataFrame(world.truth["persons"].select(["person_id", "victim", "form", "age"]))
    people = pl.DataFrame(world.tables["people"].select(["person_id", "sex"]))
    age = pl.col("age")
    young = pl.when(age < 15).then(pl.lit("under 15")).when(age < 18).then(pl.lit("15 to 17"))
    bands = young.when(age < 30).then(pl.lit("18 to 29")).otherwise(pl.lit("30 and over"))
    table = truth.filter("victim").join(people, on="person_id").select(
        pl.col("sex").cast(pl.String), bands.alias("age"), pl.col("form").cast(pl.String)
    )  # fmt: skip
    return _csv(table)


def _release(member: Member, study: Study, world: World) -> None:
    set_budget(member=member, study=study, epsilon=4, reason="Simulated: agreed with the data protection officer.")
    table = keep_cases(member=member, study=study, name="cases.csv", data=cases_of(world), delivered_by=_UNIT)
    for title in ("Victims by sex, age and form", "The same, for review"):
        asked = ask_release(member=member, table=table, title=title, epsilon=1)
        reason = "Simulated: nothing rare is shown, and membership stays within its bound."
        _made_public(member=member, asked=asked, reason=reason if title.startswith("Victims") else "")


def _made_public(*, member: Member, asked: Release, reason: str) -> None:
    """Make a release that was asked for; publish it where there is a reason."""
    found = Release.objects.select_related("agency", "table", "series", "study").get(pk=asked.pk)
    release = make_release(release=found)
    if reason and release.state == "review":
        decide_release(member=member, release=release, publish=True, reason=reason)


def simulated_weeks(*, until: dt.date, seed: int, years: int = 5) -> bytes:
    """Weekly counts with a season, a new hotline two years ago (effort and finds rise) and a rise two months ago."""
    dice, weeks = np.random.default_rng(seed), years * 52
    monday = until - dt.timedelta(days=until.weekday())
    lines = ["date,count,effort,change"]
    for n in range(weeks):
        week = monday - dt.timedelta(weeks=weeks - 1 - n)
        effort = 60.0 if n >= weeks - 104 else 40.0
        rate = 0.3 * (1 + 0.25 * np.sin(2 * np.pi * n / 52)) * (2.4 if weeks - 9 <= n < weeks - 5 else 1.0)
        lines.append(f"{week},{dice.poisson(rate * effort)},{effort:g},{int(n == weeks - 104)}")
    return ("\n".join(lines) + "\n").encode()
