"""Where a notice leads, and what stands above a file. Rooms above add the pages of theirs."""

from collections.abc import Callable
from typing import Any
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


#: Pages above a file of the office: each gives label and address by the file's id, or None. Rooms above add theirs.
ABOVE: list[Callable[[Member, UUID], tuple[Any, str] | None]] = []


def above(member: Member, person: UUID) -> list[tuple[Any, str]]:
    """The crumbs of a file's pages: where the member came from, such as its case."""
    return [crumb for page in ABOVE if (crumb := page(member, person))]


def address(kind: str, about: UUID | None, member: Member) -> str:
    """The address of the page, empty where there is none for this member."""
    if about is None or kind not in OPENS or (kind in NEEDS and not may(member, NEEDS[kind])):
        return ""
    try:
        return reverse(OPENS[kind], args=[about])
    except NoReverseMatch:
        return ""
