"""What only a browser knows: overflow, contrast as drawn, targets, keyboard, print, leaving. One Chromium for all."""

import re
from contextlib import contextmanager

import pytest

from palermo.ui.pages.gallery import SHEETS

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
WIDTHS = {"phone": 320, "tablet": 820, "desk": 1440}

# What an axe would look for first, in one script: each finding is a short sentence.
CHECK = """() => {
  const found = [];
  const name = (e) => e.getAttribute("aria-label") || e.labels?.[0]?.textContent.trim() || e.textContent.trim()
    || document.getElementById(e.getAttribute("aria-labelledby") ?? "")?.textContent || e.title;
  for (const e of document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary, [role=img], nav, [role=region]"))
    if (!name(e) && e.checkVisibility()) found.push(`no name: ${e.outerHTML.slice(0, 90)}`);
  for (const e of document.querySelectorAll("[aria-describedby], [aria-labelledby]"))
    for (const id of (e.getAttribute("aria-describedby") ?? e.getAttribute("aria-labelledby")).split(" "))
      if (!document.getElementById(id)) found.push(`no such id: ${id}`);
  if (!document.documentElement.lang || !document.documentElement.dir) found.push("no lang or dir");
  if (document.documentElement.scrollWidth > innerWidth) found.push(`page overflows: ${document.documentElement.scrollWidth} > ${innerWidth}`);
  const scrolls = (e) => e && (/(auto|scroll)/.test(getComputedStyle(e).overflowX) || scrolls(e.parentElement));
  for (const e of document.querySelectorAll("main *"))
    if (e.checkVisibility() && e.getBoundingClientRect().right > innerWidth + 1 && !scrolls(e.parentElement)
        && !e.closest("svg, .visually-hidden")) found.push(`overflows: ${e.tagName}.${e.className}`);
  for (const e of document.querySelectorAll("a[href], button, input:not([type=hidden]), select, summary")) {
    const box = e.getBoundingClientRect();
    const inline = e.tagName === "A" && getComputedStyle(e).display === "inline";
    if (e.checkVisibility() && !inline && !e.closest(".skip, label, .table") && Math.min(box.width, box.height) < 22)
      found.push(`small target: ${e.outerHTML.slice(0, 60)} ${box.width}x${box.height}`);
  }
  return [...new Set(found)];
}"""

# Contrast as it is drawn: text against the nearest ground that is not see-through.
CONTRAST = """() => {
  const parts = (c) => { const m = c.match(/[\\d.]+/g).map(Number); return c.startsWith("color(srgb") ? [...m.slice(0, 3).map(v => v * 255), m[3] ?? 1] : [m[0], m[1], m[2], m[3] ?? 1]; };
  const light = ([r, g, b]) => [r, g, b].map(v => { v /= 255; return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4; })
    .reduce((sum, v, n) => sum + v * [0.2126, 0.7152, 0.0722][n], 0);
  const ground = (e) => { for (; e; e = e.parentElement) { const c = parts(getComputedStyle(e).backgroundColor); if (c[3] > 0.95) return c; } return [255, 255, 255]; };
  const weak = new Set();
  for (const e of document.querySelectorAll("body *")) {
    if (e.closest("svg") || !e.checkVisibility() || e.matches(":disabled")) continue;
    if (![...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim())) continue;
    const [a, b] = [light(parts(getComputedStyle(e).color)), light(ground(e))].sort((x, y) => y - x);
    if ((a + 0.05) / (b + 0.05) < 4.5) weak.add(`${e.tagName}.${e.className}: ${((a + 0.05) / (b + 0.05)).toFixed(2)}`);
  }
  return [...weak];
}"""


@pytest.fixture(scope="module")
def browser(chromium):
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        yield running
        running.close()


