"""To fit a space with its keys, to check that they fit, and to turn the ring."""

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.db import connection, connections, transaction

from palermo.office.domain.acting import pads
from palermo.office.keys import Keys, fingerprint, make_keys, read_keys, replace_keys
from palermo.office.sealing import SEALED, ring
from palermo.vocabulary.errors import Refusal


def fit_space(*, simulated: bool, using: str = "owner") -> None:
    """Give a freshly migrated space its keys, making the key file where there is none. Where they fit, nothing changes.

    Raises:
        Refusal: the space was fitted with other keys.
    """
    with transaction.atomic(using=using), connections[using].cursor() as cursor:
        cursor.execute("SELECT count(*) FROM office_space")
        fitted = cursor.fetchone()[0]
        if not settings.PALERMO_KEYS.exists() and not fitted:
            make_keys(settings.PALERMO_KEYS)
        keys = read_keys(settings.PALERMO_KEYS)
        if not fitted:
            inner, outer = pads(bytes.fromhex(keys.passes))
            cursor.execute("INSERT INTO office_passkey (ipad, opad) VALUES (%s, %s)", [inner, outer])
            cursor.execute(
                "INSERT INTO office_space (simulated, blind, passes, ring) VALUES (%s, %s, %s, %s)",
                [simulated, fingerprint(keys.blind), fingerprint(keys.passes), _prints(keys)],
            )
    check_keys(using=using)


def _prints(keys: Keys) -> list[str]:
    return [fingerprint(key) for key in keys.ring]


def check_keys(*, using: str = "default") -> None:
    """Refuse to start with keys that do not fit: nothing is ever written in clear or under a key that will be lost."""
    with connections[using].cursor() as cursor:
        cursor.execute("SELECT simulated, blind, passes, ring FROM office_keys()")
        row = cursor.fetchone()
    if row is None:
        raise Refusal("this space was never fitted with keys", remedy="Run `palermo prepare`.")
    keys = read_keys(settings.PALERMO_KEYS)
    simulated, blind, passes, prints = row
    if (blind, passes) != (fingerprint(keys.blind), fingerprint(keys.passes)) or not set(prints) <= set(_prints(keys)):
        raise Refusal(
            "these keys do not belong to this space",
            where=str(settings.PALERMO_KEYS),
            remedy="Restore the key file that was made with it, or name it in PALERMO_KEYS.",
        )
    if simulated != (settings.PALERMO_SPACE == "simulated"):
        raise Refusal("this database is of the other space", remedy="Set PALERMO_SPACE to match it.")


def rotate_keys(*, using: str = "owner") -> int:
    """Put a new key first on the ring, seal everything anew, drop the old ones. Safe to run again after a fault.

    Returns:
        How many sealed values were sealed anew.
    """
    path = settings.PALERMO_KEYS
    keys = read_keys(path)
    fresh = Keys([Fernet.generate_key().decode(), *keys.ring], keys.blind, keys.passes, keys.site)
    replace_keys(path, fresh)
    _write_ring(fresh, using)
    turned = sum(_turn(table, key, column, Fernet(fresh.ring[0]), using) for table, key, column in SEALED)
    kept = Keys(fresh.ring[:1], fresh.blind, fresh.passes, fresh.site)
    _write_ring(kept, using)
    replace_keys(path, kept)
    return turned


def _write_ring(keys: Keys, using: str) -> None:
    with connections[using].cursor() as cursor:
        cursor.execute("UPDATE office_space SET ring = %s", [_prints(keys)])


def _turn(table: str, key: str, column: str, newest: Fernet, using: str, batch: int = 500) -> int:
    turned, after, opens = 0, None, ring()
    while True:
        with transaction.atomic(using=using), connections[using].cursor() as cursor:
            where = f"WHERE {key} > %s" if after else ""
            cursor.execute(
                f"SELECT {key}, {column} FROM {table} {where} ORDER BY {key} LIMIT {batch} FOR UPDATE",  # noqa: S608
                [after] if after else [],
            )
            rows = cursor.fetchall()
            if not rows:
                return turned
            for identifier, sealed in rows:
                try:
                    newest.decrypt(bytes(sealed))
                except InvalidToken:
                    cursor.execute(
                        f"UPDATE {table} SET {column} = %s WHERE {key} = %s",  # noqa: S608
                        [opens.rotate(bytes(sealed)), identifier],
                    )
                    turned += 1
            after = rows[-1][0]


def fit_for_work() -> None:
    """Called once by whatever serves or works: the keys fit, or nothing starts."""
    check_keys()
    connection.close()
