"""A database as `migrate` makes it, beside one made in Django's own way: their catalogues are the same, line by line.

`web/database/drawing.py` draws each class once where Django draws all related ones anew; this counts what that spares.
"""

import contextlib
import difflib
import json
import os
import resource
import sys

from _cluster import own_state, server_seconds

CATALOGUE = {
    "columns": "SELECT table_name, column_name, udt_name, column_default, is_nullable, character_maximum_length,"
    " collation_name, is_identity, generation_expression FROM information_schema.columns WHERE table_schema = 'public'",
    "constraints": "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid), condeferrable, condeferred"
    " FROM pg_constraint WHERE connamespace = 'public'::regnamespace",
    "indexes": "SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'",
    "triggers": "SELECT tgrelid::regclass::text, tgname, tgenabled, pg_get_triggerdef(oid), obj_description(oid)"
    " FROM pg_trigger WHERE NOT tgisinternal",
    "policies": "SELECT * FROM pg_policies",
    "relations": "SELECT relname, relkind, relowner::regrole::text, relacl::text, relrowsecurity, relforcerowsecurity"
    " FROM pg_class WHERE relnamespace = 'public'::regnamespace",
    "grants of columns": "SELECT attrelid::regclass::text, attname, attacl::text FROM pg_attribute"
    " WHERE attacl IS NOT NULL AND attrelid > 16383",
    "functions": "SELECT pg_get_functiondef(oid), proowner::regrole::text, proacl::text FROM pg_proc"
    " WHERE pronamespace = 'public'::regnamespace AND prokind = 'f'",
    "migrations": "SELECT app, name FROM django_migrations",
    "kinds of content": "SELECT app_label, model FROM django_content_type",
    "permissions": "SELECT codename FROM auth_permission",
}


def made(name: str) -> tuple[list[str], dict[str, float]]:
    """A migrated database's catalogue, and the CPU-seconds that it took this process and the server."""
    from palermo.web.database import server
    from palermo.web.database.migrations import migrate

    with server().connect() as admin:
        admin.execute(f"CREATE DATABASE {name} OWNER palermo_owner TEMPLATE template0")
    before, began = resource.getrusage(resource.RUSAGE_SELF), server_seconds()
    migrate(name)
    after = resource.getrusage(resource.RUSAGE_SELF)
    took = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    seconds = {"process": round(took, 1), "server": round(server_seconds() - began, 1)}
    with server().connect(name) as raw:
        lines = [f"{what}: {row!r}" for what, asked in CATALOGUE.items() for row in raw.execute(asked).fetchall()]
    return sorted(lines), seconds


def main() -> None:
    with own_state():
        import django

        django.setup()
        from palermo.web.database import ensure_running, migrations
        from palermo.web.database.roles import ensure_roles

        server = ensure_running(scratch=True)
        with server.connect() as admin:
            ensure_roles(server, admin)
        ours, quick = made("ours")
        migrations._drawing_only_what_is_new = contextlib.nullcontext  # noqa: SLF001 -- Django's own way
        theirs, slow = made("theirs")
    found = list(difflib.unified_diff(theirs, ours, "Django's", "ours", lineterm="", n=0))
    load = round(os.getloadavg()[0], 1)
    print(json.dumps({"lines": len(ours), "differ": found, "ours": quick, "django's": slow, "load": load}, indent=2))
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
