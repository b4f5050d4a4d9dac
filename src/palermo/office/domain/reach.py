"""The nightly check that nobody reaches what nothing explains."""

from dataclasses import dataclass
from uuid import UUID

from django.db import connections

#: Whose an object is, by kind: (table or query in brackets, primary key, column of the owning agency). Rooms above add
#: theirs.
OWNED: dict[str, tuple[str, str, str]] = {"person": ("office_person", "id", "agency_id")}
#: On which disclosure an object may be shared, by kind: a query for (object_id, disclosure_id). Rooms above add theirs;
#: a kind without one is explained by any disclosure to that agency.
SHARED: dict[str, str] = {}

_DISCLOSED = """
    SELECT r.id FROM office_reach r JOIN office_disclosure d ON d.id::text = r.ground
    WHERE r.kind IN ('referral', 'package', 'guardian') AND d.recipient_id = r.agency_id
      AND (r.kind <> 'package' OR NOT r.writes)
      -- A package or a request for a guardian is dark once its basis is gone; a referral stays, so that its recipient
      -- reads that it ended.
      AND (r.kind = 'referral' OR r.until <= office_now() OR office_unlawful(d) IS NULL)
      AND EXISTS (SELECT FROM office_reach o WHERE o.object_id = r.object_id AND o.ground = 'owner' AND o.kind = r.kind)
      {tied}
"""
_OPENED = """
    SELECT r.id FROM office_reach r JOIN office_emergencyopening e ON e.id::text = r.ground
    WHERE r.kind = 'person' AND NOT r.writes AND e.opener_id = r.agency_id AND e.person_id = r.object_id
      AND r.until <= e.until
"""


@dataclass(frozen=True)
class Unexplained:
    """A row of `reach` that neither an owner, a standing disclosure nor an emergency opening explains."""

    id: UUID
    agency_id: UUID
    object_id: UUID
    kind: str
    ground: str


def check_reach(*, using: str = "owner") -> list[Unexplained]:
    """Recompute who may reach what, and list the rows that should not be there. Runs nightly, as the owner."""
    owned = "".join(
        f" UNION SELECT r.id FROM office_reach r JOIN {table} t ON t.{key} = r.object_id AND t.{agency} = r.agency_id"  # noqa: S608
        f" WHERE r.ground = 'owner' AND r.kind = '{kind}'"
        for kind, (table, key, agency) in sorted(OWNED.items())
    )
    tied = "".join(
        f" AND (r.kind <> '{kind}' OR (r.object_id, d.id) IN ({query}))" for kind, query in sorted(SHARED.items())
    )
    disclosed = _DISCLOSED.format(tied=tied)
    unchecked = sorted({"person", "referral", "package", "guardian"} - set(OWNED))
    with connections[using].cursor() as cursor:
        cursor.execute(
            f"WITH explained AS ({disclosed} UNION {_OPENED}{owned}"  # noqa: S608
            # A kind whose table no room has named yet has at least one owner only.
            " UNION SELECT r.id FROM office_reach r WHERE r.ground = 'owner' AND r.kind = ANY (%s) AND NOT EXISTS"
            " (SELECT FROM office_reach o WHERE o.object_id = r.object_id AND o.ground = 'owner' AND o.id <> r.id))"
            " SELECT id, agency_id, object_id, kind, ground FROM office_reach"
            " WHERE id NOT IN (SELECT id FROM explained) ORDER BY granted_at, id",
            [unchecked],
        )
        return [Unexplained(*row) for row in cursor.fetchall()]
