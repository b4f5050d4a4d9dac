"""To prove that the access log is whole."""

import datetime as dt
import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import connections

from palermo.vocabulary.errors import Refusal

# One statement, so that heads and lines are of one moment while others go on appending.
_CHAINS = (
    "SELECT coalesce(h.agency_id, l.agency_id), h.seq, h.hash, l.seq, l.at, l.member_id, l.verb, l.purpose,"
    " l.object_id, l.person_id, l.body, l.hash"
    " FROM office_chainhead h FULL JOIN office_logline l ON l.agency_id = h.agency_id ORDER BY 1, l.seq"
)


@dataclass(frozen=True)
class Verdict:
    """What a walk along the chains found."""

    lines: int
    #: "AGENCY line SEQ: what is wrong", or None.
    first_broken: str | None
    #: How long each chain is and the hash of its last line.
    heads: Mapping[UUID, tuple[int, bytes]] = field(default_factory=dict)

    @property
    def ok(self) -> bool:
        """Whether every line follows from the one before it and every chain ends at its head."""
        return self.first_broken is None

    @property
    def root(self) -> str:
        """Merkle root of all chains, in hexadecimal."""
        return root_of(self.heads)


@dataclass
class _Walk:
    """Along one agency's chain."""

    agency: UUID
    head: tuple[int, bytes] | None
    seq: int = 0
    hash: bytes = b""
    lines: int = 0
    broken: str | None = None
    #: Length and hash at the length that somebody wrote down another day.
    mark: tuple[int, bytes] | None = None

    def step(self, row: tuple[Any, ...], marked: int | None) -> None:
        seq, *columns, body, value = row
        expected = hashlib.sha256(self.hash + body.encode()).digest()
        if self.broken is None:
            self.broken = self._wrong(seq, columns, body, bytes(value) != expected)
        self.lines, self.seq, self.hash = self.lines + 1, seq, bytes(value)
        if seq == marked:
            self.mark = (seq, self.hash)

    def _wrong(self, seq: int, columns: list[Any], body: str, differs: bool) -> str | None:
        here = f"{self.agency} line {seq}: "
        if seq != self.seq + 1:
            return f"{here}line {self.seq + 1} is missing"
        if differs:
            return f"{here}the line was changed"
        if [seq, *columns] != _columns_of(body):
            return f"{here}its columns differ from what was hashed"
        return None

    def end(self) -> str | None:
        if self.broken is None and self.head is None:
            return f"{self.agency} line {self.seq}: the chain has no head"
        if self.broken is None and (self.seq, self.hash) != self.head:
            return f"{self.agency} line {self.seq}: the chain does not end where its head says"
        return self.broken


def _columns_of(body: str) -> list[Any]:
    try:
        said = json.loads(body)
    except ValueError:
        return []
    ids = [UUID(said[name]) if said[name] else None for name in ("member", "object", "person")]
    moment = dt.datetime.fromisoformat(said["at"])
    return [said["seq"], moment, ids[0], said["verb"], said["purpose"] or "", ids[1], ids[2]]


def verify_log(*, using: str = "owner", against: str = "") -> Verdict:
    """Walk every agency's chain: each hash is SHA-256 of the hash before and the line, the last is the chain's head.

    Reads as the owner, since no member sees the logs of all agencies.

    Args:
        using: the login to read with.
        against: a line of `daily_root` from another day; the chains must still hold what it stood for.

    Raises:
        Refusal: `against` is no such line.
    """
    earlier = _read_root(against) if against else None
    marked = earlier[1] if earlier else {}
    lines, broken = 0, None
    heads: dict[UUID, tuple[int, bytes]] = {}
    marks: dict[UUID, tuple[int, bytes]] = {}
    for walk in _walks(using, marked):
        lines += walk.lines
        broken = broken or walk.end()
        heads[walk.agency] = walk.head or (walk.seq, walk.hash)
        if walk.mark:
            marks[walk.agency] = walk.mark
    if earlier and broken is None and root_of(marks) != earlier[0]:
        short = next((agency for agency, seq in marked.items() if agency not in marks and seq), None)
        broken = f"{short} line {marked[short]}: the chain was cut" if short else "the root of that day differs"
    return Verdict(lines, broken, heads)


def _walks(using: str, marked: Mapping[UUID, int]) -> Iterator[_Walk]:
    walk = None
    with connections[using].chunked_cursor() as cursor:
        cursor.execute(_CHAINS)
        for agency, head_seq, head_hash, *row in cursor:
            if walk is None or walk.agency != agency:
                if walk:
                    yield walk
                walk = _Walk(agency, None if head_seq is None else (head_seq, bytes(head_hash)))
                if marked.get(agency) == 0:
                    walk.mark = (0, b"")
            if row[0] is not None:
                walk.step(tuple(row), marked.get(agency))
    if walk:
        yield walk


def root_of(heads: Mapping[UUID, tuple[int, bytes]]) -> str:
    """Merkle root of chains: a leaf is the agency's id, the chain's length (8 bytes) and the hash of its last line."""
    return merkle_root(
        [agency.bytes + seq.to_bytes(8, "big") + value for agency, (seq, value) in sorted(heads.items())]
    )


def merkle_root(leaves: list[bytes]) -> str:
    """The Merkle root of the leaves in order (prefixes 0x00, 0x01 as RFC 6962; an odd one moves up), hexadecimal."""
    level = [hashlib.sha256(b"\x00" + leaf).digest() for leaf in leaves]
    while len(level) > 1:
        pairs = [level[i : i + 2] for i in range(0, len(level), 2)]
        level = [hashlib.sha256(b"\x01" + b"".join(pair)).digest() if len(pair) == 2 else pair[0] for pair in pairs]
    return (level[0] if level else hashlib.sha256(b"").digest()).hex()


def daily_root(*, day: dt.date, using: str = "owner") -> str:
    """The line to keep outside: a chain alone does not miss its cut tail, yesterday's root does.

    Returns:
        `DAY LINES ROOT AGENCY:LENGTH,…`; `verify_log(against=…)` reads it.

    Raises:
        Refusal: the log is broken already.
    """
    verdict = verify_log(using=using)
    if not verdict.ok:
        raise Refusal(f"the access log is broken: {verdict.first_broken}", remedy="Keep the last root that was whole.")
    lengths = ",".join(f"{agency}:{seq}" for agency, (seq, _) in sorted(verdict.heads.items()))
    return f"{day.isoformat()} {verdict.lines} {verdict.root} {lengths}".rstrip()


def _read_root(line: str) -> tuple[str, dict[UUID, int]]:
    try:
        _, _, root, *lengths = line.split()
        pairs = [pair.split(":") for pair in lengths[0].split(",")] if lengths else []
        return root, {UUID(agency): int(seq) for agency, seq in pairs}
    except ValueError as error:
        raise Refusal(
            "this is not the line of a daily root", where="against", remedy="Give what `palermo audit root` printed."
        ) from error
