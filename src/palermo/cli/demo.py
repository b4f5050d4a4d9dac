"""`palermo demo`: a simulated region, the main job run on it, its table, and the site to look at it."""

import json
import os
from typing import Annotated, Any

import typer

from palermo.vocabulary.errors import Refusal


def register(app: typer.Typer) -> None:
    """Add `palermo demo`."""
    app.command("demo")(demo)


def demo(
    *,
    people: Annotated[int, typer.Option(min=50, help="How many people arrive.")] = 1000,
    seed: Annotated[int, typer.Option(min=0, help="The same seed gives the same region.")] = 7,
    once: Annotated[bool, typer.Option("--once", help="Make a fresh space, print its table and stop.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object (with --once).")] = False,
    port: Annotated[int, typer.Option(help="Where the site is served, at 127.0.0.1.")] = 8000,
) -> None:
    """Run arrivals, screening, case and referral on a simulated region; then serve the site."""
    if as_json and not once:
        raise typer.BadParameter("--json goes with --once.")
    from palermo.web.database import space

    if os.environ.get("PALERMO_SPACE") and space() != "simulated":
        raise Refusal(
            "a demonstration is held in the simulated space only.",
            where="PALERMO_SPACE",
            remedy="Set it to simulated, or leave it out.",
        )
    os.environ["PALERMO_SPACE"] = "simulated"
    listener: Any = None
    if not once:
        from palermo.web.serve import open_port

        listener = open_port(port)
    figures, signs = _figures(people, seed, fresh=once)
    if as_json:
        typer.echo(json.dumps(figures))
        return
    _print(figures, signs)
    if not once:
        from palermo.web.serve import serve

        typer.echo(f"\nThe site is at http://127.0.0.1:{port}/ — stop it with Ctrl+C; nothing is lost.", err=True)
        serve(listener)


def _figures(people: int, seed: int, *, fresh: bool) -> tuple[dict[str, Any], list[tuple[str, str, str]]]:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "palermo.web.settings")
    django.setup()
    from django.db import connections

    from palermo.office.domain.keyring import fit_space
    from palermo.training.domain.cast import signs
    from palermo.training.domain.demonstration import hold_demonstration
    from palermo.training.models import Demonstration
    from palermo.web.database import DATABASES, fresh_space, making_alone, prepare

    prepare("simulated")
    held: Any = None if fresh else Demonstration.objects.using("owner").exclude(figures=None).first()
    if held is None:
        # The question opened a connection, and whoever is connected to the old space is cut off.
        connections.close_all()
        with making_alone(DATABASES["simulated"]), _progress() as tell:
            fresh_space(DATABASES["simulated"])
            fit_space(simulated=True)
            held, _ = hold_demonstration(people=people, seed=seed, tell=tell)
    _fill_desk(held.seed)
    _fill_room(held.seed)
    return held.figures, signs()


def _fill_desk(seed: int) -> None:
    """Commitments and a simulated year of events on the co-ordinator's desk, where they are not there yet.

    All of it or nothing: a demonstration that was stopped here is filled at the next start.
    """
    from palermo.office import clock
    from palermo.office.domain.acting import acting_as
    from palermo.office.models import Member
    from palermo.partnership.domain.commitments import load_commitments
    from palermo.partnership.domain.simulated import pour_year
    from palermo.partnership.methods.simulated_year import make_year
    from palermo.partnership.models import Instrument

    if Instrument.objects.using("owner").exists():
        return
    member = Member.objects.get(username="protocol")
    with acting_as(member, whole=True):
        load_commitments(member=member)
        pour_year(member=member, year=make_year(seed=seed, year=clock.now().year - 1))


def _fill_room(seed: int) -> None:
    """A study of a simulated region in the analyst's room, where there is none yet; all of it or nothing."""
    from palermo.office import clock
    from palermo.office.models import Member
    from palermo.prevention.domain.simulated import hold_study
    from palermo.prevention.models import Study

    if Study.objects.using("owner").exists():
        return
    analyst = Member.objects.select_related("agency").get(username="rapporteur")
    hold_study(member=analyst, today=clock.now().date(), seed=seed)


def _progress() -> Any:
    from contextlib import contextmanager

    from rich.console import Console

    @contextmanager
    def status() -> Any:
        console = Console(stderr=True)
        with console.status("…") as shown:

            def tell(line: str) -> None:
                shown.update(line)
                if not console.is_terminal:
                    console.print(line)

            yield tell

    return status()


_LINES = (
    ("arrived", "Arrived", ""),
    ("screened", "Screened", "arrived"),
    ("presumed", "Presumed victims, confirmed by a person", "screened"),
    ("referred", "Referred", "presumed"),
    ("referred_within_24h", "… within 24 hours of the presumption", "referred"),
    ("referrals", "Referrals sent", ""),
    ("answered_in_time", "… answered in time", "referrals"),
    ("children", "Children, and age not sure", ""),
    ("children_with_guardian_request", "… with a guardian asked for", "children"),
)


#: In this order, whatever the database makes of it (it keeps no order of keys); other groups follow by name.
_GROUPS = (
    "under 15", "15 to 17", "18 to 29", "30 and over",
    "low", "middle", "high",
)  # fmt: skip
#: An interval as wide as this says that few were counted.
WIDE = 0.3


def rate_rows(rates: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    """Lines of the second table: label and rate; subgroups by form, age and reticence, each said to be so."""
    rows = [("sensitivity", rates["sensitivity"]), ("specificity", rates["specificity"])]
    for by in ("form", "age", "reticence"):
        groups = rates["sensitivity_by"].get(by, {})
        order = sorted(groups, key=lambda g: (_GROUPS.index(g) if g in _GROUPS else -1, g))
        rows += [(f"sensitivity, {by}: {group.replace('_', ' ') or 'not known'}", groups[group]) for group in order]
    return rows


def interval_in_words(interval: list[float] | None) -> str:
    """The 95 % interval, and a word of warning where it is wide."""
    if interval is None:
        return "–"
    low, high = interval
    return f"{low:.2f} to {high:.2f}" + (" (few)" if high - low >= WIDE else "")


def _print(figures: dict[str, Any], signs: list[tuple[str, str, str]]) -> None:
    from rich.console import Console
    from rich.table import Table

    console = Console()
    table = Table("", "number", "share", title="What the records say")
    for key, label, whole in _LINES:
        share = f"{figures[key] / figures[whole]:.0%}" if whole and figures[whole] else ""
        table.add_row(label, f"{figures[key]:,}", share)
    console.print(table)
    against = Table("against the truth of the region", "share", "counted", "95 % interval")
    rates = figures["rates"]
    for label, rate in rate_rows(rates):
        value = "–" if rate["value"] is None else f"{rate['value']:.2f}"
        against.add_row(label, value, f"{rate['hits']} of {rate['of']}", interval_in_words(rate["interval"]))
    console.print(against)
    names = Table(
        "sign in as", "role", "agency", title="Password for all: a-simulated-region; the code is shown at the door"
    )
    for sign in signs:
        names.add_row(*sign)
    console.print(names)
