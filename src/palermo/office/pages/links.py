"""Where a notice leads. Rooms above add the pages of theirs."""

from uuid import UUID

from django.urls import NoReverseMatch, reverse

from palermo.office.enums import NoticeKind

#: Kind of notice → name of the page that opens what it is about, for those who may.
OPENS: dict[str, str] = {
    NoticeKind.MAKE_CONTACT: "office:person",
    NoticeKind.CONSENT_ENDS: "office:person",
    NoticeKind.EMERGENCY_OPENED: "office:person",
    NoticeKind.RIGHTS: "office:right",
}


def address(kind: str, about: UUID | None) -> str:
    """The address of the page, empty where there is none."""
    if about is None or kind not in OPENS:
        return ""
    try:
        return reverse(OPENS[kind], args=[about])
    except NoReverseMatch:
        return ""
