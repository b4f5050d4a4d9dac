"""To fit a space with its keys, to check that they fit, and to turn the ring."""

from dataclasses import dataclass, replace

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.db import connection, connections, transaction

from palermo.office.domain.acting import RING_LOCK, pads
from palermo.office.keys import Keys, fingerprint, make_keys, read_keys, replace_keys
from palermo.office.models.sealed import sealed_columns
from palermo.office.sealing import SEALED, SEALED_IN_JSON, ring
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
        raise Refusal("this space was never fitted with keys", remedy="Run `palermo keys make`.")
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

    Work that began under the old ring is waited for: it may hold values sealed with a key that is about to go.

    Returns:
        How many sealed values were sealed anew.
    """
    path = settings.PALERMO_KEYS
    check_keys(using=using)
    keys = read_keys(path)
    fresh = replace(keys, ring=[Fernet.generate_key().decode(), *keys.ring])
    replace_keys(path, fresh)
    _write_ring(fresh, using)
    _wait_for_work(using)
    newest, opens = Fernet(fresh.ring[0]), ring()
    turned = sum(_turn(column, newest, opens, using) for column in _columns())
    kept = replace(fresh, ring=fresh.ring[:1])
    _write_ring(kept, using)
    replace_keys(path, kept)
    return turned


def _wait_for_work(using: str) -> None:
    """Return once nobody works who read the ring before it was replaced (each `acting_as` shares this lock)."""
    with transaction.atomic(using=using), connections[using].cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [RING_LOCK])


def _write_ring(keys: Keys, using: str) -> None:
    with connections[using].cursor() as cursor:
        cursor.execute("UPDATE office_space SET ring = %s", [_prints(keys)])


@dataclass(frozen=True)
class _Column:
    """Where sealed values lie: how to read one, and how to write it."""

    table: str
    key: str
    reads: str
    writes: str
    where: str


def _columns() -> list[_Column]:
    plain = [
        _Column(table, key, column, f"{column} = %s", f"length({column}) > 0")
        for table, key, column in [*SEALED, *sealed_columns()]
    ]
    inside = [
        _Column(
            table,
            key,
            f"{column} ->> '{name}'",
            f"{column} = jsonb_set({column}, '{{{name}}}', to_jsonb(%s::text))",
            f"{column} ? '{name}'",
        )
        for table, key, column, name in SEALED_IN_JSON
    ]
    return plain + inside


def _turn(column: _Column, newest: Fernet, opens: MultiFernet, using: str, batch: int = 500) -> int:
    turned, after = 0, None
    while True:
        with transaction.atomic(using=using), connections[using].cursor() as cursor:
            beyond = f" AND {column.key} > %s" if after else ""
            cursor.execute(
                f"SELECT {column.key}, {column.reads} FROM {column.table} WHERE {column.where}{beyond}"  # noqa: S608
                f" ORDER BY {column.key} LIMIT {batch} FOR UPDATE",
                [after] if after else None,
            )
            rows = cursor.fetchall()
            if not rows:
                return turned
            for identifier, sealed in rows:
                text = isinstance(sealed, str)
                value = sealed.encode() if text else bytes(sealed)
                try:
                    newest.decrypt(value)
                except InvalidToken:
                    anew = opens.rotate(value)
                    cursor.execute(
                        f"UPDATE {column.table} SET {column.writes} WHERE {column.key} = %s",  # noqa: S608
                        [anew.decode() if text else anew, identifier],
                    )
                    turned += 1
            after = rows[-1][0]


def fit_for_work() -> None:
    """Called once by whatever serves or works: the keys fit, or nothing starts."""
    check_keys()
    connection.close()
