"""To open whole files that lie in sealed parts of this room."""

from uuid import UUID

from palermo.office.sealing import unpacked
from palermo.prevention.models import Content


def content_of(owner_id: UUID) -> bytes:
    """A whole file, put together and opened. One statement.

    Raises:
        Refusal: there is none.
    """
    parts = Content.objects.filter(owner_id=owner_id).order_by("position").values_list("sealed", flat=True)
    return unpacked(list(parts))
