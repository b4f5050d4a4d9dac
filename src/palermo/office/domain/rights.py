"""Who may do what, in one table: verb → roles, and what the database does not know beyond reach."""

from uuid import UUID

from palermo.office.domain.acting import at_work
from palermo.office.enums import Role
from palermo.office.models import Member
from palermo.vocabulary.errors import Refusal


class NotAllowed(Refusal):
    """The member may not do this. Pages answer 403; the refusal is logged in a transaction of its own."""

    def __init__(self, verb: str, reason: str, remedy: str = "") -> None:
        self.verb = verb
        super().__init__(reason, remedy=remedy)


_RIGHTS: dict[str, frozenset[str]] = {}


def allow(verb: str, *roles: Role) -> str:
    """Register which roles may do `verb` (a room does so beside its verbs); returns the verb's name."""
    _RIGHTS[verb] = frozenset(roles)
    return verb


def rights() -> dict[str, frozenset[str]]:
    """All registered verbs with their roles, for the documentation and its test."""
    return dict(sorted(_RIGHTS.items()))


def may(member: Member | None, verb: str) -> bool:
    """Whether the member's role allows the verb at all; what it reaches is the database's to say."""
    if member is None or not member.is_active or member.agency.enforces_migration:
        return False
    return bool(_RIGHTS[verb] & set(member.roles))


def require(member: Member, verb: str) -> None:
    """Refuse unless `member` is the one at work here and has a role for `verb`."""
    if at_work().member != member:
        raise NotAllowed(verb, "somebody else is at work here")
    if not may(member, verb):
        roles = ", ".join(sorted(str(Role(role).label) for role in _RIGHTS[verb]))
        raise NotAllowed(verb, "your role does not allow this.", f"It is for: {roles}.")


def require_own(member: Member, keeper: UUID | None, verb: str, *, what: str = "this file") -> None:
    """Refuse unless the member's own agency keeps the record: whoever else may see it reads it at most.

    Args:
        member: who would write in it.
        keeper: the agency (an office is one, too) that keeps it.
        verb: what would be done.
        what: the record, in words.
    """
    if keeper is None or keeper != member.agency_id:
        raise NotAllowed(verb, f"{what} belongs to another agency; it is open to you for reading only")


def require_any(member: Member | None, *verbs: str) -> None:
    """Refuse unless the member's role allows one of the verbs: the door of an address that only reads."""
    if not any(may(member, verb) for verb in verbs):
        raise NotAllowed(verbs[0], "this is not for your role.", "Ask an administrator of your agency.")
