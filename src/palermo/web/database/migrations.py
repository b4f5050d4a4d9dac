"""Migrations run as the owner, in whichever database is asked for."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

# What decides how a migrated, empty database looks: migrations, and what `post_migrate` sets from models and receivers.
SHAPES = (
    "migrations/*.py",
    "models.py",
    "models/*.py",
    "apps.py",
    "enums.py",
    "enums/*.py",
    "access/*.py",
    "grants.py",
    "grants/*.py",
    "**/*.sql",
)


def schema_digest() -> str:
    """Twelve hexadecimal digits that change when a migration, a model, a grant or an SQL file of any app does."""
    from django.apps import apps  # noqa: PLC0415 -- `palermo db status` answers without Django

    digest = hashlib.sha256()
    for config in sorted(apps.get_app_configs(), key=lambda config: config.name):
        root = Path(config.path)
        for path in sorted({path for shape in SHAPES for path in root.glob(shape)}):
            digest.update(f"{config.name}/{path.relative_to(root)}\0".encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def migrate(database: str) -> None:
    """Run all migrations in a database, as its owner."""
    from django.core.management import call_command  # noqa: PLC0415 -- as above

    with _owner_in(database), _drawing_only_what_is_new():
        call_command("migrate", database="owner", interactive=False, verbosity=0)


@contextmanager
def _owner_in(database: str) -> Iterator[None]:
    """Point the connection `owner` at a database for a while."""
    from django.apps import apps  # noqa: PLC0415 -- as above
    from django.db import connections  # noqa: PLC0415

    connection = connections["owner"]
    before = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = database
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = before
        if apps.is_installed("django.contrib.contenttypes"):
            from django.contrib.contenttypes.models import ContentType  # noqa: PLC0415 -- only where it is installed

            ContentType.objects.clear_cache()


@contextmanager
def _drawing_only_what_is_new() -> Iterator[None]:
    """Spare the schema editor classes that it has already: what is new is drawn into them.

    After each new table, relation, index, constraint or trigger Django draws anew every class that is related to the
    one it is about, which here are all of them: nine tenths of the time that a fresh database took.
    """
    from django.db.migrations.state import ProjectState  # noqa: PLC0415 -- as above
    from pgtrigger.migrations import AddTrigger  # noqa: PLC0415 -- as above

    from palermo.web.database import drawing  # noqa: PLC0415 -- as above

    replaced = [
        (ProjectState, "add_model", drawing.add_model),
        (ProjectState, "add_field", drawing.add_field),
        (ProjectState, "_append_option", drawing.add_option),
        (AddTrigger, "state_forwards", drawing.add_trigger),
    ]
    before = [getattr(owner, name) for owner, name, _ in replaced]
    for owner, name, ours in replaced:
        setattr(owner, name, ours)
    try:
        yield
    finally:
        for (owner, name, _), theirs in zip(replaced, before, strict=True):
            setattr(owner, name, theirs)
