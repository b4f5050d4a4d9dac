"""Row-level security of prosecution: the own agency's investigations, for its investigators alone."""

from django.db import migrations

from palermo.office.rls import guard, own_agency, sql_file

_MINE = "agency_id = (SELECT prosecution_desk())"
#: A victim is linked only to a referral for investigation that this agency received and whose basis stands.
_LINKS = f"""{_MINE} AND EXISTS (SELECT FROM prosecution_offers() o
    WHERE o.referral_id = prosecution_victimlink.referral_id)"""
#: Costs and the State are paid only when no victim waits: neither by a new row nor by a change of one.
_LAST = f"{_MINE} AND (payee = 'victim' OR paid_on IS NULL OR NOT prosecution_victims_wait(investigation_id))"
#: Table → the application's rights on it.
_TABLES = {
    "investigation": "SELECT, INSERT, UPDATE (state, closed_at, closing_reason)",
    "party": "SELECT, INSERT, UPDATE (roles, age, consent_claimed, sealed)",
    "holding": "SELECT, INSERT",
    "nonpunishment": "SELECT, INSERT",
    "lawfulauthority": "SELECT, INSERT",
    "evidenceitem": "SELECT, INSERT, UPDATE (disclosure, withdrawn_at)",
    "custodystep": "SELECT, INSERT",
    "support": "SELECT, INSERT, UPDATE (removed_at)",
    "step": "SELECT, INSERT",
    "bankreading": "SELECT, INSERT, UPDATE (columns, dates, decimal, currency, saved_at)",
    "statementfile": "SELECT, INSERT, UPDATE (state, bank, sealed_reading, sealed_report)",
    "book": "SELECT, INSERT, UPDATE (state, rows, sha256, sealed_report, made_at, accepted_at, accepted_by)",
    "analysis": "SELECT, INSERT, UPDATE (state, sealed_problem, done, done_at)",
    "bankrequest": "SELECT, INSERT, UPDATE (answered_at, sealed_reply)",
    "export": "SELECT, INSERT, UPDATE (state, sealed_problem, sha256, size, made_at)",
    "content": "SELECT, INSERT",
    "asset": "SELECT, INSERT, UPDATE (state, value, traced)",
    "assetstep": "SELECT, INSERT",
    "benefit": "SELECT, INSERT",
    "victimclaim": "SELECT, INSERT, UPDATE (state, approved, decided_on, decided_by)",
    "sharing": "SELECT, INSERT, UPDATE (withdrawn_at)",
    "recovered": "SELECT, INSERT",
}
_WITHOUT_HISTORY = {"content"}


class Migration(migrations.Migration):
    dependencies = [("prosecution", "0001_initial"), ("office", "0002_access"), ("protection", "0002_access")]

    operations = [
        sql_file(__file__, "desk.sql", "prosecution_desk()"),
        sql_file(__file__, "links.sql", "prosecution_offers()"),
        sql_file(__file__, "claims.sql", "prosecution_victims_wait(uuid)"),
        *(own_agency(f"prosecution_{table}", asks="prosecution_desk", may=may) for table, may in _TABLES.items()),
        *(
            own_agency(f"prosecution_{table}event", asks="prosecution_desk")
            for table in (*_TABLES, "victimlink", "share")
            if table not in _WITHOUT_HISTORY
        ),
        guard(
            "prosecution_victimlink",
            reads=_MINE,
            writes=_MINE,
            inserts=_LINKS,
            may="SELECT, INSERT, UPDATE (ended_at)",
        ),
        guard(
            "prosecution_share",
            reads=_MINE,
            writes=_LAST,
            may="SELECT, INSERT, UPDATE (paid_on, reference, paid_by, withdrawn_at)",
        ),
    ]
