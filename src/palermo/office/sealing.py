"""To seal and to open: what would name a person is never in clear in a table, a log or a dump."""

import hashlib
import hmac
import json
import zlib
from collections.abc import Sequence
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings

from palermo.office.keys import read_keys
from palermo.vocabulary.errors import Refusal

#: Sealed columns of every room, as (table, primary key, column); rotation goes through them all, and through every
#: `SealedText` (models/sealed.py), which need not be named here.
SEALED: list[tuple[str, str, str]] = [
    ("office_sealedidentity", "person_id", "sealed"),
    ("office_rightsrequest", "id", "sealed_words"),
    ("office_disclosure", "id", "sealed_grounds"),
]

#: Bytes of a file's part in clear: turning the keys reads five hundred parts at a time.
PART = 256 * 1024

#: Sealed values inside JSON columns, as (table, primary key, column, JSON key): the secrets of second factors.
SEALED_IN_JSON: list[tuple[str, str, str, str]] = [
    ("mfa_authenticator", "id", "data", "secret"),
    ("mfa_authenticator", "id", "data", "seed"),
]


def ring() -> MultiFernet:
    """The ring of the space: its first key seals, all of them open."""
    return MultiFernet([Fernet(key) for key in read_keys(settings.PALERMO_KEYS).ring])


def seal(text: str) -> bytes:
    """Encrypt and authenticate `text` with the newest key."""
    return ring().encrypt(text.encode())


def unseal(sealed: bytes | memoryview) -> str:
    """The text that was sealed; a wrong key or a changed byte is refused."""
    try:
        return ring().decrypt(bytes(sealed)).decode()
    except InvalidToken as error:
        raise Refusal(
            "this cannot be opened with the keys of this space", remedy="Restore the key file that belongs to it."
        ) from error


def sealed_json(**values: Any) -> bytes:
    """Seal values as a JSON object; what JSON does not know (days, identifiers) is kept as its words."""
    return seal(json.dumps(values, ensure_ascii=False, default=str))


def opened(sealed: bytes | memoryview | None) -> dict[str, Any]:
    """The JSON object that was sealed; empty for nothing."""
    found: dict[str, Any] = json.loads(unseal(sealed)) if sealed else {}
    return found


def packed(data: bytes) -> list[bytes]:
    """A whole file, compressed and sealed in parts, in their order."""
    small, keys = zlib.compress(data, 6), ring()
    return [keys.encrypt(small[start : start + PART]) for start in range(0, len(small), PART)]


def unpacked(parts: Sequence[bytes | memoryview]) -> bytes:
    """The file that `packed` sealed.

    Raises:
        Refusal: there are no parts.
    """
    if not parts:
        raise Refusal("there is nothing to open", where="file", remedy="It may not be made yet.")
    keys = ring()
    return zlib.decompress(b"".join(keys.decrypt(bytes(part)) for part in parts))


def blind_token(key: str) -> bytes:
    """Keyed hash (HMAC-SHA-256, its first 16 bytes) of a normalised search key such as `name:ivan petrov`."""
    secret = bytes.fromhex(read_keys(settings.PALERMO_KEYS).blind)
    return hmac.new(secret, key.encode(), hashlib.sha256).digest()[:16]
