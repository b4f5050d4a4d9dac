"""A sealed link for a provider without an account."""

import re

import pytest
from django.urls import reverse

from palermo.protection.domain.links import send_link
from palermo.protection.models import Referral, SealedLink

TELLING = re.compile(r"traffick|victim|referr|shelter|person|health|clinic|police|protect", re.IGNORECASE)
READ = "/m/"


def url(name, *args):
    return reverse(f"protection:{name}", args=[getattr(arg, "pk", arg) for arg in args])


@pytest.fixture
def referral(make):
    return make.referral(make.case("Secretname"), "clinic", purpose="health_care", services=("health",))


@pytest.fixture
def link(world, do, referral):
    return do(world.manager, send_link, referral=referral)


@pytest.fixture
def tries(owner_sql):
    return lambda: owner_sql("SELECT tries FROM protection_sealedlink")[0][0]


def test_link_and_code_are_shown_once(world, browser, referral, as_owner):
    member = browser(world.manager)
    assert "Make the sealed link" in member.get(url("referral", referral)).content.decode()
    page = member.post(url("link_make", referral)).content.decode()
    token, code = re.search(r"/m/([\w-]{32})/", page)[1], re.search(r"<bdi>(\d{8})</bdi>", page)[1]
    assert "A message is waiting for you." in page
    with as_owner():
        assert SealedLink.objects.count() == 1
    assert token not in member.get(url("referral", referral)).content.decode()
    response = browser(None).post(url("message", token), {"code": code})
    assert response.url == READ


def test_whoever_signs_in_gets_no_link(world, browser, make):
    referral = make.referral(make.case())
    response = browser(world.manager).post(url("link_make", referral))
    assert response.status_code == 422


def test_nothing_is_told_before_the_code(browser, link):
    page = browser(None).get(url("message", link.token)).content.decode()
    # The mark of the simulated space says "person" on every page; it is not there in a real one.
    body = re.sub(r'<div class="sim".*?</div>|<meta name="referrer"[^>]*>', "", page, flags=re.DOTALL)
    assert TELLING.findall(body) == []
    assert TELLING.findall(url("message", link.token)) == []
    assert "<title>" in body
    unknown = browser(None).get(url("message", "x" * 32)).content.decode()
    without_token = [re.sub(r'value="[^"]*"|/m/[^"]*', "", text) for text in (page, unknown)]
    assert without_token[0] == without_token[1]


def test_five_wrong_codes_close_it(browser, link, tries):
    guest = browser(None)
    for n in range(1, 6):
        response = guest.post(url("message", link.token), {"code": "00000000"})
        assert response.status_code == 200
        assert tries() == n
    assert TELLING.findall(str(response.context["form"].errors)) == []
    response = guest.post(url("message", link.token), {"code": link.code})
    assert response.status_code == 200
    assert guest.get(READ).status_code == 410


def test_it_opens_once_and_for_half_an_hour(browser, link, monkeypatch):

    guest = browser(None)
    guest.post(url("message", link.token), {"code": link.code})
    assert guest.get(READ).status_code == 200
    other = browser(None)
    assert other.post(url("message", link.token), {"code": link.code}).status_code == 200
    assert other.get(READ).status_code == 410


def test_it_closes_after_half_an_hour(browser, link, monkeypatch):
    from palermo.protection.pages import message

    guest = browser(None)
    guest.post(url("message", link.token), {"code": link.code})
    now = message.time()
    monkeypatch.setattr(message, "time", lambda: now + 29 * 60)
    assert guest.get(READ).status_code == 200
    monkeypatch.setattr(message, "time", lambda: now + 31 * 60)
    response = guest.get(READ)
    assert response.status_code == 410
    assert "Medical care" not in response.content.decode()


def test_the_guest_reads_opens_and_accepts(browser, link, referral, as_owner, owner_sql):
    guest = browser(None)
    guest.post(url("message", link.token), {"code": link.code})
    page = guest.get(READ).content.decode()
    assert "Medical care" in page
    assert "Secretname" not in page
    assert guest.get(url("message_open")).url == READ
    assert "Secretname" in guest.post(url("message_open")).content.decode()
    assert guest.post(url("message_accept"), {"note": "Tomorrow at nine"}).url == READ
    with as_owner():
        found = Referral.objects.get(pk=referral.pk)
    assert (found.state, found.answer_note) == ("accepted", "Tomorrow at nine")
    again = guest.post(url("message_accept"), {})
    assert again.status_code == 422
    assert "already accepted" in again.content.decode()
    query = "SELECT l.verb FROM office_logline l JOIN office_member m ON m.id = l.member_id WHERE m.kind = 'guest' ORDER BY l.seq"
    assert owner_sql(query) == [("protection.open_package",), ("protection.answer_referral",)]


def test_the_guest_declines_with_a_reason(browser, link, referral, as_owner):
    guest = browser(None)
    guest.post(url("message", link.token), {"code": link.code})
    assert guest.post(url("message_decline"), {}).status_code == 422
    guest.post(url("message_decline"), {"reason": "no_place"})
    with as_owner():
        assert Referral.objects.get(pk=referral.pk).decline_reason == "no_place"


def test_the_guest_sees_nothing_else(world, browser, link, make):
    other = make.referral(make.case(), "clinic", purpose="health_care", services=("health",))
    guest = browser(None)
    guest.post(url("message", link.token), {"code": link.code})
    for address in ("/cases/", "/referrals/", url("referral", other), "/"):
        assert guest.get(address).url.startswith(reverse("account_login"))


def test_data_go_dark_for_the_guest_as_well(world, browser, do, link, referral, as_owner):
    from palermo.office.domain.consent import withdraw_consent
    from palermo.office.models import Consent

    guest = browser(None)
    guest.post(url("message", link.token), {"code": link.code})
    with as_owner():
        consent = Consent.objects.get()
    do(world.manager, withdraw_consent, consent=consent)
    assert "may no longer be used" in guest.get(READ).content.decode()
    response = guest.post(url("message_open"))
    assert response.status_code == 410
    assert "Secretname" not in response.content.decode()


def test_without_a_message_there_is_nothing(world, browser):
    for member in (None, world.worker):
        assert browser(member).get(READ).status_code == 410
        assert browser(member).post(url("message_open")).status_code == 410


def test_a_new_link_lets_the_guest_say_that_it_is_done(world, browser, do, link, referral, as_owner):
    guest = browser(None)
    guest.post(url("message", link.token), {"code": link.code})
    guest.post(url("message_accept"), {})
    page = browser(world.manager).get(url("referral", referral)).content.decode()
    assert "Make the sealed link" in page
    again = do(world.manager, send_link, referral=referral)
    guest = browser(None)
    guest.post(url("message", again.token), {"code": again.code})
    assert "It is done" in guest.get(READ).content.decode()
    assert guest.post(url("message_done"), {"note": "Seen on Monday"}).url == READ
    with as_owner():
        found = Referral.objects.get(pk=referral.pk)
    assert (found.state, found.answer_note) == ("done", "Seen on Monday")
    assert "It is done" not in guest.get(READ).content.decode()
    assert "Make the sealed link" not in browser(world.manager).get(url("referral", referral)).content.decode()
