"""The keys of a space: one file, readable by its owner alone, without which nothing starts.

The ring seals identities (the first key seals, all open), `blind` hashes search tokens, `passes` signs the short-lived
passes of signed-in members, `site` is Django's secret. Losing the file loses the identities: that is its purpose. Back
it up apart from the database.
"""

import hashlib
import json
import os
import secrets
from dataclasses import asdict, dataclass
from pathlib import Path

from cryptography.fernet import Fernet

from palermo.vocabulary.errors import Refusal


@dataclass(frozen=True)
class Keys:
    """The keys of a space, as text."""

    ring: list[str]
    blind: str
    passes: str
    site: str


def make_keys(path: Path) -> Keys:
    """Make a new key file, refusing to overwrite one."""
    keys = Keys(
        [Fernet.generate_key().decode()], secrets.token_hex(32), secrets.token_hex(32), secrets.token_urlsafe(50)
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise Refusal(
            "there is a key file already", where=str(path), remedy="Keep it: what it sealed opens with nothing else."
        ) from None
    with os.fdopen(descriptor, "w") as file:
        json.dump(asdict(keys), file, indent=1)
    return keys


def replace_keys(path: Path, keys: Keys) -> None:
    """Write the key file anew, whole or not at all."""
    fresh = path.with_suffix(".new")
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as file:
        json.dump(asdict(keys), file, indent=1)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)


_read: dict[Path, tuple[int, Keys]] = {}


def read_keys(path: Path) -> Keys:
    """Read the key file, anew when it has changed; a missing, readable-by-others or damaged one is refused."""
    if not path.exists():
        raise Refusal(
            "there is no key file", where=str(path), remedy="Restore it, or run `palermo keys make` for a new space."
        )
    changed = path.stat().st_mtime_ns
    if path in _read and _read[path][0] == changed:
        return _read[path][1]
    if path.stat().st_mode & 0o077:
        raise Refusal("the key file can be read by others", where=str(path), remedy="Run `chmod 600` on it.")
    try:
        keys = Keys(**json.loads(path.read_text()))
        for key in keys.ring:
            Fernet(key)
        whole = bool(keys.ring) and len(bytes.fromhex(keys.blind)) == len(bytes.fromhex(keys.passes)) == 32
    except (ValueError, TypeError) as error:
        raise Refusal("the key file is damaged", where=str(path), remedy="Restore it from its backup.") from error
    if not whole:
        raise Refusal("the key file is damaged", where=str(path), remedy="Restore it from its backup.")
    _read[path] = (changed, keys)
    return keys


def fingerprint(key: str) -> str:
    """Sixteen hexadecimal digits that tell two keys apart and nothing about either."""
    return hashlib.sha256(b"palermo fingerprint " + key.encode()).hexdigest()[:16]
