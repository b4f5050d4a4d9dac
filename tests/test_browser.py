"""The main job in a real browser: from a child at the harbour to the co-ordinator's board, and the doors for outsiders."""

import re

import pytest
from django.db import connections
from house import PASSWORD
from playwright.sync_api import expect, sync_playwright
from records import do

pytestmark = pytest.mark.browser

#: What the board's tiles say after one child, whose referral was accepted.
BOARD = {
    "Arrived": "1",
    "Screened": "1",
    "Waiting for a judgement": "0",
    "Presumed": "1",
    "Referred": "1",
    "Waiting for an answer": "0",
    "Overdue": "0",
    "Declined": "0",
}
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]


@pytest.fixture
def site(chromium, live_server, house, monkeypatch):
    """`site()` is a browser of its own for somebody; any complaint of the page fails the test."""
    # Playwright's loop runs in this thread, and Django would refuse a statement beside a loop.
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    complaints = []
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)

        def somebody():
            context = running.new_context(base_url=live_server.url, viewport={"width": 820, "height": 1180})
            page = context.new_page()
            page.on("console", lambda message: message.type == "error" and complaints.append(message.text))
            page.on("pageerror", lambda error: complaints.append(str(error)))
            return page

        yield somebody
        running.close()
        # Beside Playwright's loop Django keeps connections of its own, which nobody else would close.
        connections.close_all()
    # A form that is answered with what is wrong, a page that is over or not there: the browser notes the status.
    assert [one for one in complaints if "the server responded with a status of 4" not in one] == []


@pytest.fixture
def enter(site):
    """`enter(member)` signs in by both factors, as a visitor of the simulated space does, and returns the page."""
    from palermo.office.domain.second_factor import enrol_second_factor

    def signed_in(member):
        do(member, enrol_second_factor)
        page = site()
        password(page, member.username, PASSWORD)
        code = page.locator("strong", has_text=re.compile(r"^\d{6}$")).inner_text()
        page.locator("input[name=code]").fill(code)
        page.locator("main form button[type=submit]").first.click()
        expect(page).to_have_url(re.compile(r"/$"))
        expect(page.get_by_role("button", name="Leave now")).to_be_visible()
        return page

    return signed_in


def password(page, name, said):
    page.goto("/account/login/")
    page.locator("input[name=login]").fill(name)
    page.locator("input[name=password]").fill(said)
    page.get_by_role("button", name="Go on").click()


def figures(page):
    """What the board's tiles say, by label."""
    page.goto("/board/")
    tiles = page.locator(".tile").all()
    return {
        t.locator(".tile__label").inner_text().strip(): t.locator(".tile__value").inner_text().strip() for t in tiles
    }


def check(page, label):
    """Tick by the words, as a finger on the tablet does."""
    page.locator("label", has_text=label).first.click()


def register_a_child(page):
    page.goto("/arrivals/new/")
    page.get_by_label("Given name").fill("Ada")
    page.get_by_label("Family name").fill("Quillonby")
    page.get_by_role("button", name="Look, then go on").click()
    expect(page.get_by_text("it has been asked to get in touch with you")).to_be_visible()
    check(page, "Child, under 18")
    page.get_by_label("Age in years").fill("14")
    page.get_by_label("Travels alone?").select_option("yes")
    page.get_by_role("button", name="Open a file").click()
    page.get_by_role("link", name="Screen now").first.click()


def screen(page):
    """Every condition is met; every question, one at a time, is answered yes. Returns how many there were."""
    for box in page.locator("input[name=conditions]").all():
        box.check(force=True)
    page.get_by_role("button", name="All of this is so: begin").click()
    asked = 0
    while "/end/" not in page.url:
        assert page.locator("h1").count() == 1
        before = page.url
        page.get_by_role("button", name="Yes", exact=True).click()
        page.wait_for_url(lambda url, before=before: url != before)
        asked += 1
        assert asked < 40
    page.get_by_role("button", name="Finish and see the reasons").click()
    return asked


def ask_for_a_guardian(page):
    page.get_by_role("link", name="Ask for a guardian").first.click()
    page.get_by_label("What the child says to it").fill("Would like a woman")
    check(page, "may be implicated, with the child alone")
    page.get_by_role("button", name="Ask now").click()
    expect(page.get_by_text("A guardian was asked for.")).to_be_visible()


def refer_to_child_protection(page):
    page.get_by_role("link", name="Refer", exact=True).first.click()
    page.get_by_role("link", name="Child Protection", exact=True).click()
    page.locator("textarea[name=reason]").fill("A safe place tonight comes before everything else.")
    page.locator("textarea[name=child_view]").fill("Wants to sleep where nobody knocks.")
    page.locator("input[name=guardian_not_implicated]").check(force=True)
    page.locator("input[name=purpose][value=child_protection]").check(force=True)
    page.locator("input[name=services][value=guardianship]").check(force=True)
    for kind in ("identity", "profile"):
        page.locator(f"input[name=kinds][value={kind}]").check(force=True)
    page.get_by_role("button", name="Send the referral").click()
    expect(page.get_by_text("The referral is sent.")).to_be_visible()


