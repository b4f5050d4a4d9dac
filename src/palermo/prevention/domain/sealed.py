"""To seal small values as JSON, and whole files in parts."""

import json
import zlib
from typing import Any
from uuid import UUID

from palermo.office.models import Agency
from palermo.office.sealing import ring, seal
from palermo.prevention.models import Content

#: Bytes of a part in clear: turning the keys reads five hundred parts at a time.
PART = 256 * 1024


def sealed_json(**values: Any) -> bytes:
    """Seal values as a JSON object."""
    return seal(json.dumps(values, ensure_ascii=False))


def keep_content(*, agency: Agency, owner_id: UUID, data: bytes) -> None:
    """Seal a file into parts that belong to a record."""
    packed, keys = zlib.compress(data, 6), ring()
    Content.objects.bulk_create(
        Content(agency=agency, owner_id=owner_id, position=position, sealed=keys.encrypt(packed[start : start + PART]))
        for position, start in enumerate(range(0, len(packed), PART))
    )
