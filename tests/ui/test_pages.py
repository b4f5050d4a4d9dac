"""The frame of every page: language, direction, simulated, navigation, theme, leaving, errors."""

import itertools
import re
from types import SimpleNamespace

import pytest
from django.template.loader import render_to_string
from django.test import Client, RequestFactory

from palermo.ui.context import look
from palermo.ui.pages.gallery import SHEETS

GALLERY = "/ui/gallery/"


def page(sheet="parts", **headers):
    response = Client(headers=headers).get(f"{GALLERY}{sheet}/")
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("sheet", SHEETS)
def test_no_page_has_inline_style_or_script(sheet):
    html = page(sheet)
    assert re.findall(r"<style|<[^>]* style=|<[^>]* on[a-z]+=\"", html) == []
    assert re.findall(r"<script(?![^>]*src=)[^>]*>", html) == []
    assert re.findall(r'(?:src|href)="(https?:[^"]*)"', html) == []


@pytest.mark.parametrize("sheet", SHEETS)
def test_every_page_has_a_skip_link_one_main_one_h1_and_unique_ids(sheet):
    html = page(sheet)
    body = html.split("<body", 1)[1]
    assert re.search(r"<a [^>]*>", body).group() == '<a class="skip" href="#main">'
    assert len(re.findall(r"<main\b", html)) == 1
    assert len(re.findall(r"<h1\b", html)) == 1
    ids = re.findall(r'\sid="([^"]+)"', html)
    assert sorted(set(ids)) == sorted(ids)


@pytest.mark.parametrize("sheet", SHEETS)
def test_headings_leave_no_level_out(sheet):
    levels = [int(level) for level in re.findall(r"<h([1-6])\b", page(sheet))]
    assert levels[0] == 1
    assert all(deeper <= level + 1 for level, deeper in itertools.pairwise(levels))


def test_language_and_direction_follow_the_person():
    assert re.search(r'<html lang="en"\s+dir="ltr"', page())
    assert re.search(r'<html lang="ar"\s+dir="rtl"', page(**{"accept-language": "ar"}))


def test_a_simulated_space_says_so_on_every_page(settings):
    assert all("Nobody on this page is a real person." in page(sheet) for sheet in SHEETS)
    settings.PALERMO_SPACE_SIMULATED = False
    assert "Nobody on this page is a real person." not in page()


def test_there_is_no_gallery_beside_real_records(settings):
    settings.DEBUG = settings.PALERMO_SPACE_SIMULATED = False
    assert Client().get(GALLERY).status_code == 404


def test_a_sheet_that_is_not_there_is_not_found(settings):
    settings.DEBUG = False
    assert Client().get(f"{GALLERY}nothing/").status_code == 404


def test_the_request_may_know_its_space_better_than_the_settings():
    request = RequestFactory().get("/")
    request.space = SimpleNamespace(name="Exercise", simulated=True)
    seen = look(request)
    assert (seen["ui_space"], seen["ui_simulated"]) == ("Exercise", True)


def test_navigation_shows_what_the_person_sees_and_where_they_are():
    rail = re.search(r"<nav class=\"rail.*?</nav>", page(), re.DOTALL).group()
    links = re.findall(r'<a href="([^"]+)"\s*(aria-current="page")?', rail)
    assert links == [("/ui/gallery/", 'aria-current="page"'), ("/inbox/", ""), ("/cases/", ""), ("/board/", "")]
    assert re.findall(r'rail__heading">([^<]+)<', rail) == ["Work", "Co-ordination"]
    assert re.findall(r'class="count">(\d+)<', rail) == ["12"]


def test_pages_without_an_account_have_no_navigation():
    assert '<nav class="rail' not in page("public")
    assert '<nav class="rail' not in page("focus")


def test_a_theme_is_kept_and_shown():
    client = Client()
    response = client.post("/ui/theme/", {"theme": "dark", "next": "/ui/gallery/forms/"})
    assert (response.status_code, response.url) == (302, "/ui/gallery/forms/")
    assert 'data-theme="dark"' in client.get(response.url).content.decode()


@pytest.mark.parametrize("wrong", [{"theme": "pink"}, {"theme": ""}, {}])
def test_a_theme_that_is_none_changes_nothing(wrong):
    client = Client()
    assert "palermo_theme" not in client.post("/ui/theme/", wrong).cookies
    client.cookies["palermo_theme"] = '"><script>'
    assert 'data-theme="auto"' in client.get(GALLERY).content.decode()


def test_the_language_is_chosen_in_its_own_name():
    client = Client()
    client.post("/language/setlang/", {"language": "ar", "next": "/ui/gallery/parts/"})
    html = client.get("/ui/gallery/parts/").content.decode()
    assert 'dir="rtl"' in html
    assert re.search(r'lang="ar"\s+aria-pressed="true">العربيّة<', html)


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example", "javascript:alert(1)", "\\\\evil"])
def test_choosing_a_theme_leads_nowhere_else(elsewhere):
    assert Client().post("/ui/theme/", {"theme": "dark", "next": elsewhere}).url == "/"


def signed_in():
    client = Client()
    session = client.session
    session["member"] = "somebody"
    session.save()
    return client


def test_leaving_ends_the_session_and_forgets():
    client = signed_in()
    response = client.post("/ui/leave/")
    assert (response.status_code, response.url) == (302, "/ui/leave/")
    assert response["Clear-Site-Data"] == '"cache", "storage"'
    assert "member" not in client.session


def test_a_link_cannot_sign_a_person_out():
    client = signed_in()
    response = client.get("/ui/leave/")
    assert client.session["member"] == "somebody"
    assert "Palermo" not in response.content.decode()
    assert "no-store" in response["Cache-Control"]


def test_leaving_needs_the_page_s_own_token():
    assert Client(enforce_csrf_checks=True).post("/ui/leave/").status_code == 403


def test_leaving_leads_where_the_site_says(settings):
    settings.PALERMO_QUICK_EXIT_TO = "https://weather.example/"
    assert Client().post("/ui/leave/").url == "https://weather.example/"
    assert 'data-leave="https://weather.example/"' in page()


@pytest.mark.parametrize("code", ["400", "403", "403_csrf", "404", "500"])
def test_errors_say_what_to_do(code):
    html = render_to_string(f"{code}.html", request=RequestFactory().get("/"))
    assert len(re.findall(r"<h1\b", html)) == 1
    assert 'href="/"' in html


def test_the_last_error_page_needs_no_request():
    """Django renders 500.html without one."""
    assert "Something broke on our side" in render_to_string("500.html")


def test_every_static_file_of_the_frame_exists():
    from django.contrib.staticfiles import finders

    html = "".join(page(sheet) for sheet in SHEETS) + render_to_string("500.html") + render_to_string("ui/blank.html")
    asked = set(re.findall(r'(?:src|href)="/static/([^"]+)"', html))
    assert {path for path in asked if finders.find(path) is None} == set()
    assert "django_htmx/htmx-2.min.js" in asked
