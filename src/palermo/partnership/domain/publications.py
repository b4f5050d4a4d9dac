"""Publications from plan to release; media items."""

import datetime as dt
from typing import Any

from django.db import transaction

from palermo.office.domain.acting import log
from palermo.office.domain.rights import allow, require
from palermo.office.models import Member
from palermo.partnership.domain.clearing import DESK
from palermo.partnership.domain.kept import change, keep
from palermo.partnership.enums import PublicationStatus
from palermo.partnership.formats.records_file import slug
from palermo.partnership.methods.when import dated
from palermo.partnership.models import Event, MediaItem, Publication
from palermo.vocabulary.errors import Refusal

KEEP = allow("partnership.keep_publication", *DESK)
MOVE = allow("partnership.move_publication", *DESK)
COUNT = allow("partnership.count_downloads", *DESK)
MEDIA = allow("partnership.keep_media_item", *DESK)


@transaction.atomic
def keep_publication(*, member: Member, title: str, when: str = "", date_basis: str = "", **values: Any) -> Publication:
    """Keep a publication, as a plan at first."""
    require(member, KEEP)
    given = {"title": title, **values, **dated(when, basis=date_basis)}
    given.setdefault("reference", slug(title))
    publication = keep(Publication, member=member, values=given)
    log(KEEP, object_id=publication.id)
    return publication


@transaction.atomic
def move_publication(
    *, member: Member, publication: Publication, status: str, when: str = "", event: Event | None = None
) -> None:
    """Move a publication forward: planned, in draft, published, released at an event.

    Raises:
        Refusal: it would move back, or is published without a date.
    """
    require(member, MOVE)
    order = list(PublicationStatus.values)
    if status not in order or order.index(status) <= order.index(publication.status):
        raise Refusal(
            f"it is “{publication.get_status_display()}” already",
            where="status",
            remedy="It only moves forward; if something was entered by mistake, say so in a new record.",
        )
    out = status in {PublicationStatus.PUBLISHED, PublicationStatus.RELEASED}
    values: dict[str, Any] = {"status": status}
    if when or (out and not publication.when):
        if not when:
            raise Refusal("it came out, but when?", where="when", remedy="Give a year, a month or a day.")
        values |= dated(when, basis=publication.date_basis)
    if status == PublicationStatus.RELEASED and event is not None:
        values["released_at_event"] = event
    change(publication, member=member, verb=MOVE, values=values)
    log(MOVE, object_id=publication.id, status=status)


@transaction.atomic
def count_downloads(*, member: Member, publication: Publication, downloads: int, on: dt.date) -> None:
    """Write down how often a publication had been downloaded by a day; the count never falls."""
    require(member, COUNT)
    if publication.downloads is not None and downloads < publication.downloads:
        raise Refusal(
            f"there were {publication.downloads} downloads before", where="downloads", remedy="Give the whole count."
        )
    change(publication, member=member, verb=COUNT, values={"downloads": downloads, "downloads_on": on})
    log(COUNT, object_id=publication.id)


@transaction.atomic
def keep_media_item(*, member: Member, title: str, kind: str, published_on: dt.date, **values: Any) -> MediaItem:
    """Keep what the media said, or what was said to them."""
    require(member, MEDIA)
    item = keep(MediaItem, member=member, values={"title": title, "kind": kind, "published_on": published_on, **values})
    log(MEDIA, object_id=item.id)
    return item
