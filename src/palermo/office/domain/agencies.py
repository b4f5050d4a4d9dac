"""To found agencies and to appoint their members."""

import secrets
from collections.abc import Sequence
from uuid import uuid4

from django.contrib.auth.hashers import make_password
from django.db import DatabaseError, connection, transaction

from palermo.office.domain.acting import log
from palermo.office.domain.rights import NotAllowed, allow, require
from palermo.office.enums import AgencyKind, Purpose, Role
from palermo.office.models import Agency, Member
from palermo.vocabulary.errors import Refusal

APPOINT = allow("office.appoint_member", Role.ADMINISTRATOR)
DISMISS = allow("office.dismiss_member", Role.ADMINISTRATOR)
RENEW = allow("office.renew_sign_in", Role.ADMINISTRATOR)

#: What each kind of agency may receive data for, unless it is founded with less.
MANDATES: dict[str, tuple[Purpose, ...]] = {
    AgencyKind.FIRST_RECEPTION: (Purpose.PROTECTION, Purpose.ACCOMMODATION),
    AgencyKind.ASYLUM: (Purpose.PROTECTION, Purpose.ASYLUM_GUARANTEES, Purpose.IDENTIFICATION),
    AgencyKind.POLICE_SPECIAL: (Purpose.PROTECTION, Purpose.IDENTIFICATION, Purpose.INVESTIGATION),
    AgencyKind.POLICE_GENERAL: (Purpose.PROTECTION,),
    AgencyKind.PROSECUTION: (Purpose.INVESTIGATION, Purpose.LEGAL_AID),
    AgencyKind.LABOUR_INSPECTORATE: (Purpose.LABOUR_RIGHTS, Purpose.PROTECTION),
    AgencyKind.CHILD_PROTECTION: (Purpose.CHILD_PROTECTION, Purpose.PROTECTION, Purpose.ACCOMMODATION),
    AgencyKind.MUNICIPALITY: (Purpose.PROTECTION, Purpose.ACCOMMODATION, Purpose.EDUCATION),
    AgencyKind.SCHOOL: (Purpose.EDUCATION, Purpose.CHILD_PROTECTION),
    AgencyKind.HEALTH: (Purpose.HEALTH_CARE, Purpose.PROTECTION),
    AgencyKind.SERVICE_PROVIDER: (
        Purpose.PROTECTION,
        Purpose.ACCOMMODATION,
        Purpose.HEALTH_CARE,
        Purpose.LEGAL_AID,
        Purpose.EDUCATION,
        Purpose.CHILD_PROTECTION,
    ),
    AgencyKind.COMPETENT_AUTHORITY: (Purpose.IDENTIFICATION, Purpose.PROTECTION),
    AgencyKind.NATIONAL_CO_ORDINATOR: (),
    AgencyKind.MIGRATION_ENFORCEMENT: (),
}


def found_agency(
    *,
    name: str,
    kind: str,
    state: str,
    offers: str = "",
    phone: str = "",
    has_account: bool = True,
    answer_within_hours: int = 24,
    using: str = "owner",
) -> Agency:
    """Found an agency with the mandate of its kind and its two hands (automatic work, opener of sealed links).

    Done by whoever runs the space, with the owner's login; no page and no API does it.
    """
    if kind not in AgencyKind.values:
        raise Refusal(
            f"{kind} is no kind of agency", where="kind", remedy="Choose from: " + ", ".join(AgencyKind.values) + "."
        )
    if len(state) != 2 or not state.isalpha():
        raise Refusal(f"{state} is no code of a State", where="state", remedy="Write two letters, for example GR.")
    if Agency.objects.using(using).filter(name=name).exists():
        raise Refusal(f"there is an agency named {name}", where="name", remedy="Choose another name.")
    with transaction.atomic(using=using):
        agency = Agency(
            name=name,
            kind=kind,
            state=state,
            offers=offers,
            phone=phone,
            has_account=has_account,
            purposes=list(MANDATES[kind]),
            answer_within_hours=answer_within_hours,
        )
        agency.save(using=using, force_insert=True)
        if not agency.enforces_migration:
            for hand, roles in ((Member.Kind.SYSTEM, [Role.CASE_MANAGER]), (Member.Kind.GUEST, [Role.SERVICE_WORKER])):
                Member(
                    username=f"{hand}:{agency.pk}",
                    name=str(hand.label),
                    agency=agency,
                    roles=roles,
                    kind=hand,
                    password=make_password(None),
                ).save(using=using, force_insert=True)
    return agency


