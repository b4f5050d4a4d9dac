"""To seal and to open: what would name a person is never in clear in a table, a log or a dump."""

import hashlib
import hmac

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


def blind_token(key: str) -> bytes:
    """Keyed hash (HMAC-SHA-256, its first 16 bytes) of a normalised search key such as `name:ivan petrov`."""
    secret = bytes.fromhex(read_keys(settings.PALERMO_KEYS).blind)
    return hmac.new(secret, key.encode(), hashlib.sha256).digest()[:16]
