"""Who acts when a command works on partnership's records: a named member, or the one office that keeps them."""

from palermo.office.enums import Role
from palermo.office.models import Member
from palermo.vocabulary.errors import Refusal

_ROLES = [Role.CO_ORDINATOR, Role.PROTOCOL_OFFICER]


def desk_member(*, username: str = "", using: str = "owner") -> Member:
    """The member of that name, or the first co-ordinator or protocol officer where only one office has some.

    Raises:
        Refusal: there is none, or several offices could be meant.
    """
    found = Member.objects.using(using).select_related("agency").filter(is_active=True, roles__overlap=_ROLES)
    found = found.exclude(agency__kind="migration_enforcement").order_by("username")
    if username:
        member = found.filter(username=username).first()
        if member is None:
            raise Refusal(f"no co-ordinator or protocol officer is called {username}", remedy="See `palermo agencies`.")
        return member
    members = list(found)
    if not members:
        raise Refusal("no office keeps partnership's records", remedy="Enrol a co-ordinator or protocol officer.")
    if len({one.agency_id for one in members}) > 1:
        names = ", ".join(one.username for one in members)
        raise Refusal("several offices keep records", where="--as", remedy=f"Name one of: {names}.")
    return members[0]
