"""To keep whole files, sealed in parts that belong to a record of this room."""

from uuid import UUID

from palermo.office.models import Agency
from palermo.office.sealing import packed
from palermo.prevention.models import Content


def keep_content(*, agency: Agency, owner_id: UUID, data: bytes) -> None:
    """Seal a file into parts that belong to a record."""
    Content.objects.bulk_create(
        Content(agency=agency, owner_id=owner_id, position=position, sealed=part)
        for position, part in enumerate(packed(data))
    )
