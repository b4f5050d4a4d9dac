"""Settings of the site. Every name that is read from the environment is listed in docs/settings.md."""

from palermo.web.database import databases

SECRET_KEY = "set by palermo.web.keys before the site serves"  # noqa: S105 -- replaced at start
INSTALLED_APPS: list[str] = []
USE_TZ = True
DATABASES = databases()
