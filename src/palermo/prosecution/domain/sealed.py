"""To seal small values as JSON, and whole files in parts that belong to a record of this room."""

from uuid import UUID

from palermo.office.models import Agency
from palermo.office.sealing import packed, sealed_json
from palermo.prosecution.models import Content

__all__ = ["keep_content", "sealed_json"]


def keep_content(*, agency: Agency, owner_id: UUID, data: bytes) -> None:
    """Seal a file into parts that belong to a record."""
    Content.objects.bulk_create(
        Content(agency=agency, owner_id=owner_id, position=position, sealed=part)
        for position, part in enumerate(packed(data))
    )
