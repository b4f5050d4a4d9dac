"""To open what is sealed: small values as JSON, and whole files that lie in parts of this room."""

from uuid import UUID

from palermo.office.sealing import opened, unpacked
from palermo.prosecution.models import Content

__all__ = ["content_of", "opened"]


def content_of(owner_id: UUID) -> bytes:
    """A whole file, put together and opened. One statement.

    Raises:
        Refusal: there is none.
    """
    parts = Content.objects.filter(owner_id=owner_id).order_by("position").values_list("sealed", flat=True)
    return unpacked(list(parts.iterator()))
