"""In a real browser: three statements of two banks, a mapping mended, the flow under two rules, and what leaves."""

import io
import json
import re
import zipfile
from pathlib import Path

import pytest
from django.db import connections
from house import PASSWORD
from hunting import Hunt
from playwright.sync_api import expect, sync_playwright
from records import do

pytestmark = pytest.mark.browser
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]


@pytest.fixture
def page(chromium, live_server, desk, monkeypatch):
    """The unit's investigator, signed in by both factors; any complaint of a page fails the test."""
    from palermo.office.domain.second_factor import enrol_second_factor

    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    complaints = []
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        opened = running.new_context(base_url=live_server.url, viewport={"width": 1100, "height": 1000}).new_page()
        opened.set_default_timeout(90_000)  # a first page compiles templates, on a machine that others use too
        opened.on("console", lambda message: message.type == "error" and complaints.append(message.text))
        opened.on("pageerror", lambda error: complaints.append(str(error)))
        do(desk.unit, enrol_second_factor)
        opened.goto("/account/login/")
        opened.locator("input[name=login]").fill(desk.unit.username)
        opened.locator("input[name=password]").fill(PASSWORD)
        opened.get_by_role("button", name="Go on").click()
        code = opened.locator("strong", has_text=re.compile(r"^\d{6}$")).inner_text()
        opened.locator("input[name=code]").fill(code)
        opened.locator("main form button[type=submit]").first.click()
        expect(opened).to_have_url(re.compile(r"/$"))
        yield opened
        running.close()
        connections.close_all()
    assert [one for one in complaints if "the server responded with a status of 4" not in one] == []


def upload(page, case, bank, *files):
    page.goto(f"/investigations/{case.it.pk}/money/upload/")
    page.locator("select[name=authority]").select_option(index=1)
    page.locator("input[name=bank]").fill(bank)
    page.locator("input[name=files]").set_input_files([str(one) for one in files])
    page.get_by_role("button", name="Keep and read them").click()


def mend(page):
    columns = {"date": "Date", "debit": "Paid out", "credit": "Paid in", "balance": "Saldo of the day"}
    columns |= {"party": "Who", "party_account": "Their IBAN", "text": "What for"}
    for field, name in columns.items():
        page.locator(f"select[name=column_{field}]").select_option(name)
    page.locator("input[name=currency]").fill("EUR")
    page.locator("input[name=account]").fill("DE89370400440532013000")
    page.get_by_role("button", name="Read it so").click()
    expect(page.get_by_text("balances prove it whole")).to_be_visible()


def take_out(page, work):
    """Do the work, look again, and take the newest file out of the room."""
    work()
    page.reload()
    with page.expect_download() as told:
        page.get_by_role("button", name="Take it out").first.click()
    return told.value.suggested_filename, Path(told.value.path()).read_bytes()


def test_three_statements_of_two_banks_become_a_flow_an_evidence_file_and_a_goaml_report(
    page, case_of, texts, work, tmp_path
):
    case = case_of()
    lines = texts.own.splitlines(keepends=True)
    parts = {"march-1.csv": [lines[0], *lines[1:3]], "march-2.csv": [lines[0], lines[3]], "hill.csv": [texts.other]}
    files = {name: tmp_path / name for name in parts}
    for name, path in files.items():
        Path(path).write_text("".join(parts[name]), encoding="utf-8")

    upload(page, case, "Harbour Bank", files["march-1.csv"], files["march-2.csv"])
    expect(page.get_by_role("link", name="march-2.csv")).to_be_visible()
    upload(page, case, "Hill Bank", files["hill.csv"])
    expect(page.get_by_text("Columns to be shown")).to_be_visible()
    mend(page)

    page.get_by_role("link", name="Money", exact=True).first.click()
    page.get_by_role("button", name="Make a ledger of these files").click()
    work()
    page.reload()
    expect(page.get_by_text("1900.00 EUR, 2026-03-22")).to_be_visible()
    page.get_by_role("button", name="Accept the ledger").click()
    page.get_by_role("link", name="Follow the money").click()
    page.locator("select[name=accounts]").select_option("GR1601101250000000012300695")
    page.get_by_role("button", name="Follow it under every rule").click()
    expect(page.get_by_text("0 of 8")).to_be_visible()
    work()
    page.reload()
    expect(page.locator(".tile__value").first).to_have_text(re.compile("400"))

    page.get_by_role("link", name="First in, first out").click()
    expect(page.locator(".picture svg")).to_be_visible()
    paths = page.locator("details summary strong")
    expect(paths).to_have_text(["1450.00 EUR", "450.00 EUR"])
    page.get_by_role("link", name="Last in, first out").click()
    expect(paths).to_have_text(["1500.00 EUR", "400.00 EUR"])
    # The days by keyboard alone.
    page.get_by_role("link", name=re.compile("Mar 2026")).focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("since=2026-03-01"))
    expect(page.locator(".picture svg")).to_be_visible()

    # What leaves the room.
    page.goto(f"/investigations/{case.it.pk}/leaving/")
    page.get_by_role("link", name="Evidence file").click()
    page.locator("select[name=accounts]").select_option("GR1601101250000000012300695")
    page.get_by_role("button", name="Make it").click()
    name, data = take_out(page, work)
    assert name == f"{case.it.code}-evidence.zip"
    held = zipfile.ZipFile(io.BytesIO(data))
    assert {"report.pdf", "manifest.json", "manifest.sig", "ledger.parquet"} <= set(held.namelist())
    found = {one["method"]: one["held"] for one in json.loads(held.read("findings.json"))["results"]}
    assert found["fifo"] == {"DE89370400440532013000": "450.00"}

    page.get_by_role("link", name="goAML report").click()
    said = {"report_code": "STR", "entity_id": "4711", "branch": "Main", "reporter": "Ina Vestigator", "country": "GR"}
    said |= {"address": "1 Court Street", "city": "Example", "indicators": "TH1", "reason": "Money of exploitation."}
    for field, text in said.items():
        page.locator(f"[name={field}]").fill(text)
    page.locator("input[name=only_suspects]").uncheck()
    page.get_by_role("button", name="Make it").click()
    name, data = take_out(page, work)
    assert name == f"{case.it.code}-goaml.xml"
    assert b"<last_name>Vestigator</last_name>" in data


def test_on_a_narrow_screen_the_current_tab_is_in_view_and_nothing_runs_out_of_the_page(page, case_of):
    hunt = Hunt(case_of())
    van = hunt.take(hunt.asset("9000", "1500"), amount="6000")
    hunt.claim("1500", hunt.other, approved="1000.01")
    sharing = hunt.share({van: "700"}, costs="150")
    page.set_viewport_size({"width": 320, "height": 800})
    for name in ("board", "assets", "leaving"):
        page.goto(f"/investigations/{hunt.it.pk}/" if name == "board" else f"/investigations/{hunt.it.pk}/{name}/")
        spot = page.locator(".tabs [aria-current]").bounding_box()
        assert (spot["x"] >= 0, spot["x"] + spot["width"] <= 320, spot["y"] < 800) == (True, True, True), name
    for path in (f"{hunt.it.pk}/assets/", f"assets/{van.pk}/", f"sharings/{sharing.pk}/", f"{hunt.it.pk}/share/"):
        page.goto(f"/investigations/{path}")
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, path
