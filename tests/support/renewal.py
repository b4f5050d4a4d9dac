"""The tests' database is made as new after a test that committed: its rows go, and the migrated tables stay.

To copy the template again takes more than a second of the server's time; a test writes a few rows in a few dozen tables.
Where a test changed more than rows (a grant, a function, a policy, what migrations wrote), the template is copied.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from psycopg import Connection, sql

#: Tables and their size in bytes; a table that nobody ever wrote into has none.
TABLES = """
    SELECT c.relname, pg_relation_size(c.oid) FROM pg_class c
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r'
"""
#: Whatever is no row of ours: a number that changes with every definition, owner and grant.
SHAPE = """
    SELECT
        (SELECT sum(hashtext(concat_ws(' ', oid, relname, relkind, relowner, relacl, relrowsecurity, relforcerowsecurity)))
            FROM pg_class WHERE relnamespace <> 'pg_toast'::regnamespace),
        (SELECT sum(hashtext(concat_ws(' ', attrelid, attnum, xmin))) FROM pg_attribute WHERE attrelid > 16383),
        (SELECT sum(hashtext(concat_ws(' ', oid, xmin))) FROM pg_proc),
        (SELECT sum(hashtext(concat_ws(' ', oid, xmin))) FROM pg_trigger),
        (SELECT sum(hashtext(concat_ws(' ', oid, xmin))) FROM pg_policy),
        (SELECT sum(hashtext(concat_ws(' ', oid, xmin))) FROM pg_constraint),
        (SELECT sum(hashtext(concat_ws(' ', oid, xmin))) FROM pg_namespace WHERE nspname !~ '^pg_(toast_)?temp'),
        (SELECT sum(hashtext(concat_ws(' ', oid, xmin))) FROM pg_largeobject_metadata),
        (SELECT sum(hashtext(concat_ws(' ', setrole, setconfig))) FROM pg_db_role_setting s
            JOIN pg_database d ON d.oid = s.setdatabase WHERE d.datname = current_database()),
        (SELECT concat_ws(' ', datacl, datconnlimit, datallowconn) FROM pg_database WHERE datname = current_database())
"""
OTHERS = "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
SEQUENCES = "SELECT schemaname, sequencename, last_value FROM pg_sequences"


@dataclass(frozen=True)
class Fresh:
    """A freshly migrated database as it was found.

    Attributes:
        seeded: tables that migrations wrote into.
        rows: a digest of what stands in them.
        shape: see `SHAPE`.
        sequences: where each sequence stood.
    """

    seeded: tuple[str, ...]
    rows: tuple[object, ...]
    shape: tuple[object, ...]
    sequences: frozenset[tuple[object, ...]]

    @classmethod
    def of(cls, raw: Connection) -> "Fresh":
        """Look at a database that was copied from the template just now."""
        seeded = tuple(sorted(name for name, size in raw.execute(TABLES) if size))
        return cls(seeded, _rows(raw, seeded), _shape(raw), frozenset(raw.execute(SEQUENCES).fetchall()))

    def restore(self, raw: Connection) -> bool:
        """Empty what a test filled, as an administrator.

        Returns:
            Whether the database is as new; else it is to be copied again.
        """
        raw.execute(OTHERS)
        if _shape(raw) != self.shape or _rows(raw, self.seeded) != self.rows:
            return False
        written = sorted(name for name, size in raw.execute(TABLES) if size and name not in self.seeded)
        with raw.transaction():
            # No trigger keeps a log from being emptied, and no foreign key asks for an order.
            raw.execute("SET LOCAL session_replication_role = replica")
            for name in written:
                raw.execute(sql.SQL("DELETE FROM {}").format(sql.Identifier(name)))
            for schema, name, last in set(raw.execute(SEQUENCES).fetchall()) - self.sequences:
                if last is not None:
                    raw.execute(sql.SQL("ALTER SEQUENCE {} RESTART").format(sql.Identifier(schema, name)))
        return frozenset(raw.execute(SEQUENCES).fetchall()) == self.sequences


def _shape(raw: Connection) -> tuple[object, ...]:
    return tuple(raw.execute(SHAPE).fetchone())


def _rows(raw: Connection, tables: Iterable[str]) -> tuple[object, ...]:
    digest = sql.SQL("(SELECT sum(hashtextextended(t::text, 0)) FROM {} t)")
    asked = sql.SQL(", ").join(digest.format(sql.Identifier(name)) for name in tables)
    return tuple(raw.execute(sql.SQL("SELECT {}").format(asked)).fetchone())
