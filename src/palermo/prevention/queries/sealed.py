"""To open what is sealed: small values as JSON, and whole files that lie in parts."""

import json
import zlib
from typing import Any
from uuid import UUID

from palermo.office.sealing import ring, unseal
from palermo.prevention.models import Content
from palermo.vocabulary.errors import Refusal


def opened(sealed: bytes | memoryview) -> dict[str, Any]:
    """The JSON object that was sealed."""
    found: dict[str, Any] = json.loads(unseal(sealed))
    return found


def content_of(owner_id: UUID) -> bytes:
    """A whole file, put together and opened. One statement.

    Raises:
        Refusal: there is none.
    """
    found = Content.objects.filter(owner_id=owner_id).order_by("position").values_list("sealed", flat=True)
    parts = [bytes(part) for part in found]
    if not parts:
        raise Refusal("there is nothing to open", where="file", remedy="It may not be made yet.")
    keys = ring()
    return zlib.decompress(b"".join(keys.decrypt(part) for part in parts))
