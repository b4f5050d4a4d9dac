"""Pages of the room: they show what there is, to its investigators alone, and names nowhere but after a click."""

import datetime as dt
from types import SimpleNamespace

import polars as pl
import pytest
from hunting import Hunt
from records import do, second_factor, sign_in
from routes import fields_of, routes

from palermo.office.domain.acting import acting_as
from palermo.prosecution.domain.analyses import ask_back, ask_search, ask_trace
from palermo.prosecution.domain.books import accept_book, ask_book
from palermo.prosecution.domain.evidence import add_item, add_support, record_authority
from palermo.prosecution.domain.exports import ask_export
from palermo.prosecution.domain.links import link_victim
from palermo.prosecution.domain.parties import add_holding
from palermo.prosecution.domain.proceedings import record_step
from palermo.prosecution.domain.requests import send_request
from palermo.prosecution.domain.statements import mend_reading, save_bank_reading
from palermo.prosecution.queries.books import rows_of

OURS = [route for route in routes() if route.text.startswith("investigations/")]
OWN_ACCOUNT, SHELL = "GR1601101250000000012300695", "DE89370400440532013000"
#: First part of an address → the table whose ids it takes.
ABOUT = {
    "<pk>": "investigation",
    "people": "party",
    "links": "victimlink",
    "supports": "support",
    "items": "evidenceitem",
    "files": "statementfile",
    "ledgers": "book",
    "answers": "analysis",
    "letters": "bankrequest",
    "exports": "export",
    "assets": "asset",
    "claims": "victimclaim",
    "sharings": "sharing",
    "shares": "share",
}
HILL = {"date": "Date", "debit": "Paid out", "credit": "Paid in", "balance": "Saldo of the day"}
HILL |= {"party": "Who", "party_account": "Their IBAN", "text": "What for"}


@pytest.fixture
def whole(case_of, statements_in, work, make, owner_sql):
    """One investigation with something in every table, and the ids of all of it."""
    case = case_of()
    member, today = case.member, dt.datetime.now(tz=dt.UTC).date()
    referral = make.referral(make.case(), "police", purpose="investigation", services=("police_protection",))
    do(member, link_victim, party=case.victim, referral_id=referral.pk)
    case.item = do(
        member,
        add_item,
        investigation=case.it,
        kind="testimony",
        source="Interview room",
        description="What she told",
        obtained_on=today,
        custodian="Evidence room",
    )
    do(member, add_support, victim=case.victim, element="act", code="harbouring", item=case.item)
    do(
        member,
        record_authority,
        investigation=case.it,
        kind="report",
        issuer="Financial intelligence unit",
        reference="STR-77",
        since=today,
        covers="everything",
    )
    do(member, add_holding, party=case.controller, account=SHELL)
    do(member, add_holding, party=case.victim, account=OWN_ACCOUNT)
    do(member, record_step, party=case.controller, kind="charged", on=today - dt.timedelta(days=40))
    letter = {"bank": "Hill Bank", "accounts": SHELL, "asked": "Statements"}
    case.letter = do(member, send_request, investigation=case.it, authority=case.order, **letter)
    _own, case.other = statements_in(case)
    do(member, save_bank_reading, bank="Hill Bank", columns=HILL, currency="EUR")
    do(member, mend_reading, file=case.other, said={"account": SHELL})
    book = do(member, ask_book, investigation=case.it)
    work()
    with acting_as(member):
        book.refresh_from_db()
    case.book = do(member, accept_book, book=book)
    case.trace = do(member, ask_trace, book=case.book, accounts=[OWN_ACCOUNT])
    case.patterns = do(member, ask_search, book=case.book, kind="patterns")
    case.flags = do(member, ask_search, book=case.book, kind="flags")
    with acting_as(member):
        paid = rows_of(case.book).filter(pl.col("target") == SHELL)["id"].to_list()
    case.back = do(member, ask_back, book=case.book, row=paid[0])
    hunt = Hunt(case)
    van = hunt.take(hunt.asset("9000"))
    hunt.asset(kind="property")
    hunt.claim("1000", approved="1000"), hunt.claim("500", hunt.other, approved="333.33")
    case.sharing = hunt.share({van: "1200"}, costs="10")
    case.rows = do(member, ask_export, investigation=case.it, kind="rows", asked={})
    case.ids = {
        place: [row[0] for row in owner_sql(f"SELECT id FROM prosecution_{table} ORDER BY id")]
        for place, table in ABOUT.items()
    }
    return case


def fillings(route, ids):
    """The route with every id of the kind it is about, and with one of another kind."""
    place = route.text.removeprefix("investigations/").split("/")[0]
    mine = ids.get(place, [])
    for one in (*mine, ids["answers"][0] if place != "answers" else ids["files"][0]):
        words = {"pk": one, "rule": "fifo", "language": "ru"}
        yield {name: words.get(name, 0) for name, _ in route.holes}
        if not route.holes:
            return


@pytest.fixture
def browse(client, as_owner):
    """`browse(member)` is a browser in which the member is signed in."""

    def signed_in(member):
        with as_owner():
            second_factor(member)
        return sign_in(client, member)

    return signed_in


