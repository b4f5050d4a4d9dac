"""The look is tested on a site of its own, whatever the site put together is like."""

import sys
from importlib import import_module
from pathlib import Path

import pytest

# Not for tests: the custom user model ties the rooms together, and the key file of the site may not exist.
ALONE = {"INSTALLED_APPS", "SECRET_KEY"}
SITE = str(Path(__file__).parent / "site")


@pytest.fixture(autouse=True)
def gallery_site(settings, monkeypatch):
    """Settings and navigation of the gallery alone, for each test of this room."""
    from palermo.ui import navigation

    monkeypatch.syspath_prepend(SITE)
    for name, value in vars(import_module("ui_site_settings")).items():
        if name.isupper() and name not in ALONE:
            setattr(settings, name, value)
    entries = import_module("ui_site_urls").ENTRIES
    monkeypatch.setattr(navigation, "_entries", {entry.url_name: entry for entry in entries})


@pytest.fixture
def render():
    """Render a template from its text, with `ui` loaded."""
    from django.template import Context, Template
    from django.test import RequestFactory

    def rendered(text, **context):
        request = RequestFactory().get("/ui/gallery/", context.pop("query", None))
        return Template("{% load i18n ui %}" + text).render(Context({"request": request, **context}))

    return rendered


@pytest.fixture
def gallery_address():
    sys.path.insert(0, SITE)
    serve = import_module("serve_gallery")
    with serve.gallery() as address:
        yield address
