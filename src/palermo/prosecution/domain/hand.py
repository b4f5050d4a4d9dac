"""In whose name a command of this room works: a named investigator, or one of the only desk there is."""

from palermo.office.enums import Role
from palermo.office.models import Member
from palermo.prosecution.domain.investigations import KINDS
from palermo.vocabulary.errors import Refusal


def investigator(*, username: str = "", using: str = "owner") -> Member:
    """An investigator by sign-in name, or the first of the only agency that investigates.

    Args:
        using: the login to look with, since nobody has a pass yet.

    Raises:
        Refusal: there is none, or several agencies investigate and nobody is named.
    """
    found = Member.objects.using(using).filter(
        is_active=True, roles__contains=[Role.INVESTIGATOR], agency__kind__in=sorted(KINDS)
    )
    members = list((found.filter(username=username) if username else found).order_by("joined_at", "username"))
    if not members:
        raise Refusal("nobody investigates under that name", where=username, remedy="Name an investigator with --as.")
    if len({one.agency_id for one in members}) > 1:
        raise Refusal("several agencies investigate", where="--as", remedy="Name one of their investigators.")
    # Read anew through the login that a pass works with.
    return Member.objects.select_related("agency").get(pk=members[0].pk)