def test_every_page_answers_its_investigator(whole, browse, work):
    """Every route with every id of the room: found or not found, never a fault; each page is met at least once."""
    work()
    browser, met = browse(whole.member), {}
    for route in OURS:
        for filling in fillings(route, whole.ids):
            response = browser.get("/" + route.path(filling).lstrip("/"))
            assert response.status_code in {200, 302, 404, 405, 422}, (route.text, response.status_code)
            if response.status_code == 200:
                met[route.name] = response
                page = response.content.decode()
                assert "Zorvath" not in page, route.name
    posted = {"party_name", "support_remove", "item_withdraw", "book_ask", "book_accept", "rows_ask", "export_take"}
    assert {route.name.removeprefix("prosecution:") for route in OURS if route.name not in met} == posted


@pytest.mark.parametrize("rule", ["fifo", "poison", "lowest-balance", "direct"])
def test_the_flow_is_drawn_under_each_rule_and_within_days(whole, browse, work, rule):
    work()
    browser = browse(whole.member)
    page = browser.get(f"/investigations/answers/{whole.trace.pk}/flow/{rule}/")
    text = page.content.decode()
    assert page.status_code == 200
    assert "<svg" in text
    assert "style=" not in text
    assert "1900.00" in text
    nothing = browser.get(f"/investigations/answers/{whole.trace.pk}/flow/{rule}/?since=2027-01-01&until=2027-02-01")
    assert "Nothing moved in these days" in nothing.content.decode()
    odd = browser.get(f"/investigations/answers/{whole.trace.pk}/flow/{rule}/?since=x&until=0001-01-01")
    assert odd.status_code == 200


def test_no_page_answers_anybody_else(whole, browse, desk, house):
    for member in (desk.service, desk.elsewhere, house.police_manager, house.manager, house.officer):
        browser = browse(member)
        # Guidance holds no record: every desk reads it.
        for route in (one for one in OURS if one.holes and one.name != "prosecution:guidance"):
            for filling in list(fillings(route, whole.ids))[:1]:
                path = "/" + route.path(filling).lstrip("/")
                for response in (browser.get(path), browser.post(path, {})):
                    assert response.status_code in {403, 404, 405}, (member.username, path, response.status_code)


def test_a_name_is_shown_after_a_click_that_is_logged(whole, browse, owner_sql):
    browser = browse(whole.member)
    response = browser.post(f"/investigations/people/{whole.controller.pk}/name/")
    assert "Zed Zorvath" in response.content.decode()
    last = owner_sql("SELECT verb, object_id FROM office_logline ORDER BY at DESC, seq DESC LIMIT 1")
    assert last == [("prosecution.read_party_name", whole.controller.pk)]


def test_what_is_secret_stands_in_no_schedule_and_no_letter(whole, browse):
    browser = browse(whole.member)
    for path in (f"{whole.it.pk}/evidence/schedule", f"letters/{whole.letter.pk}", f"{whole.it.pk}/letters/add"):
        assert "STR-77" not in browser.get(f"/investigations/{path}/").content.decode()


def test_a_victims_account_is_listed_to_protect_and_last(whole, browse, work, owner_sql):
    work()
    page = browse(whole.member).get(f"/investigations/answers/{whole.trace.pk}/freeze/").content.decode()
    assert SHELL[:8] in page
    assert "protect, do not freeze" not in page  # nothing claimed came back to her account


def test_a_red_flag_that_was_not_looked_for_says_which_columns_it_needs(whole, browse, work):
    work()
    page = browse(whole.member).get(f"/investigations/answers/{whole.flags.pk}/").content.decode()
    assert "<li>NET-04: channel, place</li>" in page


def test_work_under_way_is_told_and_asked_again(whole, browse, work):
    browser = browse(whole.member)
    page = browser.get(f"/investigations/answers/{whole.trace.pk}/")
    assert "0 of 8" in page.content.decode()
    work()
    again = browser.get(f"/investigations/answers/{whole.trace.pk}/", headers={"HX-Request": "true"})
    assert again.headers["HX-Refresh"] == "true"


def test_every_form_takes_plausible_values_or_says_what_is_wrong(whole, browse, work):
    work()
    browser = browse(whole.member)
    ids = [str(one) for some in whole.ids.values() for one in some]
    seen = SimpleNamespace(redirected=0, mended=0)
    # What is closed takes nothing more, so that form comes last.
    for route in sorted(OURS, key=lambda one: one.name.endswith("close")):
        for filling in fillings(route, whole.ids):
            path = "/" + route.path(filling).lstrip("/")
            said = fields_of(browser.get(path), ids)
            status = browser.post(path, said).status_code
            assert status in {200, 302, 404, 405, 422}, (path, status, said)
            seen.redirected += status == 302
            seen.mended += status == 422
    assert seen.redirected > 8
    assert seen.mended > 1


def test_a_payment_is_followed_back_to_what_it_was(whole, browse, work):
    """1,900 paid on: the 500 that were there first, then the 1,200 that came in, then 200 of the 800 after them."""
    work()
    page = browse(whole.member).get(f"/investigations/answers/{whole.back.pk}/").content.decode()
    assert "was there before the ledger begins" in page
    assert [amount in page for amount in ("1900.00", "500.00 EUR", "1200.00 EUR", "200.00 EUR")] == [True] * 4