@pytest.fixture
def visit(browser, gallery_address):
    """`with visit("forms", width=320) as page`: a page of the gallery; any complaint of the browser fails the test."""

    @contextmanager
    def visiting(sheet, width=1280, language="en", **options):
        context = browser.new_context(
            viewport={"width": width, "height": 900}, extra_http_headers={"Accept-Language": language}, **options
        )
        complaints = []
        page = context.new_page()
        page.on("console", lambda message: message.type == "info" or complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(f"{gallery_address}{sheet}/")
        yield page
        context.close()
        assert complaints == []

    return visiting


@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_sheet_passes_the_basic_check(visit, gallery_address, language):
    found = {}
    with visit("parts", language=language) as page:
        for sheet in SHEETS:
            page.goto(f"{gallery_address}{sheet}/")
            for name, width in WIDTHS.items():
                page.set_viewport_size({"width": width, "height": 900})
                found[sheet, name] = page.evaluate(CHECK)
            for scheme in ("light", "dark"):
                page.emulate_media(color_scheme=scheme)
                found[sheet, scheme] = page.evaluate(CONTRAST)
    assert {place: problems for place, problems in found.items() if problems} == {}


PLANTED = """<h1 id="wide">x</h1><input><button></button><p aria-describedby="gone">x</p>
<div style="width: 3000px">wide</div><p style="color: #999; background: #fff">pale</p><button style="padding: 0; width: 9px">i</button>"""


def test_the_check_finds_what_is_planted(browser):
    page = browser.new_page()
    page.set_content(f"<main>{PLANTED}</main>")
    found = {problem.split(":")[0] for problem in page.evaluate(CHECK)}
    assert found == {"no name", "no such id", "no lang or dir", "page overflows", "overflows", "small target"}
    assert page.evaluate(CONTRAST) == ["P.: 2.85"]
    page.close()


def test_answers_are_large_and_yes_equals_no(visit):
    with visit("focus", 820) as page:
        boxes = [button.bounding_box() for button in page.locator(".answer").all()]
        yes, no = boxes[:2]
    assert min(min(box["width"], box["height"]) for box in boxes) >= 64
    assert (yes["width"], yes["height"]) == (no["width"], no["height"])


def test_right_to_left_mirrors_the_frame(visit):
    with visit("parts", 1440, "ar") as page:
        rail, main = (page.locator(part).bounding_box() for part in (".rail", "main"))
    assert rail["x"] > main["x"]


def test_the_chosen_theme_wins_over_the_device_and_stays(visit):
    with visit("parts", color_scheme="light") as page:
        before = page.evaluate("getComputedStyle(document.body).backgroundColor")
        with page.expect_response("**/ui/theme/"):
            page.get_by_role("button", name="Dark").click()
        page.reload()
        after = page.evaluate("getComputedStyle(document.body).backgroundColor")
        drawn_in = page.evaluate("document.documentElement.dataset.theme")
    assert (before, after, drawn_in) == ("rgb(245, 244, 240)", "rgb(17, 23, 26)", "dark")


def test_a_form_is_accepted_without_script_where_the_site_sends_no_referrer(visit):
    with visit("parts", java_script_enabled=False) as page:
        with page.expect_response("**/ui/theme/") as answer:
            page.get_by_role("button", name="Dark").click()
        assert answer.value.status == 302
        assert page.locator("html[data-theme=dark]").count() == 1


def test_charts_follow_the_theme(visit):
    colours = {}
    for scheme in ("light", "dark"):
        with visit("charts", color_scheme=scheme) as page:
            colours[scheme] = page.locator(".f-series-1").first.evaluate("e => getComputedStyle(e).fill")
    assert colours == {"light": "rgb(11, 92, 107)", "dark": "rgb(116, 198, 213)"}


@pytest.mark.parametrize("way", ["button", "escape"])
def test_leaving_shows_nothing_and_ends_the_session(visit, way):
    with visit("parts") as page:
        address = page.url
        if way == "button":
            page.get_by_role("button", name="Leave now").click()
        else:
            for _ in range(3):
                page.keyboard.press("Escape")
        page.wait_for_url("**/ui/leave/")
        assert page.title() == "New page"
        assert page.locator("body").inner_text().strip() == "New page"
        page.go_back()
        assert page.url != address


def test_two_escapes_do_not_leave(visit):
    with visit("parts") as page:
        for key in ("Escape", "Escape", "a", "Escape"):
            page.keyboard.press(key)
        assert page.title().startswith("Gallery")


def test_a_dialog_opens_holds_the_keyboard_and_closes(visit):
    with visit("parts") as page:
        page.get_by_role("button", name="Withdraw consent").click()
        dialog = page.get_by_role("dialog", name="Withdraw consent?")
        assert dialog.is_visible()
        dialog.get_by_role("button", name="Go back").click()
        assert not dialog.is_visible()


def test_without_script_a_dialog_stands_in_the_page(visit):
    with visit("parts", java_script_enabled=False) as page:
        assert page.get_by_text("Withdraw consent?").is_visible()
        assert not page.get_by_role("button", name="Withdraw consent").is_visible()


def test_the_skip_link_is_first_and_leads_to_main(visit):
    with visit("parts") as page:
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.className") == "skip"
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "main"


def test_after_a_refused_form_the_keyboard_is_at_the_summary(visit):
    with visit("forms") as page:
        assert page.evaluate("document.activeElement.classList.contains('form__summary')")
        page.locator(".form__summary a").first.click()
        assert page.evaluate("document.activeElement.id") == "id_wrong-name"


def test_paper_shows_no_controls_and_says_simulated(visit):
    with visit("parts") as page:
        page.emulate_media(media="print")
        assert page.locator("button:visible").count() == 0
        assert page.locator("nav:visible").all_inner_texts() == ["Cases\nPresumed"]
        assert page.locator(".sim").is_visible()
        assert page.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"


def test_forced_colours_keep_every_word(visit):
    with visit("parts", forced_colors="active") as page:
        assert page.get_by_text("Overdue by 30 minutes").is_visible()
        border = page.locator(".badge").first.evaluate("e => getComputedStyle(e).borderStyle")
    assert border == "solid"


def test_motion_is_stilled_for_those_who_ask(visit):
    with visit("parts", reduced_motion="reduce") as page:
        seconds = page.evaluate("getComputedStyle(document.querySelector('.button')).transitionDuration")
    assert float(re.match(r"[\d.e-]+", seconds).group()) <= 0.001
