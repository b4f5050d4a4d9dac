"""Django's `DATABASES`, and nothing but that: reading it starts nothing."""

import os
from typing import Any

from palermo.web.database.secrets import APP, DOOR, OWNER
from palermo.web.database.server import server
from palermo.web.database.spaces import DATABASES, space


def databases() -> dict[str, dict[str, Any]]:
    """Three logins to the database of this process's space.

    `default` is the application, `door` the login of the public and of migration enforcement
    (office/domain/logins.py), `owner` migrates.
    """
    os.environ.pop("PGPASSWORD", None)  # libpq would prefer it to the password file
    found, name = server(), DATABASES[space()]
    options = {key: value for key, value in found.place.items() if key not in {"host", "port"}}
    shared: dict[str, Any] = {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "HOST": found.place.get("host", ""),
        "PORT": found.place.get("port", ""),
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {**options, "passfile": str(found.passfile), "application_name": "palermo"},
    }
    return {
        "default": {**shared, "USER": APP, "CONN_MAX_AGE": 60},
        "door": {**shared, "USER": DOOR, "CONN_MAX_AGE": 60, "TEST": {"MIRROR": "default"}},
        "owner": {**shared, "USER": OWNER, "TEST": {"MIRROR": "default"}},
    }
