"""Rights of the application on tables that libraries made, and the owner's rights on history triggers."""

from typing import Any

from django.db import connections

#: What the application may do on library tables. Nothing else is granted; a test compares with pg_class.
LIBRARY_TABLES = {
    "django_content_type": "SELECT",
    "django_migrations": "SELECT",
    "account_emailaddress": "SELECT, INSERT, UPDATE, DELETE",
    "account_emailconfirmation": "SELECT, INSERT, DELETE",
    "mfa_authenticator": "SELECT, INSERT, UPDATE, DELETE",
}

_DEFINERS = """
DO $$ DECLARE f record; BEGIN
  FOR f IN SELECT p.oid::regprocedure AS name FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
           WHERE n.nspname = 'public' AND p.proname LIKE 'pgtrigger\\_%' AND NOT p.prosecdef
             AND p.proname <> 'pgtrigger_ignore' LOOP
    EXECUTE format('ALTER FUNCTION %s SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp', f.name);
  END LOOP;
END $$;
-- A session that sets pgtrigger.ignore would otherwise leave no history.
CREATE OR REPLACE FUNCTION _pgtrigger_should_ignore(trigger_name NAME) RETURNS boolean LANGUAGE sql IMMUTABLE
AS 'SELECT false';
"""

# The queue is the owner's: the application puts work in through office_defer() and can do nothing else with it. Its
# announcements are off: every login may LISTEN, and would count what happens.
_QUEUE = """
DO $$ DECLARE f record; BEGIN
  FOR f IN SELECT p.oid::regprocedure AS name FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
           WHERE n.nspname = 'public' AND p.proname LIKE 'procrastinate\\_%' LOOP
    EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC, palermo_app, palermo_door', f.name);
  END LOOP;
  FOR f IN SELECT t.tgname AS name, t.tgrelid::regclass AS tab FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid
           WHERE p.proname LIKE 'procrastinate\\_%' AND p.prosrc LIKE '%pg_notify%' AND t.tgenabled <> 'D' LOOP
    EXECUTE format('ALTER TABLE %s DISABLE TRIGGER %I', f.tab, f.name);
  END LOOP;
END $$;
"""


def grant_library_tables(*, using: str = "default", **_: Any) -> None:
    """After each migration: grant what the application needs on library tables; history is written by the owner."""
    connection = connections[using]
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
        for table, may in LIBRARY_TABLES.items():
            if table in tables:
                logins = "palermo_app, palermo_door"  # everybody signs in
                cursor.execute(f"REVOKE ALL ON {table} FROM {logins}; GRANT {may} ON {table} TO {logins}")
        cursor.execute(_DEFINERS)
        cursor.execute(_QUEUE)
