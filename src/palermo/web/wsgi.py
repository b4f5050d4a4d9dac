"""The site as a WSGI application; refuses to start with keys that do not fit its space."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "palermo.web.settings")
application = get_wsgi_application()

from palermo.office.domain.keyring import fit_for_work  # noqa: E402 -- Django must be set up first

fit_for_work()
