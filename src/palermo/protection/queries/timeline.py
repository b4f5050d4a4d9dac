"""What happened in a case, from the history that the database's triggers write."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.db import connection

# Each line: what it is about, what it says, and when. The time is the record's own where it has one, since history
# counts by the server's clock and an exercise by its own. Policies on each table hold here as everywhere.
_ORDER = (
    "screening_open", "screening_paused", "screening_stopped", "screening_finished", "screening_judged", "case_opened",
    "risk_seen", "guardian_asked", "consent_given", "referral_sent",
)  # fmt: skip
_SQL = """
WITH c AS (
    SELECT *, lag(state) OVER past AS before, lag(reflection_until) OVER past AS until_before
    FROM protection_caseevent WHERE person_id = %(person)s WINDOW past AS (ORDER BY pgh_id)
)
SELECT 'case_opened' AS what, ground AS about, '' AS detail, opened_at AS at FROM c WHERE pgh_label = 'insert'
UNION ALL SELECT 'case_state', state, '', coalesce(CASE WHEN state = 'closed' THEN closed_at END, pgh_created_at)
    FROM c WHERE before <> state
UNION ALL SELECT 'reflection', to_char(reflection_until, 'YYYY-MM-DD'), '', pgh_created_at
    FROM c WHERE until_before <> reflection_until
UNION ALL SELECT 'risk_' || CASE WHEN resolved_at IS NULL THEN 'seen' ELSE 'resolved' END, kind,
    CASE WHEN resolved_at IS NULL THEN level ELSE '' END, coalesce(resolved_at, seen_at)
    FROM protection_riskevent WHERE person_id = %(person)s
UNION ALL SELECT 'screening_' || state, result, form, coalesce(ended_at, started_at)
    FROM (SELECT *, row_number() OVER (PARTITION BY id, state ORDER BY pgh_id) AS n
          FROM protection_screeningevent WHERE person_id = %(person)s AND judgement = '') s WHERE n = 1
UNION ALL SELECT 'screening_judged', judgement, form, judged_at
    FROM (SELECT *, row_number() OVER (PARTITION BY id, judged_at ORDER BY pgh_id) AS n
          FROM protection_screeningevent WHERE person_id = %(person)s AND judgement <> '') s WHERE n = 1
UNION ALL SELECT 'consent_' || CASE WHEN withdrawn_at IS NULL THEN 'given' ELSE 'withdrawn' END, purpose, a.name,
    coalesce(withdrawn_at, given_at)
    FROM office_consentevent e JOIN office_agency a ON a.id = e.recipient_id WHERE person_id = %(person)s
UNION ALL SELECT 'guardian_' || CASE WHEN appointed_at IS NULL THEN 'asked' ELSE 'appointed' END, '', a.name,
    coalesce(appointed_at, asked_at)
    FROM protection_guardianrequestevent e JOIN office_agency a ON a.id = e.asked_of_id
    WHERE person_id = %(person)s AND (pgh_label = 'insert' OR appointed_at IS NOT NULL)
UNION ALL SELECT 'guardian_overdue', '', a.name, escalated_at
    FROM (SELECT *, row_number() OVER (PARTITION BY id ORDER BY pgh_id) AS n
          FROM protection_guardianrequestevent WHERE person_id = %(person)s AND escalated_at IS NOT NULL) e
    JOIN office_agency a ON a.id = e.asked_of_id WHERE n = 1
UNION ALL SELECT 'service_' || e.state, e.kind, a.name,
    coalesce(ended_at, CASE WHEN pgh_label = 'insert' THEN since END, pgh_created_at)
    FROM protection_serviceevent e JOIN office_agency a ON a.id = e.provider_id WHERE person_id = %(person)s
UNION ALL SELECT 'referral_' || e.state, purpose, a.name, CASE e.state WHEN 'sent' THEN sent_at WHEN 'done' THEN done_at
        WHEN 'withdrawn' THEN withdrawn_at ELSE answered_at END
    FROM (SELECT *, row_number() OVER (PARTITION BY id, state ORDER BY pgh_id) AS n
          FROM protection_referralevent WHERE person_id = %(person)s) e JOIN office_agency a ON a.id = e.recipient_id
    WHERE n = 1
UNION ALL SELECT 'referral_overdue', purpose, a.name, escalated_at
    FROM (SELECT *, row_number() OVER (PARTITION BY id ORDER BY pgh_id) AS n
          FROM protection_referralevent WHERE person_id = %(person)s AND escalated_at IS NOT NULL) e
    JOIN office_agency a ON a.id = e.recipient_id WHERE n = 1
UNION ALL SELECT 'data_recalled', d.purpose, a.name, d.recalled_at
    -- A withdrawn consent and a referral that was taken back or declined have lines of their own.
    FROM office_disclosure d JOIN office_agency a ON a.id = d.recipient_id
    WHERE d.person_id = %(person)s AND d.recalled_at IS NOT NULL AND d.basis <> 'consent'
    AND NOT EXISTS (SELECT FROM protection_referral r
        WHERE r.disclosure_id = d.id AND r.state IN ('withdrawn', 'declined')
        AND d.recalled_at >= coalesce(r.withdrawn_at, r.answered_at) - interval '2 seconds')
"""
# What one moment brought comes in the order in which it happens, the newest first.
_NEWEST = (
    f"SELECT * FROM ({_SQL}) h"  # noqa: S608 -- constants of this file
    " ORDER BY at DESC, array_position(%(order)s::text[], what) DESC NULLS FIRST LIMIT %(limit)s"
)


@dataclass(frozen=True)
class Happening:
    """One line: `what` is a word of the table below, `about` a code, `detail` an agency's name or a code."""

    what: str
    about: str
    detail: str
    at: dt.datetime


def timeline(person_id: UUID, *, limit: int = 60) -> list[Happening]:
    """What happened to a person's case, the newest first; in one statement."""
    with connection.cursor() as cursor:
        cursor.execute(_NEWEST, {"person": person_id, "limit": limit, "order": list(_ORDER)})
        return [Happening(*row) for row in cursor.fetchall()]
