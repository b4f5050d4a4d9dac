"""A small house of agencies with members in every one, as tests find it. Everybody in it is invented."""

from types import SimpleNamespace

from palermo.office.enums import AgencyKind, Role

PASSWORD = "a long first password"
#: Short name → kind, name, whether it signs in, and its members by the end of their names.
AGENCIES = {
    "reception": (
        AgencyKind.FIRST_RECEPTION,
        "Harbour Reception",
        {
            "responder": Role.FIRST_RESPONDER,
            "manager": Role.CASE_MANAGER,
            "dpo": Role.DATA_PROTECTION_OFFICER,
            "admin": Role.ADMINISTRATOR,
        },
    ),
    "shelter": (
        AgencyKind.SERVICE_PROVIDER,
        "Lighthouse Shelter",
        {
            "worker": Role.SERVICE_WORKER,
            "manager": Role.CASE_MANAGER,
            "dpo": Role.DATA_PROTECTION_OFFICER,
            "admin": Role.ADMINISTRATOR,
        },
    ),
    "clinic": (AgencyKind.SERVICE_PROVIDER, "Quay Clinic", {}),
    "police": (
        AgencyKind.POLICE_SPECIAL,
        "Special Unit",
        {"manager": Role.CASE_MANAGER, "dpo": Role.DATA_PROTECTION_OFFICER},
    ),
    "authority": (
        AgencyKind.COMPETENT_AUTHORITY,
        "Identification Authority",
        {"decider": Role.DECISION_MAKER, "second_decider": Role.DECISION_MAKER},
    ),
    "children": (AgencyKind.CHILD_PROTECTION, "Child Protection", {"manager": Role.CASE_MANAGER}),
    "national": (AgencyKind.NATIONAL_CO_ORDINATOR, "National Co-ordinator", {"co_ordinator": Role.CO_ORDINATOR}),
    "border": (AgencyKind.MIGRATION_ENFORCEMENT, "Border Guard", {"officer": Role.OFFICER}),
}
#: Shorter names for members that many tests ask for.
ALIASES = {
    "responder": "reception_responder",
    "manager": "reception_manager",
    "worker": "shelter_worker",
    "admin": "shelter_admin",
    "decider": "authority_decider",
    "second_decider": "authority_second_decider",
    "child_worker": "children_manager",
    "co_ordinator": "national_co_ordinator",
    "officer": "border_officer",
}


def found_house(*, using: str = "default") -> SimpleNamespace:
    """Found the agencies and enrol their members, as the owner of the space.

    Returns:
        Agencies as `found.shelter` and `found.agency["shelter"]`, members as `found.shelter_worker` and by their
        aliases, and the one reception site as `found.harbour`; read anew where another login founded them.
    """
    from palermo.office.domain.agencies import enrol_member, found_agency
    from palermo.office.models import Site

    def at_work(made):
        return made if using == "default" else type(made).objects.get(pk=made.pk)

    found = SimpleNamespace(agency={})
    for name, (kind, title, members) in AGENCIES.items():
        agency = found_agency(
            name=title,
            kind=kind,
            state="GR",
            offers=f"Help of {title}",
            phone="+30 210 0000000",
            has_account=name != "clinic",
            using=using,
        )
        found.agency[name] = at_work(agency)
        setattr(found, name, found.agency[name])
        for short, role in members.items():
            username = f"{name}_{short}"
            member, _ = enrol_member(
                agency=agency, username=username, name=username.title(), roles=[role], password=PASSWORD, using=using
            )
            setattr(found, username, at_work(member))
    for alias, member in ALIASES.items():
        setattr(found, alias, getattr(found, member))
    harbour = Site.objects.using(using).create(agency=found.reception, name="North Harbour", column=1, row=2)
    found.harbour = at_work(harbour)
    return found
