"""``palermo world``: make a simulated region and write it as Parquet, with the truth in a folder of its own."""

import json
from pathlib import Path
from typing import Annotated

import typer


def register(app: typer.Typer) -> None:
    """Add ``palermo world``."""
    app.command("world")(make)


def make(
    *,
    people: Annotated[int, typer.Option(help="How many people arrive.")],
    seed: Annotated[int, typer.Option(help="The same seed gives the same world, byte for byte.")],
    out: Annotated[
        Path,
        typer.Option(
            help="Directory for the tables, the truth goes to its folder truth/: new, empty,"
            " or one with an earlier world and nothing else, which is replaced."
        ),
    ],
    days: Annotated[int, typer.Option(help="Over how many days they arrive.")] = 30,
    prevalence: Annotated[float | None, typer.Option(help="Share of people held by a network.")] = None,
    disclosure: Annotated[float | None, typer.Option(help="Mean share of sensitive answers given at first.")] = None,
    noise: Annotated[float, typer.Option(help="Factor on hardship that looks like trafficking.")] = 1.0,
    dependence: Annotated[float, typer.Option(help="Log odds ratio between lists of partner agencies.")] = 0.0,
    heterogeneity: Annotated[float, typer.Option(help="Log odds between those who tell more and less.")] = 0.0,
    money: Annotated[
        bool, typer.Option("--money", help="Also the ledger: accounts and transfers, with truth.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Make a simulated region: people, networks, answers, agencies' lists, and the truth beside them."""
    import pyarrow.compute as pc

    from palermo.world import check_place, make_world, write_world

    check_place(out)
    typer.echo(f"Making a world of {people:,} people …", err=True)
    world = make_world(
        people=people,
        seed=seed,
        days=days,
        prevalence=prevalence,
        disclosure=disclosure,
        noise=noise,
        dependence=dependence,
        heterogeneity=heterogeneity,
        money=money,
    )
    files = write_world(world, out)
    persons = world.truth["persons"]
    figures = {
        "people": len(persons),
        "victims": pc.sum(persons["victim"]).as_py(),
        "children": pc.sum(persons["child"]).as_py(),
        "networks": len(world.truth["networks"]),
        "events": len(world.truth["events"]),
        "list_rows": len(world.tables["lists"]),
    }
    if money:
        figures["accounts"] = len(world.tables["accounts"])
        figures["transfers"] = len(world.tables["transfers"])
    if as_json:
        report = {"directory": str(out), "parameters": world.parameters} | figures | {"files": files}
        typer.echo(json.dumps(report))
        return
    for name, value in figures.items():
        typer.echo(f"{name.replace('_', ' '):<10} {value:>12,}")