def test_a_child_is_screened_referred_and_accepted_and_the_board_changes(enter, house):
    board = enter(house.co_ordinator)
    before = figures(board)

    responder = enter(house.responder)
    register_a_child(responder)
    assert screen(responder) >= 8
    expect(responder.get_by_role("heading", level=1)).to_have_text("Presumed victim")
    responder.locator("input[name=judgement][value=presumed]").check(force=True)
    responder.get_by_role("button", name="Record my judgement").click()
    responder.wait_for_url(re.compile("/cases/"))
    ask_for_a_guardian(responder)
    refer_to_child_protection(responder)

    worker = enter(house.child_worker)
    worker.goto("/referrals/")
    worker.locator("table tbody a").first.click()
    assert "Quillonby" not in worker.content()
    worker.get_by_role("button", name="Open the data").click()
    expect(worker.get_by_text("Ada Quillonby")).to_be_visible()
    worker.go_back()
    worker.get_by_role("button", name="Accept", exact=True).click()
    expect(worker.get_by_text("Accepted").first).to_be_visible()

    after = figures(board)
    assert set(before.values()) <= {"0"}
    assert {label: after[label] for label in BOARD} == BOARD
    assert "Quillonby" not in board.content()


def test_a_provider_without_an_account_opens_a_sealed_link(site, house, make):
    from palermo.protection.domain.links import send_link

    referral = make.referral(make.case("Varmoselt"), "clinic", purpose="health_care", services=("health",))
    link = do(house.manager, send_link, referral=referral)
    page = site()
    page.goto(f"/m/{link.token}/")
    assert "traffick" not in page.content().lower()
    page.locator("input[name=code]").fill("00000000")
    page.locator("main button[type=submit]").first.click()
    expect(page.get_by_text("This does not open it.").last).to_be_visible()
    page.locator("input[name=code]").fill(link.code)
    page.locator("main button[type=submit]").first.click()
    page.wait_for_url(re.compile("/m/$"))
    assert "Varmoselt" not in page.content()
    page.get_by_role("button", name="Open the data").click()
    expect(page.get_by_text("Ada Varmoselt")).to_be_visible()
    page.goto("/m/")
    page.get_by_role("button", name="Accept", exact=True).click()
    expect(page.get_by_text("Accepted. The sender is told.")).to_be_visible()
    other = site()
    other.goto(f"/m/{link.token}/")
    other.locator("input[name=code]").fill(link.code)
    other.locator("main button[type=submit]").first.click()
    expect(other.get_by_text("This does not open it.").last).to_be_visible()


def test_a_teacher_raises_a_concern_and_sees_where_it_stands(site, house):
    page = site()
    page.goto("/concern/")
    page.locator("main a[href='/concern/teacher/']").click()
    page.locator("textarea[name=seen]").fill("A pupil sleeps in class and is fetched by somebody who is not family.")
    page.locator("input[name=child][value=yes]").check(force=True)
    page.get_by_role("button", name="Send").click()
    receipt = page.locator("p.code bdi").inner_text()
    page.get_by_role("link", name="Ask what became of it").click()
    page.get_by_label("Receipt").fill(receipt)
    page.locator("main form button[type=submit]").first.click()
    expect(page.get_by_text("It has arrived and nobody has taken it up yet.")).to_be_visible()


def test_sign_in_locks_after_wrong_passwords(site, house):
    page = site()
    for _ in range(5):
        password(page, house.responder.username, "not the password")
    password(page, house.responder.username, PASSWORD)
    expect(page.get_by_text(re.compile("Too many")).first).to_be_visible()
    page.goto("/arrivals/")
    expect(page).to_have_url(re.compile("/account/login/"))


@pytest.mark.parametrize("by", ["button", "escape"])
def test_leave_now_leaves_at_once_and_signs_out(enter, house, by):
    page = enter(house.responder)
    page.goto("/arrivals/")
    with page.expect_request(lambda request: request.method == "POST" and "/ui/leave/" in request.url):
        if by == "button":
            page.get_by_role("button", name="Leave now").click()
        else:
            for _ in range(3):
                page.keyboard.press("Escape")
    expect(page).to_have_title("New page")
    assert "Arrivals" not in page.content()
    for _ in range(100):
        if not [cookie for cookie in page.context.cookies() if cookie["name"] == "sessionid"]:
            break
        page.wait_for_timeout(100)
    page.goto("/arrivals/")
    expect(page).to_have_url(re.compile("/account/login/"))
