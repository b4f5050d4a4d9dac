"""Rows that hundreds of tests begin with: made by the verbs once a worker, and put back as they were by COPY.

What is put back is what the verbs and their triggers wrote, history and all; each test has it in its own transaction.
"""

import copy
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.db import connection, transaction
from renewal import SEQUENCES, TABLES


@dataclass
class Remembered:
    """What `make` wrote and returned. It may add rows, and change none that stood there before.

    Attributes:
        make: writes the rows through verbs, as the owner; returns what tests are given.
        rows: for each table the lines of COPY.
        ends: where the sequences stood afterwards.
    """

    make: Callable[[], Any]
    rows: dict[str, list[bytes]] = field(default_factory=dict)
    ends: list[tuple[str, str, int]] = field(default_factory=list)
    given: Any = None

    def again(self, as_owner: Callable[[], Any]) -> Any:
        """The rows in the database of the test, and a copy of what `make` returned."""
        if self.given is None:
            self._make_first(as_owner)
        else:
            self._put_back()
        return copy.deepcopy(self.given)

    def _make_first(self, as_owner: Callable[[], Any]) -> None:
        with _administrator() as raw:
            before, began = _everything(raw), set(raw.execute(SEQUENCES).fetchall())
        with as_owner():
            given = self.make()
        with _administrator() as raw:
            after = _everything(raw)
            self.ends = [row for row in raw.execute(SEQUENCES).fetchall() if row not in began]
        for table, lines in after.items():
            stood = set(before.get(table, []))
            assert stood <= set(lines), f"{table}: a row that stood there was changed"
            self.rows[table] = [line for line in lines if line not in stood]
        self.rows = {table: lines for table, lines in self.rows.items() if lines}
        self.given = given

    def _put_back(self) -> None:
        with _administrator() as raw:
            # Their triggers ran when the rows were made.
            raw.execute("SET LOCAL session_replication_role = replica")
            for table, lines in self.rows.items():
                with raw.copy(f'COPY "{table}" FROM STDIN') as to:
                    to.write(b"".join(lines))
            raw.execute("SET LOCAL session_replication_role = origin")
            for schema, name, end in self.ends:
                sequence = f'{schema}."{name}"'
                raw.execute("SELECT setval(%s, greatest(%s, nextval(%s)))", [sequence, end, sequence])


@contextmanager
def _administrator() -> Iterator[Any]:
    """The test's own transaction in the hands of the administrator; these statements are not counted."""
    with transaction.atomic(), connection.connection.cursor() as raw:
        raw.execute("SELECT session_user::text")
        before = raw.fetchone()[0]
        raw.execute("SET SESSION AUTHORIZATION DEFAULT")
        yield raw
        raw.execute(f"SET SESSION AUTHORIZATION {before}")


def _everything(raw: Any) -> dict[str, list[bytes]]:
    found = {}
    for table, size in raw.execute(TABLES).fetchall():
        if size:
            with raw.copy(f'COPY "{table}" TO STDOUT') as out:
                found[table] = b"".join(out).splitlines(keepends=True)
    return found
