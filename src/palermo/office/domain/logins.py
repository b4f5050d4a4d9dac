"""Which of the database's logins a member works through: files are granted to `default`, nothing of them to `door`.

Row-level security hides rows, but a plan that is run (`EXPLAIN (ANALYZE)`) counts what it hid. A login without grants
on the tables cannot even ask. The public and migration enforcement, who must not learn a count, work through the door.
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Any

import psycopg
from django.db import DEFAULT_DB_ALIAS, ProgrammingError, connections

from palermo.office.models import Member

APP, DOOR = DEFAULT_DB_ALIAS, "door"


def login_of(*, member: Member | None) -> str:
    """`door` for the public and for migration enforcement, whatever roles stand in the row; else `default`."""
    return DOOR if member is None or member.agency.enforces_migration else APP


@contextmanager
def through(login: str) -> Iterator[bool]:
    """Let this thread's `default` connection be the one of `login` for the length of the block.

    The two connections change names, so that every query, transaction and cursor inside goes to that login.

    Yields:
        Whether they did: then the block has a connection, and so a transaction, of its own.
    """
    if connections[APP].alias == login:
        yield False
        return
    _change_names()
    try:
        yield True
    finally:
        _change_names()


def _change_names() -> None:
    connections[APP], connections[DOOR] = connections[DOOR], connections[APP]


def refusing(login: str) -> AbstractContextManager[None]:
    """At the door, answer that it is not for the member where the login has no grant."""
    return connections[APP].execute_wrapper(_refuse) if login == DOOR else nullcontext()


def _refuse(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
    from palermo.office.domain.rights import NotAllowed  # noqa: PLC0415 -- rights are made with acting_as

    try:
        return execute(sql, params, many, context)
    except ProgrammingError as error:
        if isinstance(error.__cause__, psycopg.errors.InsufficientPrivilege):
            raise NotAllowed("office.door", "this is not for your role.", "Ask your agency whom to ask.") from error
        raise
