"""`palermo estimate`: how many people no list knows."""

import json
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from palermo.cli import file_bytes

if TYPE_CHECKING:
    from palermo.prevention.methods.estimation import Survey


class Choice(StrEnum):
    """The methods, or all of them."""

    STEPWISE = "stepwise"
    BIC = "bic"
    BAYES = "bayes"
    DECOMPOSABLE = "decomposable"
    LATENT = "latent"
    ALL = "all"


def register(app: typer.Typer) -> None:
    """Add `estimate` to the command line."""
    app.command()(estimate)


def estimate(  # options of the command line
    file: Annotated[
        Path | None, typer.Argument(help="CSV: 0/1 for each list and a count, or one row a person.")
    ] = None,
    method: Annotated[
        Choice, typer.Option(help="How to estimate; all shows how far the methods disagree.")
    ] = Choice.ALL,
    threshold: Annotated[
        float, typer.Option(min=0.0, max=1.0, help="p-value below which a pair enters (stepwise).")
    ] = 0.02,
    order: Annotated[int, typer.Option(min=2, max=5, help="Largest interaction searched (bic).")] = 2,
    resamples: Annotated[
        int | None, typer.Option(min=100, max=1_000_000, help="Bootstrap resamples; 10,000 unless the search is long.")
    ] = None,
    seed: Annotated[int, typer.Option(min=0, help="The same seed gives the same figures.")] = 1,
    by: Annotated[
        str, typer.Option(help="Columns that name groups (sex,age,form): each estimated apart, and their sum.")
    ] = "",
    world: Annotated[
        bool, typer.Option("--world", help="Instead of a file: simulated regions, estimates held against the truth.")
    ] = False,
    people: Annotated[int, typer.Option(min=1000, help="With --world: who arrive in each region.")] = 20_000,
    seeds: Annotated[int, typer.Option(min=2, help="With --world: how many regions.")] = 20,
    dependence: Annotated[float, typer.Option(help="With --world: log odds ratio between lists of partners.")] = 0.0,
    heterogeneity: Annotated[
        float, typer.Option(help="With --world: difference in log odds of being listed, by how much people tell.")
    ] = 0.0,
    true_links: Annotated[bool, typer.Option("--true-links", help="With --world: no errors of linkage.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Estimate how many people are on none of several overlapping lists."""
    if world == (file is not None):
        raise typer.BadParameter("Give a file, or --world.")
    if file is None:
        if by:
            raise typer.BadParameter("--by goes with a file.")
        asked = {"dependence": dependence, "heterogeneity": heterogeneity, "linked": not true_links}
        _against_truth(people=people, seeds=seeds, resamples=resamples or 1000, as_json=as_json, **asked)
        return
    data = file_bytes(file)
    if by:
        _by_strata(data, file.name, by, threshold, resamples or 1000, seed, as_json=as_json)
        return
    from palermo.prevention.formats.lists import read_lists
    from palermo.prevention.formats.survey import as_object
    from palermo.prevention.methods.estimation import METHODS, survey

    lists = read_lists(data, name=file.name)
    print("Estimating; the first run on a machine compiles for some 30 seconds.", file=sys.stderr)  # noqa: T201
    wanted = METHODS if method is Choice.ALL else tuple(m for m in METHODS if m == method.value)
    found = survey(lists, methods=wanted, threshold=threshold, order=order, resamples=resamples, seed=seed)
    if as_json:
        typer.echo(json.dumps(as_object(found), ensure_ascii=False, allow_nan=False))
    else:
        show(found)


def _by_strata(data: bytes, name: str, by: str, threshold: float, resamples: int, seed: int, *, as_json: bool) -> None:
    from palermo.prevention.formats.lists import read_strata
    from palermo.prevention.formats.strata import as_object, as_text
    from palermo.prevention.methods.estimation import by_strata

    columns = tuple(part.strip() for part in by.split(",") if part.strip())
    groups = read_strata(data, by=columns, name=name)
    found = by_strata(groups, by=columns, threshold=threshold, resamples=resamples, seed=seed)
    typer.echo(json.dumps(as_object(found), ensure_ascii=False) if as_json else as_text(found))


def _against_truth(*, people: int, seeds: int, resamples: int, as_json: bool, **asked: Any) -> None:
    from rich.progress import track

    from palermo.prevention.formats.trials import as_object, as_text
    from palermo.prevention.methods.estimation.against_truth import against_truth

    numbers = track(range(1, seeds + 1), "Regions", disable=not sys.stderr.isatty())
    found = against_truth(people=people, seeds=numbers, resamples=resamples, **asked)
    typer.echo(json.dumps(as_object(found)) if as_json else as_text(found))


def show(found: "Survey") -> None:
    """The survey as tables: the spread first, since it is the finding."""
    from rich.console import Console
    from rich.table import Table

    console = Console()
    console.print(found.conclusion, style="bold", highlight=False)
    table = Table("method", "estimate", "lower", "upper", "lists that depend on each other", title="By method")
    for each in found.methods:
        table.add_row(
            each.method,
            *map(_text, (each.estimate, each.lower, each.upper)),
            ", ".join("×".join(i) for i in each.interactions),
        )
    console.print(table)
    ties = Table("model (BIC)", "estimate", title="Models the data do not tell apart")
    for each in found.ties:
        names = ", ".join("×".join(i) for i in each.interactions) or "independent lists"
        ties.add_row(f"{names} ({each.figures['bic']:.2f})", _text(each.estimate))
    console.print(ties)
    if found.variants:
        changed = Table("change", "known", "stepwise", "bic", title="If a list were missing, or two were one")
        for variant in found.variants:
            points = [_text(e.estimate) for e in variant.estimates] or [variant.reasons[0], ""]
            changed.add_row(variant.change, f"{variant.observed:,}", *points)
        console.print(changed)
    for each in found.methods:
        for kind, lines in (("warning", each.warnings), ("note", each.notes), ("no estimate", each.reasons)):
            for line in lines:
                console.print(f"{each.method}, {kind}: {line}", highlight=False)


def _text(value: float | None) -> str:
    if value is None:
        return "none"
    return f"{value:,.0f}" if value < float("inf") else "unbounded"
