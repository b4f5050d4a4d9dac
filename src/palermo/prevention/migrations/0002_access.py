"""Row-level security of prevention: the own office's studies, for its analysts alone; what was published, for all."""

from django.db import migrations

from palermo.office.rls import at_the_public_page, guard, own_agency, sql_file

_MINE = "agency_id = (SELECT prevention_desk())"
#: Table → the application's rights on it.
_TABLES = {
    "study": "SELECT, INSERT, UPDATE (state, closed_at, closing_reason)",
    "listtable": "SELECT, INSERT, UPDATE (withdrawn_at, withdrawal_reason)",
    "linking": "SELECT, INSERT, UPDATE (state, ended_at, table_id)",
    "heldpart": "SELECT, INSERT, DELETE",
    "decision": "SELECT, INSERT",
    "run": "SELECT, INSERT, UPDATE (done, state, problem, done_at, digest)",
    "runpart": "SELECT, INSERT",
    "content": "SELECT, INSERT",
    "budget": "SELECT, INSERT",
    "casetable": "SELECT, INSERT",
    "release": "SELECT, INSERT, UPDATE (state, problem, made_at, decided_at, decided_by, reason)",
    "releasereport": "SELECT, INSERT",
    "series": "SELECT, INSERT",
}
_WITH_HISTORY = ("study", "listtable", "linking", "run", "release", "publishedestimate", "publictable")
#: What everybody may read, signed in or not.
_PUBLIC = {
    "publishedestimate": "SELECT, INSERT, UPDATE (withdrawn_at, withdrawal_reason)",
    "publictable": "SELECT, INSERT, UPDATE (withdrawn_at)",
}
#: Table → states in which its rows still change.
_UNTIL = {"run": "'queued', 'working'", "release": "'queued', 'review', 'published'", "linking": "'review'"}


def _settled(table: str, states: str) -> migrations.RunSQL:
    """A row in another state than these is never changed again."""
    return migrations.RunSQL(
        f"CREATE POLICY prevention_{table}_settled ON prevention_{table} AS RESTRICTIVE FOR UPDATE TO palermo_app"
        f" USING (state = ANY (ARRAY[{states}])) WITH CHECK (true)",
        f"DROP POLICY prevention_{table}_settled ON prevention_{table}",
    )


class Migration(migrations.Migration):
    dependencies = [("prevention", "0001_initial"), ("office", "0004_door")]

    operations = [
        sql_file(__file__, "desk.sql", "prevention_desk()"),
        *(own_agency(f"prevention_{table}", asks="prevention_desk", may=may) for table, may in _TABLES.items()),
        *(own_agency(f"prevention_{table}event", asks="prevention_desk") for table in _WITH_HISTORY),
        *(
            guard(f"prevention_{table}", reads=f"withdrawn_at IS NULL OR {_MINE}", writes=_MINE, may=may)
            for table, may in _PUBLIC.items()
        ),
        *(at_the_public_page(f"prevention_{table}", "withdrawn_at IS NULL") for table in _PUBLIC),
        *(_settled(table, states) for table, states in _UNTIL.items()),
        sql_file(__file__, "budget.sql", "!prevention_spend()"),
    ]
