"""To open what is sealed: small values as JSON, and whole files that lie in parts."""

import json
import zlib
from typing import Any
from uuid import UUID

from palermo.office.sealing import ring, unseal
from palermo.prosecution.models import Content
from palermo.vocabulary.errors import Refusal


def opened(sealed: bytes | memoryview | None) -> dict[str, Any]:
    """The JSON object that was sealed; empty for nothing."""
    found: dict[str, Any] = json.loads(unseal(sealed)) if sealed else {}
    return found


def content_of(owner_id: UUID) -> bytes:
    """A whole file, put together and opened. One statement.

    Raises:
        Refusal: there is none.
    """
    parts = [bytes(part) for part in _parts(owner_id)]
    if not parts:
        raise Refusal("there is nothing to open", where="file", remedy="It may not be made yet.")
    keys = ring()
    return zlib.decompress(b"".join(keys.decrypt(part) for part in parts))


def _parts(owner_id: UUID) -> list[bytes | memoryview]:
    return list(
        Content.objects.filter(owner_id=owner_id).order_by("position").values_list("sealed", flat=True).iterator()
    )
