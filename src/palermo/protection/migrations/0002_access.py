"""Row-level security of protection's records and the doors for those without an account."""

from django.db import migrations

from palermo.office.rls import guard, need_to_know, sql_file

_DOOR = """
CREATE POLICY protection_concern_door ON protection_concern FOR INSERT TO palermo_app
WITH CHECK (state = 'new' AND person_id IS NULL AND told = '' AND EXISTS (
    SELECT FROM office_agency a WHERE a.id = recipient_id AND a.kind <> 'migration_enforcement'));
"""
# A link is made by the sender of an open referral, to its recipient, which does not sign in; for domain/links.LINK_HOURS.
_SENDERS_LINK = """
tries = 0 AND opened_at IS NULL AND expires_at <= (SELECT office_now()) + interval '72 hours'
AND EXISTS (SELECT FROM protection_referral f JOIN office_agency a ON a.id = f.recipient_id
    WHERE f.id = protection_sealedlink.referral_id AND f.recipient_id = protection_sealedlink.recipient_id
    AND f.sender_id = (SELECT office_desk()) AND f.state IN ('sent', 'accepted') AND NOT a.has_account)
"""
# Only the owner of a file refers, and what is made is a question: no answer is written into it.
_OWNERS_REFERRAL = """
sender_id = (SELECT office_desk()) AND state = 'sent' AND answered_at IS NULL AND done_at IS NULL AND withdrawn_at IS NULL
AND EXISTS (SELECT FROM office_reach o WHERE o.object_id = protection_referral.person_id
    AND o.agency_id = protection_referral.sender_id AND o.kind = 'person' AND o.ground = 'owner')
AND EXISTS (SELECT FROM office_disclosure d WHERE d.id = protection_referral.disclosure_id
    AND d.person_id = protection_referral.person_id AND d.recipient_id = protection_referral.recipient_id
    AND d.purpose = protection_referral.purpose)
"""
# A guardian is asked for by the owner of the file, of child protection, on a disclosure to it; nobody is appointed yet.
_OWNERS_QUESTION = """
asked_by_id = (SELECT office_desk()) AND appointed_at IS NULL AND appointed_by IS NULL AND guardian = '' AND escalated_at IS NULL
AND EXISTS (SELECT FROM office_reach o WHERE o.object_id = protection_guardianrequest.person_id
    AND o.agency_id = protection_guardianrequest.asked_by_id AND o.kind = 'person' AND o.ground = 'owner')
AND EXISTS (SELECT FROM office_agency a WHERE a.id = protection_guardianrequest.asked_of_id
    AND a.kind = 'child_protection')
AND (asked_of_id = asked_by_id OR EXISTS (SELECT FROM office_disclosure d
    WHERE d.id = protection_guardianrequest.disclosure_id AND d.person_id = protection_guardianrequest.person_id
    AND d.recipient_id = protection_guardianrequest.asked_of_id AND d.purpose = 'child_protection'))
"""

_AUTHORITYS_DECISION = """
decided_by = (SELECT office_me()) AND appealed_at IS NULL AND appeal_outcome = '' AND appeal_reason = '' AND appeal_decided_at IS NULL
AND outcome IN ('identified', 'not_identified')
AND EXISTS (SELECT FROM protection_referral f JOIN office_agency a ON a.id = f.recipient_id
    WHERE f.id = protection_identification.referral_id AND f.recipient_id = (SELECT office_desk())
    AND f.purpose = 'identification' AND f.state = 'accepted'
    AND a.kind IN ('competent_authority', 'police_special', 'asylum'))
"""


class Migration(migrations.Migration):
    dependencies = [("protection", "0001_initial"), ("office", "0002_access")]

    operations = [
        sql_file(
            __file__,
            "outside.sql",
            "protection_open_link(bytea, bytea)",
            "protection_announce_concern(uuid)",
            "protection_concern_status(bytea)",
            "protection_decided(uuid)",
            "protection_overdue()",
        ),
        sql_file(__file__, "board.sql", "protection_board(timestamptz, timestamptz)"),
        need_to_know(
            "protection_screening",
            "person_id",
            may="SELECT, INSERT, UPDATE (state, conditions, language, interpreter, ended_at, result, reasons, rules_version,"
            " interview_advised,"
            " judgement, judgement_reason, judged_by, judged_at)",
        ),
        need_to_know("protection_answer", "person_id", may="SELECT, INSERT, UPDATE (value, how_known, sealed_note, at)"),
        need_to_know(
            "protection_case",
            "person_id",
            may="SELECT, INSERT, UPDATE (state, reflection_until, closed_at, closing_reason)",
        ),
        need_to_know("protection_risk", "person_id", may="SELECT, INSERT, UPDATE (resolved_at, resolution)"),
        need_to_know(
            "protection_guardianrequest",
            "person_id",
            also="id",
            may="SELECT, INSERT, UPDATE (appointed_at, appointed_by, guardian, escalated_at)",
            inserts=_OWNERS_QUESTION,
        ),
        need_to_know("protection_service", "person_id", may="SELECT, INSERT, UPDATE (state, ended_at, result)"),
        need_to_know(
            "protection_referral",
            "id",
            may="SELECT, INSERT, UPDATE (state, answered_at, answered_by, decline_reason, answer_note, done_at,"
            " withdrawn_at, escalated_at)",
            inserts=_OWNERS_REFERRAL,
        ),
        need_to_know("protection_package", "id", may="SELECT, INSERT"),
        need_to_know("protection_sealedlink", "referral_id", may="SELECT, INSERT", inserts=_SENDERS_LINK),
        need_to_know(
            "protection_identification",
            "referral_id",
            may="SELECT, INSERT, UPDATE (appealed_at, appeal_ground, appeal_outcome, appeal_reason, appeal_decided_at)",
            inserts=_AUTHORITYS_DECISION,
        ),
        sql_file(__file__, "sides.sql", "!protection_guard_identification()", "!protection_guard_guardian()", "!protection_guard_share()", "!protection_guard_new()", "!protection_guard_referral()"),
        guard(
            "protection_concern",
            reads="recipient_id = (SELECT office_desk())",
            writes="recipient_id = (SELECT office_desk())",
            may="SELECT, INSERT, UPDATE (state, answered_at, told, person_id)",
        ),
        migrations.RunSQL(_DOOR, "DROP POLICY protection_concern_door ON protection_concern"),
        *(
            need_to_know(f"protection_{table}event", column)
            for table, column in (
                ("screening", "person_id"),
                ("answer", "person_id"),
                ("case", "person_id"),
                ("risk", "person_id"),
                ("guardianrequest", "person_id"),
                ("service", "person_id"),
                ("referral", "id"),
                ("identification", "referral_id"),
            )
        ),
    ]
