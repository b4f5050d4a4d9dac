"""To enter records as a member: one transaction, one signed pass, the log written last.

Nothing of a file is visible outside `acting_as`, and inside it only what the member's agency reaches: the database sees
to it (office/sql/access.sql). Verbs call `log`; lines gather here and are appended just before the commit, so that the
agencies' chains are locked for as short a time as can be.
"""

import hashlib
import hmac
import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import psycopg
from django.conf import settings
from django.db import connection, transaction

from palermo.office import clock, keys
from palermo.office.domain import logins
from palermo.office.models import Agency, Member
from palermo.vocabulary.errors import Refusal

#: Seconds for which a pass is good.
PASS_SECONDS = 60
#: Advisory lock that work with sealed values shares and the turning of the ring holds alone.
RING_LOCK = 0x72696E67


@dataclass
class Desk:
    """Where a member is at work: who, and what is to be logged. `member` is None at the public door."""

    member: Member | None
    lines: list[dict[str, Any]] = field(default_factory=list)
    #: Desks of blocks nested in this one that ended well; their lines go in with ours.
    inner: "list[Desk]" = field(default_factory=list)


_desk: ContextVar[Desk | None] = ContextVar("palermo_desk", default=None)


def sign_pass(member_id: UUID, *, seconds: int = PASS_SECONDS) -> str:
    """`member.expiry.HMAC`, as SQL's office_me() reads it."""
    said = f"{member_id}.{int(time.time()) + seconds}"
    key = bytes.fromhex(keys.read_keys(settings.PALERMO_KEYS).passes)
    return f"{said}.{hmac.new(key, said.encode(), hashlib.sha256).hexdigest()}"


def pads(key: bytes) -> tuple[bytes, bytes]:
    """The two padded keys of HMAC-SHA-256 (RFC 2104), so that SQL needs sha256() alone."""
    block = key.ljust(64, b"\0")
    return bytes(byte ^ 0x36 for byte in block), bytes(byte ^ 0x5C for byte in block)


def _show(member: Member | None, *, lock_ring: bool = True) -> None:
    # A bound parameter, not text in the statement: pg_stat_activity shows statements to other sessions of this role.
    moment = clock.now().isoformat() if clock.is_set() else ""
    with psycopg.Cursor(connection.connection) as cursor:
        cursor.execute(
            "SELECT set_config('palermo.pass', %s, true), set_config('palermo.clock', %s, true),"
            # Until we end, nobody takes the old keys off the ring (keyring.rotate_keys). Where a block around us holds
            # it through the other login, to ask again would wait for a rotation that waits for that block.
            " CASE WHEN %s THEN pg_advisory_xact_lock_shared(%s) END",
            (sign_pass(member.id) if member else "", moment, lock_ring, RING_LOCK),
        )


@contextmanager
def _without_savepoints(*, wanted: bool) -> Iterator[None]:
    """Let `atomic` inside keep no points to return to: a fault then undoes the whole block (Django sees to it)."""
    features = connection.features
    before = features.uses_savepoints
    features.uses_savepoints = before and not wanted
    try:
        yield
    finally:
        features.uses_savepoints = before


