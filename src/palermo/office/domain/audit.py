"""To prove that the access log is whole."""

import datetime as dt
import hashlib
from dataclasses import dataclass
from uuid import UUID

from django.db import connections


@dataclass(frozen=True)
class Verdict:
    """What a walk along the chains found."""

    lines: int
    #: "AGENCY line SEQ: what is wrong", or None.
    first_broken: str | None
    #: Merkle root of all heads, in hexadecimal; compare it with the one exported on another day.
    root: str

    @property
    def ok(self) -> bool:
        """Whether every line follows from the one before it and every chain ends at its head."""
        return self.first_broken is None


def verify_log(*, using: str = "owner") -> Verdict:
    """Walk every agency's chain: each hash is SHA-256 of the hash before and the line, the last is the chain's head.

    Reads as the owner, since no member sees the logs of all agencies.
    """
    lines, broken = 0, None
    heads: dict[UUID, tuple[int, bytes]] = {}
    reached: dict[UUID, tuple[int, bytes]] = {}
    with connections[using].cursor() as cursor:
        cursor.execute("SELECT agency_id, seq, hash FROM office_chainhead ORDER BY agency_id")
        heads = {agency: (seq, bytes(value)) for agency, seq, value in cursor.fetchall()}
        cursor.execute(
            "SELECT agency_id, seq, at, member_id, verb, purpose, object_id, person_id, body, hash,"
            " (body::jsonb ->> 'verb') = verb AND coalesce(body::jsonb ->> 'purpose', '') = purpose"
            " AND (body::jsonb ->> 'object')::uuid IS NOT DISTINCT FROM object_id"
            " AND (body::jsonb ->> 'person')::uuid IS NOT DISTINCT FROM person_id"
            " AND (body::jsonb ->> 'member')::uuid IS NOT DISTINCT FROM member_id"
            " AND (body::jsonb ->> 'at')::timestamptz = at AND (body::jsonb ->> 'seq')::bigint = seq"
            " FROM office_logline ORDER BY agency_id, seq"
        )
        for row in iter(lambda: cursor.fetchmany(2000), []):
            for agency, seq, *_, body, value, agrees in row:
                lines += 1
                before_seq, before = reached.get(agency, (0, b""))
                expected = hashlib.sha256(before + body.encode()).digest()
                if broken is None and (seq != before_seq + 1 or bytes(value) != expected or not agrees):
                    broken = f"{agency} line {seq}: " + _wrong(seq, before_seq, bytes(value) != expected)
                reached[agency] = (seq, bytes(value))
    for agency, head in heads.items():
        if broken is None and reached.get(agency, (0, b"")) != head:
            broken = f"{agency} line {head[0]}: the chain does not end where its head says"
    return Verdict(lines, broken, merkle_root([value for _, value in heads.values()]))


def _wrong(seq: int, before: int, hash_differs: bool) -> str:
    if seq != before + 1:
        return f"line {before + 1} is missing"
    return "the line was changed" if hash_differs else "its columns differ from what was hashed"


def merkle_root(leaves: list[bytes]) -> str:
    """The Merkle root of the leaves in order (prefixes 0x00, 0x01 as RFC 6962; an odd one moves up), hexadecimal."""
    level = [hashlib.sha256(b"\x00" + leaf).digest() for leaf in leaves]
    while len(level) > 1:
        pairs = [level[i : i + 2] for i in range(0, len(level), 2)]
        level = [hashlib.sha256(b"\x01" + b"".join(pair)).digest() if len(pair) == 2 else pair[0] for pair in pairs]
    return (level[0] if level else hashlib.sha256(b"").digest()).hex()


def daily_root(*, day: dt.date) -> str:
    """The line to keep outside: a chain alone does not miss its cut tail, yesterday's root does."""
    verdict = verify_log()
    return f"{day.isoformat()} {verdict.lines} {verdict.root}"
