"""In a real browser: a plan that clashes says why while it is typed, is moved, agreed and confirmed; also without script."""

from contextlib import contextmanager

import pytest

from palermo.office.domain.acting import acting_as
from palermo.partnership.domain import plans
from palermo.partnership.formats.plan_rows import Said, step_row
from palermo.partnership.models import Visit

pytestmark = pytest.mark.browser

ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
SECONDS = 30_000


@pytest.fixture
def page_of(live_server, browser, chromium, monkeypatch, settings):
    """`with page_of(member, script=True) as page: …`, a page of a browser in which the member has signed in."""
    from django.db import connections
    from playwright.sync_api import sync_playwright

    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    with sync_playwright() as play:
        opened = play.chromium.launch(executable_path=chromium, args=ARGUMENTS)

        @contextmanager
        def entering(member, *, script=True, **context_values):
            name = settings.SESSION_COOKIE_NAME
            cookie = {"name": name, "value": browser(member).cookies[name].value, "url": live_server.url}
            context = opened.new_context(base_url=live_server.url, java_script_enabled=script, **context_values)
            context.add_cookies([cookie])
            context.set_default_timeout(SECONDS)
            yield context.new_page()
            context.close()

        yield entering
        opened.close()
        connections.close_all()


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_plan_see_why_not_move_and_confirm(desk, do, page_of, script):
    said = {"body": "GRETA", "cycle": "third round", "state": "MD", "step": "country_visit"}
    said |= {"certainty": "announced", "starts": "2027-05-12", "ends": "2027-05-16"}
    do(desk.keeper, plans.note_step, row=step_row(Said("", said)))
    with page_of(desk.keeper, script=script) as page:
        page.goto("/partnership/visits/")
        page.get_by_role("link", name="Plan a visit").first.click()
        page.get_by_label("What is it for?").fill("Look at supply chains")
        page.get_by_label("State", exact=True).select_option("MD")
        page.get_by_label("First day").fill("2027-05-13")
        page.get_by_label("Last day").fill("2027-05-14")
        clash = page.get_by_text("12 to 16 May 2027, at the same time")
        if script:
            clash.wait_for()
        else:
            page.get_by_role("button", name="Plan it").click()
            clash.wait_for()
            page.get_by_text("Not saved yet").wait_for()
        page.get_by_label("First day").fill("2028-02-07")
        page.get_by_label("Last day").fill("2028-02-08")
        if script:
            page.get_by_text("Nothing that is known stands in the way").wait_for()
            page.get_by_role("button", name="Plan it").click()
        else:
            page.get_by_role("button", name="Save it nevertheless").click()
        page.get_by_role("link", name="Agree", exact=True).click()
        page.get_by_role("button", name="Yes, do it").click()
        page.get_by_role("link", name="Confirm", exact=True).click()
        page.get_by_role("button", name="Yes, do it").click()
        page.get_by_role("link", name="It took place").wait_for()
    with acting_as(desk.keeper):
        visit = Visit.objects.get()
    assert (visit.status, str(visit.span)) == ("confirmed", "7 to 8 February 2028")
