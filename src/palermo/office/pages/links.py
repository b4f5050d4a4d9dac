"""Where a notice leads. Rooms above add the pages of theirs."""

from uuid import UUID

from django.urls import NoReverseMatch, reverse

from palermo.office.domain.persons import READ_IDENTITY
from palermo.office.domain.rights import may
from palermo.office.domain.rights_of_person import ANSWER, READ_ANSWERS
from palermo.office.enums import NoticeKind
from palermo.office.models import Member

#: Kind of notice → name of the page that opens what it is about, for those who may.
OPENS: dict[str, str] = {
    NoticeKind.MAKE_CONTACT: "office:person",
    NoticeKind.CONSENT_ENDS: "office:person",
    NoticeKind.EMERGENCY_OPENED: "office:person",
    NoticeKind.RIGHTS: "office:right",
    NoticeKind.RIGHTS_ANSWERED: "office:person",
}


#: Kind of notice → verb without which its page is closed; others' inboxes show no button that leads nowhere.
NEEDS: dict[str, str] = {
    NoticeKind.MAKE_CONTACT: READ_IDENTITY,
    NoticeKind.CONSENT_ENDS: READ_IDENTITY,
    NoticeKind.EMERGENCY_OPENED: READ_IDENTITY,
    NoticeKind.RIGHTS: ANSWER,
    NoticeKind.RIGHTS_ANSWERED: READ_ANSWERS,
}


def address(kind: str, about: UUID | None, member: Member) -> str:
    """The address of the page, empty where there is none for this member."""
    if about is None or kind not in OPENS or (kind in NEEDS and not may(member, NEEDS[kind])):
        return ""
    try:
        return reverse(OPENS[kind], args=[about])
    except NoReverseMatch:
        return ""
