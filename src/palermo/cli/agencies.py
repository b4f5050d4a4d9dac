"""`palermo agency …` and `palermo member …`: to found agencies and to enrol their first members."""

import json
from typing import Annotated

import typer

Json = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]


def register(app: typer.Typer) -> None:
    """Add the groups `agency` and `member`."""
    agencies = typer.Typer(help="Found agencies.", no_args_is_help=True)
    agencies.command("add")(add_agency)
    agencies.command("list")(list_agencies)
    app.add_typer(agencies, name="agency")
    members = typer.Typer(help="Enrol members.", no_args_is_help=True)
    members.command("add")(add_member)
    app.add_typer(members, name="member")


def add_agency(
    *,
    name: Annotated[str, typer.Argument(help="Its name.")],
    kind: Annotated[str, typer.Option(help="What it is, for example first_reception; see docs/rooms/office.md.")],
    state: Annotated[str, typer.Option(help="ISO 3166-1 alpha-2 of its State.")],
    offers: Annotated[str, typer.Option(help="What it offers, in plain words.")] = "",
    phone: Annotated[str, typer.Option(help="Whom to call.")] = "",
    hours: Annotated[int, typer.Option(min=1, help="Hours within which it answers a referral.")] = 24,
    account: Annotated[bool, typer.Option(help="Whether it signs in; if not, it is reached by sealed link.")] = True,
    as_json: Json = False,
) -> None:
    """Found an agency with the mandate of its kind."""
    from palermo.web.enter import enter_space

    enter_space()
    from palermo.office.domain.agencies import found_agency

    agency = found_agency(
        name=name,
        kind=kind,
        state=state.upper(),
        offers=offers,
        phone=phone,
        has_account=account,
        answer_within_hours=hours,
    )
    if as_json:
        typer.echo(json.dumps({"id": str(agency.pk), "name": agency.name, "purposes": agency.purposes}))
    else:
        typer.echo(f"{agency.name} was founded; it may receive data for: {', '.join(agency.purposes) or 'nothing'}.")


def list_agencies(*, as_json: Json = False) -> None:
    """List the agencies."""
    from palermo.web.enter import enter_space

    enter_space()
    from palermo.office.models import Agency

    found = [{"id": str(one.pk), "name": one.name, "kind": one.kind} for one in Agency.objects.all()]
    if as_json:
        typer.echo(json.dumps({"agencies": found}))
        return
    for one in found:
        typer.echo(f"{one['name']} ({one['kind']})")


def add_member(
    *,
    username: Annotated[str, typer.Argument(help="Sign-in name.")],
    name: Annotated[str, typer.Option(help="The member's name.")],
    agency: Annotated[str, typer.Option(help="Name of the agency.")],
    role: Annotated[list[str], typer.Option(help="A role, for example administrator; may be given several times.")],
    as_json: Json = False,
) -> None:
    """Enrol a member; the first password is printed once and must be changed at the first sign-in."""
    from palermo.web.enter import enter_space

    enter_space()
    from palermo.office.domain.agencies import agency_named, enrol_member

    member, password = enrol_member(agency=agency_named(name=agency), username=username, name=name, roles=role)
    if as_json:
        typer.echo(json.dumps({"id": str(member.pk), "username": username, "first_password": password}))
    else:
        typer.echo(f"{username} of {agency} was enrolled. First password, shown once: {password}")