@contextmanager
def acting_as(member: Member | None, *, whole: bool = False) -> Iterator[Desk]:
    """Enter records as `member` for the length of the block, in one transaction; None is the public door.

    Nested blocks act as the inner member and return to the outer one (the outer transaction goes on).
    Lines logged inside are appended when the outermost block ends well, each under the pass of its own member.
    The public and migration enforcement work through a login without grants on files (logins.py); a nested block that
    changes the login has a transaction of its own, which ends, log and all, with it.

    Args:
        member: who enters, read through the application's login: Django writes what is made with a record through the
            login that read it, and what the owner writes no policy sees and a lock of the application's may hold up.
        whole: the block is all or nothing: no refusal inside is caught and gone on from. Spares a savepoint a verb.
    """
    if member is not None and member._state.db == "owner":  # noqa: SLF001 -- Django's own name for it
        raise RuntimeError("whoever enters records is read through the application's login, not the owner's")
    outer, desk = _desk.get(), Desk(member)
    login = logins.login_of(member=member)
    with logins.through(login) as changed, logins.refusing(login):
        nested = connection.in_atomic_block
        with transaction.atomic(), _without_savepoints(wanted=whole):
            _show(member, lock_ring=outer is None or not changed)
            token = _desk.set(desk)
            try:
                yield desk
                if outer is None or changed:
                    append(desk)
                elif not connection.needs_rollback:
                    outer.inner.append(desk)
            finally:
                _desk.reset(token)
            # The pass ends with its transaction; where one goes on around us, the outer member's pass returns. After an
            # error the savepoint brings it back, and no statement would be taken before that.
            if nested and not connection.needs_rollback:
                _show(outer.member if outer else None)


@contextmanager
def attempting() -> Iterator[None]:
    """Undo what the block wrote and was about to log if it fails, and go on: for a form that is shown again."""
    desk = at_work()
    lines, inner = len(desk.lines), len(desk.inner)
    try:
        with transaction.atomic():
            yield
    except BaseException:
        del desk.lines[lines:], desk.inner[inner:]
        raise


def append(desk: Desk) -> None:
    """Append the gathered lines to the chains of their agencies, which are locked in the order of their ids."""
    desks = [found for found in _with_inner(desk) if found.lines]
    if not desks or connection.needs_rollback:
        return
    with connection.cursor() as cursor:
        if len(desks) > 1:
            agencies = sorted({line["agency"] for found in desks for line in found.lines})
            _show(next((found.member for found in desks if found.member), None))
            cursor.execute("SELECT office_lock_chains(%s::uuid[])", [agencies])
        for found in desks:
            _show(found.member)  # long work outlives its first pass
            cursor.execute("SELECT office_append(%s::jsonb)", [json.dumps(found.lines)])
            found.lines.clear()
    desk.inner.clear()


def _with_inner(desk: Desk) -> Iterator[Desk]:
    for inner in desk.inner:
        yield from _with_inner(inner)
    yield desk


@contextmanager
def at_length() -> Iterator[None]:
    """Compute in the block for longer than a pass is good: done or refused, the pass is signed anew after it.

    What is read in the block is read under the pass from before it: read first, then compute.
    """
    try:
        yield
    except Refusal:
        _renew()
        raise
    _renew()


def _renew() -> None:
    _show(at_work().member, lock_ring=False)


def at_work() -> Desk:
    """The desk of the block we are in; an error of the programmer if there is none."""
    desk = _desk.get()
    if desk is None:
        raise RuntimeError("records are entered through acting_as() only")
    return desk


def log(
    verb: str,
    *,
    object_id: UUID | None = None,
    person_id: UUID | None = None,
    purpose: str = "",
    agency: Agency | None = None,
    **detail: Any,
) -> None:
    """Say in the access log what is being done. `detail` holds codes and ids, never names or what a person told.

    Args:
        verb: the verb's name, known to the room's `plain_words.py`.
        object_id: what it is done to.
        person_id: whose file it is about, where it is about one.
        purpose: why.
        agency: for a concern raised at the public door alone: the agency that takes it. The database refuses any other
            verb in another agency's chain; what such an agency must find in its log is written by the SQL functions.
        detail: more of it, two levels deep at most.
    """
    desk = at_work()
    chain = agency or (desk.member.agency if desk.member else None)
    if chain is None:
        raise RuntimeError("a line from the public door names the agency whose door it is")
    desk.lines.append(
        {
            "agency": str(chain.pk),
            "verb": verb,
            "purpose": purpose,
            "object": str(object_id) if object_id else None,
            "person": str(person_id) if person_id else None,
            "detail": detail,
        }
    )
