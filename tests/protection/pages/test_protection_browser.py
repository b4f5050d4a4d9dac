"""In a real browser: a child is referred, child protection accepts, the co-ordinator's board changes."""

from contextlib import contextmanager

import pytest

from palermo.protection.domain.cases import add_risk
from palermo.protection.domain.guardians import request_guardian

pytestmark = pytest.mark.browser

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
SECONDS = 30_000


@pytest.fixture
def page_of(live_server, browser, chromium, monkeypatch, settings):
    """`with page_of(member, script=True) as page: …`, a page of a browser in which the member has signed in."""
    from django.db import connections
    from playwright.sync_api import sync_playwright

    # Playwright keeps a loop of its own in this thread; the records are read between its calls.
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    with sync_playwright() as play:
        opened = play.chromium.launch(executable_path=chromium, args=ARGUMENTS)

        @contextmanager
        def entering(member, *, script=True):
            name = settings.SESSION_COOKIE_NAME
            cookie = {"name": name, "value": browser(member).cookies[name].value, "url": live_server.url}
            context = opened.new_context(base_url=live_server.url, java_script_enabled=script)
            context.add_cookies([cookie])
            context.set_default_timeout(SECONDS)
            yield context.new_page()
            context.close()

        yield entering
        opened.close()
        # Under the loop Django keeps connections of its own, which would outlive the test's database.
        connections.close_all()


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_from_referral_to_board(world, make, do, page_of, script):
    case = make.case(age=12, path="child")
    children = world.agency["children"]
    do(
        world.manager,
        request_guardian,
        person=case.person,
        asked_of=children,
        companion_checked=True,
        child_view="Wants somebody to come along",
    )

    with page_of(world.manager, script=script) as page:
        page.goto("/cases/")
        page.get_by_role("link", name=case.person.code).click()
        page.get_by_role("link", name="Refer", exact=True).first.click()
        page.get_by_role("link", name="Child Protection").click()
        page.get_by_label("Why", exact=True).fill("A safe bed tonight weighs more than travelling on")
        page.get_by_label("What the child says about it").fill("Wants to stay with the sister")
        page.get_by_label("It was checked that this person is not implicated").check()
        page.get_by_label("Protection of a child").check()
        page.get_by_label("Guardianship").check()
        page.get_by_label("Risks to safety").check()
        page.get_by_role("button", name="Send the referral").click()
        page.get_by_text("The referral is sent.").wait_for()

    def tiles(page):
        page.goto("/board/")
        names = page.locator(".tile__label").all_inner_texts()
        return dict(zip((name.strip() for name in names), page.locator(".tile__value").all_inner_texts(), strict=True))

    with page_of(world.co_ordinator, script=script) as page:
        before = tiles(page)
    with page_of(world.child_worker, script=script) as page:
        page.goto("/referrals/")
        page.locator("td.table__main a").click()
        page.get_by_role("button", name="Open the data").click()
        page.get_by_role("heading", name="Risks to safety").wait_for()
        page.get_by_role("link", name="Back to the referral").click()
        page.get_by_label("Note to the sender").fill("We come at six")
        page.get_by_role("button", name="Accept").click()
        page.get_by_text("Accepted. The sender is told.").wait_for()
    with page_of(world.co_ordinator, script=script) as page:
        after = tiles(page)

    assert (before["Referred"], before["Waiting for an answer"]) == ("1", "1")
    assert (after["Referred"], after["Waiting for an answer"]) == ("1", "0")


@pytest.mark.parametrize("width", [320, 1280])
def test_one_long_word_does_not_widen_the_case(world, make, do, page_of, width):
    case = make.case()
    do(world.manager, add_risk, case=case, kind="threats", level="urgent", note="x" * 300)
    with page_of(world.manager) as page:
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(f"/cases/{case.pk}/")
        page.get_by_text("x" * 300).wait_for()
        assert page.evaluate("document.documentElement.scrollWidth") <= width
