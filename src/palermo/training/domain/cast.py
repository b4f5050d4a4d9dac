"""To found the agencies of a demonstration and to enrol those who sign in."""

from dataclasses import dataclass, replace
from functools import partial

from django.contrib.auth.hashers import make_password

from palermo.office.domain.agencies import enrol_member, found_agency
from palermo.office.enums import AgencyKind, Role
from palermo.office.models import Agency, Member, Site
from palermo.training.methods.plan import AgencyPlan, Plan
from palermo.world import World

#: ISO 3166-1's user-assigned code: a country that does not exist.
STATE = "XA"
#: For the simulated space alone: there is nothing in it to protect.
PASSWORD = "a-simulated-region"  # noqa: S105


@dataclass
class Cast:
    """Who acts: agencies and the member who works for each, by the plan's keys; sites by the world's facilities.

    Those who do another's work in their agency stand among the members by their sign-in names.
    """

    agencies: dict[str, Agency]
    members: dict[str, Member]
    responder: Member
    manager: Member
    sites: dict[str, Site]


_ROLES: dict[str, list[Role]] = {
    AgencyKind.NATIONAL_CO_ORDINATOR: [Role.CO_ORDINATOR],
    AgencyKind.MIGRATION_ENFORCEMENT: [Role.OFFICER],
    AgencyKind.COMPETENT_AUTHORITY: [Role.DECISION_MAKER, Role.CASE_MANAGER],
}
_RECEPTION = (
    ("responder", "A. First-Responder", [Role.FIRST_RESPONDER]),
    ("manager", "B. Case-Manager", [Role.CASE_MANAGER]),
    ("protection-officer", "C. Data-Protection", [Role.DATA_PROTECTION_OFFICER]),
    ("administrator", "D. Administrator", [Role.ADMINISTRATOR]),
)
#: Members of other agencies who do another's work there: by the agency's kind.
_BESIDE: dict[str, tuple[tuple[str, str, list[Role]], ...]] = {
    AgencyKind.NATIONAL_CO_ORDINATOR: (
        ("rapporteur", "E. Analyst", [Role.ANALYST]),
        ("protocol", "F. Protocol-Officer", [Role.PROTOCOL_OFFICER]),
    ),
    AgencyKind.COMPETENT_AUTHORITY: (("appeals", "H. Second-Decision-Maker", [Role.DECISION_MAKER]),),
    AgencyKind.PROSECUTION: (("investigator", "G. Financial-Investigator", [Role.INVESTIGATOR]),),
}


def found_cast(*, plan: Plan, world: World) -> Cast:
    """Found every agency of the plan with its members; reception gets a site for each facility of the world."""
    agencies, members = {}, {}
    enrol = partial(_enrol, make_password(PASSWORD))
    for row in plan.agencies:
        agency = _found(row)
        agencies[row.key] = agency
        if row.user:
            roles = _ROLES.get(row.kind, [Role.CASE_MANAGER])
            members[row.key] = enrol(agency, row.user, f"{row.name}, staff", roles)
        for username, name, roles in _BESIDE.get(row.kind, ()):
            members[username] = enrol(agency, username, name, roles)
    reception = agencies["reception"]
    staff = [enrol(reception, username, name, roles) for username, name, roles in _RECEPTION]
    sites = {
        facility["facility_id"]: Site.objects.using("owner").create(
            agency=reception,
            name=facility["name"],
            column=ord(facility["tile"][0]) - ord("A"),
            row=8 - int(facility["tile"][1:]),
            capacity=facility["capacity"],
        )
        for facility in world.tables["facilities"].to_pylist()
    }
    return _at_work(Cast(agencies, members, staff[0], staff[1], sites))


def _at_work(cast: Cast) -> Cast:
    """The same, read through the application's login, as `acting_as` asks."""
    agencies, members = Agency.objects.in_bulk(), Member.objects.select_related("agency").in_bulk()
    return replace(
        cast,
        agencies={key: agencies[agency.pk] for key, agency in cast.agencies.items()},
        members={key: members[member.pk] for key, member in cast.members.items()},
        responder=members[cast.responder.pk],
        manager=members[cast.manager.pk],
    )


def _found(row: AgencyPlan) -> Agency:
    return found_agency(
        name=row.name,
        kind=row.kind,
        state=STATE,
        offers=row.offers,
        phone=row.phone,
        has_account=row.has_account,
        answer_within_hours=row.answer_within_hours,
    )


def _enrol(hashed: str, agency: Agency, username: str, name: str, roles: list[Role]) -> Member:
    return enrol_member(agency=agency, username=username, name=name, roles=roles, password=PASSWORD, hashed=hashed)[0]


def signs() -> list[tuple[str, str, str]]:
    """Names to sign in with, with role and agency, for the table that the demonstration prints."""
    members = Member.objects.using("owner").filter(kind=Member.Kind.PERSON)
    return [
        (member.username, ", ".join(str(Role(role).label) for role in member.roles), member.agency.name)
        for member in members
    ]