def agency_named(*, name: str, using: str = "owner") -> Agency:
    """The agency of that name.

    Raises:
        Refusal: there is none.
    """
    found = Agency.objects.using(using).filter(name=name).first()
    if found is None:
        raise Refusal(f"there is no agency named {name}", where="agency", remedy="See `palermo agency list`.")
    return found


def enrol_member(
    *,
    agency: Agency,
    username: str,
    name: str,
    roles: Sequence[str],
    password: str | None = None,
    hashed: str = "",
    using: str = "owner",
) -> tuple[Member, str]:
    """Enrol a member with the owner's login (the first administrator, a demonstration's staff).

    Args:
        password: the first password; drawn where none is given.
        hashed: the hash of `password` where many share one (a demonstration's staff): hashing is slow on purpose.

    Returns:
        The member and the first password, drawn where none was given.
    """
    if Member.objects.using(using).filter(username=username).exists():
        raise Refusal(f"the sign-in name {username} is taken", where="username", remedy="Choose another.")
    if ":" in username:  # hands of an agency are named KIND:ID
        raise Refusal("a sign-in name has no colon", where="username", remedy="Choose another.")
    _check_roles(agency, roles)
    drawn = password is None
    password = password or secrets.token_urlsafe(12)
    member = Member(
        username=username,
        name=name,
        agency=agency,
        roles=list(roles),
        password=hashed or make_password(password),
        must_change_password=drawn,
    )
    member.save(using=using, force_insert=True)
    return member, password


def _check_roles(agency: Agency, roles: Sequence[str]) -> None:
    unknown = set(roles) - set(Role.values)
    if not roles or unknown:
        raise Refusal("every member has a role", where="roles", remedy="Choose from: " + ", ".join(Role.values) + ".")
    if agency.enforces_migration and set(roles) != {Role.OFFICER}:
        raise Refusal(
            "migration enforcement has officers without files only", where="roles", remedy="Choose “officer”."
        )
    if Role.CO_ORDINATOR in roles and agency.kind != AgencyKind.NATIONAL_CO_ORDINATOR:
        raise Refusal("co-ordinators belong to the national co-ordinator", where="roles", remedy="Choose another role.")


@transaction.atomic
def appoint_member(*, member: Member, username: str, name: str, roles: Sequence[str]) -> tuple[Member, str]:
    """An administrator appoints a member of the own agency; returns the first password, to be handed over in person."""
    require(member, APPOINT)
    _check_roles(member.agency, roles)
    if Member.objects.filter(username=username).exists():
        raise Refusal(f"the sign-in name {username} is taken", where="username", remedy="Choose another.")
    password, new_id = secrets.token_urlsafe(12), uuid4()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT office_appoint(%s, %s, %s, %s::varchar[], %s)",
            [new_id, username, name, list(roles), make_password(password)],
        )
    log(APPOINT, object_id=new_id, roles=sorted(roles))
    return Member.objects.get(pk=new_id), password


@transaction.atomic
def dismiss_member(*, member: Member, other: Member) -> None:
    """An administrator ends a membership: the next request of that member finds nothing."""
    require(member, DISMISS)
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT office_dismiss(%s)", [other.pk])
    except DatabaseError as error:
        raise NotAllowed(DISMISS, "this is not a member of your agency") from error
    log(DISMISS, object_id=other.pk)


@transaction.atomic
def renew_sign_in(*, member: Member, other: Member) -> str:
    """Let a member in again who lost password or second factor; returns the new first password, to be handed over.

    The factors are taken off: the member sets up a new one at the next sign-in.
    """
    require(member, RENEW)
    password = secrets.token_urlsafe(12)
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT office_renew(%s, %s)", [other.pk, make_password(password)])
    except DatabaseError as error:
        raise NotAllowed(RENEW, "this is not a member of your agency") from error
    log(RENEW, object_id=other.pk)
    return password


def change_password(*, member: Member, password: str) -> None:
    """A member takes a password that nobody else knows."""
    member.set_password(password)
    member.must_change_password = False
    member.save(update_fields=["password", "must_change_password"])
    log("office.change_password", object_id=member.pk)
