"""In whose name a command works at an office's desk."""

from palermo.office.domain.agencies import enrol_member, found_agency
from palermo.office.enums import AgencyKind, Role
from palermo.office.models import Agency, Member
from palermo.partnership.domain.clearing import DESK
from palermo.vocabulary.errors import Refusal


def desk_of(*, name: str, found: bool, state: str = "AT", using: str = "owner") -> Member:
    """A member at the desk of the office of that name, for work by command.

    Where the office, or a member at its desk, is missing, it is founded or enrolled with a password that nobody knows:
    an administrator renews it. Done by whoever runs the space.

    Args:
        name: the office's name.
        found: whether to found the office where it is missing.
        state: the State in which a new office sits.
        using: the login to found with.

    Raises:
        Refusal: there is no such office, or it is migration enforcement.
    """
    agency = Agency.objects.using(using).filter(name=name).first()
    if agency is None:
        if not found:
            raise Refusal(f"there is no agency named {name}", where="office", remedy="See `palermo agency list`.")
        agency = found_agency(name=name, kind=AgencyKind.NATIONAL_CO_ORDINATOR, state=state, using=using)
    if agency.enforces_migration:
        raise Refusal("migration enforcement keeps no records here", where="office", remedy="Name another agency.")
    members = Member.objects.using(using).filter(agency=agency, is_active=True, roles__overlap=list(DESK))
    member = members.order_by("joined_at").first()
    if member is None:
        role = Role.PROTOCOL_OFFICER
        member, _ = enrol_member(
            agency=agency, username=f"desk-{agency.pk}", name=str(role.label), roles=[role], using=using
        )
    return Member.objects.get(pk=member.pk)
