"""Signing in: a name, a password, a second factor; nothing opens before."""

import re
import time

import pytest
from django.test import Client
from django.urls import NoReverseMatch, reverse

from palermo.office.domain.acting import acting_as
from palermo.office.domain.second_factor import code_of, code_to_show, enrol_second_factor
from palermo.office.models import LogLine, Member
from palermo.vocabulary.errors import Refusal

PASSWORD = "a long first password"
LOGIN = "/account/login/"


def enrolled(member):
    with acting_as(member):
        enrol_second_factor(member=member)
    return member


def first_step(client, member, password=PASSWORD):
    return client.post(LOGIN, {"login": member.username, "password": password})


def signed_in(client):
    return client.get(reverse("office:directory")).status_code == 200


def shown_code(response):
    return re.search(r"<strong>(\d{6})</strong>", response.content.decode()).group(1)


def test_both_steps_let_in(client, house):
    member = enrolled(house.reception_responder)
    assert client.get(LOGIN).status_code == 200
    assert first_step(client, member).url == reverse("mfa_authenticate")
    assert signed_in(client) is False
    page = client.get(reverse("mfa_authenticate"))
    said = page.content.decode()
    assert said.count("<h1") == 1
    assert not [words for words in ("Two-Factor", "Sign In") if words in said]
    assert client.post(reverse("mfa_authenticate"), {"code": shown_code(page)}).status_code == 302
    assert signed_in(client) is True
    with acting_as(house.reception_dpo):
        assert LogLine.objects.filter(verb="office.sign_in", member_id=member.pk).count() == 1
    assert client.post(reverse("account_logout")).status_code == 302
    assert signed_in(client) is False


def test_two_visitors_sign_in_as_the_same_member_within_a_minute(house):
    member = enrolled(house.reception_responder)
    for _ in range(3):
        client = Client()
        first_step(client, member)
        client.post(reverse("mfa_authenticate"), {"code": shown_code(client.get(reverse("mfa_authenticate")))})
        assert signed_in(client) is True


def test_the_real_space_shows_no_code(client, house, settings):
    member = enrolled(house.reception_responder)
    settings.PALERMO_SPACE = "real"
    first_step(client, member)
    page = client.get(reverse("mfa_authenticate"))
    assert page.status_code == 200
    assert re.findall(r"<strong>\d{6}</strong>|\b\d{6}\b", page.content.decode()) == []
    assert code_to_show(member=member) is None
    assert code_of("JBSWY3DPEHPK3PXP") is None


def test_the_real_space_prepares_no_factor(house, settings):
    settings.PALERMO_SPACE = "real"
    with pytest.raises(Refusal, match="simulated space only"), acting_as(house.reception_responder):
        enrol_second_factor(member=house.reception_responder)


def test_who_has_no_second_factor_sets_one_up_first(client, house):
    member = house.reception_responder
    first_step(client, member)
    assert client.get(reverse("office:directory")).url == reverse("mfa_activate_totp")
    page = client.get(reverse("mfa_activate_totp"))
    assert page.status_code == 200
    done = client.post(reverse("mfa_activate_totp"), {"code": shown_code(page)})
    assert done.status_code == 302
    assert signed_in(client) is True
    codes = client.get(reverse("mfa_view_recovery_codes"))
    assert len(re.findall(r"^\d{8}$", codes.content.decode(), re.MULTILINE)) >= 8


def test_a_recovery_code_lets_in_once(client, house):
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes

    member = enrolled(house.reception_responder)
    with acting_as(member):
        code = RecoveryCodes.activate(member).generate_codes()[0]
    for expected in (True, False):
        client = Client()
        first_step(client, member)
        client.post(reverse("mfa_authenticate"), {"code": code})
        assert signed_in(client) is expected


def test_the_first_password_is_changed_first(client, house):
    from palermo.office.domain.agencies import appoint_member

    with acting_as(house.reception_admin):
        new, password = appoint_member(member=house.reception_admin, username="new", name="New", roles=["case_manager"])
    enrolled(new)
    first_step(client, new, password)
    client.post(reverse("mfa_authenticate"), {"code": code_to_show(member=new)})
    assert client.get(reverse("office:directory")).url == reverse("account_change_password")
    assert client.get(reverse("account_change_password")).status_code == 200
    own = "several words of my own"
    said = {"oldpassword": password, "password1": own, "password2": own}
    assert client.post(reverse("account_change_password"), said).status_code == 302
    new = Member.objects.get(pk=new.pk)
    assert (new.must_change_password, new.check_password(own), signed_in(client)) == (False, True, True)


@pytest.mark.parametrize("bad", ["short", "password1234"])
def test_weak_passwords_are_refused(client_of, house, bad):
    client = client_of(house.reception_responder)
    said = {"oldpassword": PASSWORD, "password1": bad, "password2": bad}
    assert client.post(reverse("account_change_password"), said).status_code == 200
    assert Member.objects.get(pk=house.reception_responder.pk).check_password(PASSWORD) is True


def test_five_wrong_passwords_lock_for_a_while_for_all_workers(house):
    for _ in range(5):
        assert b"Too many" not in first_step(Client(), house.reception_responder, "wrong").content
    locked = first_step(Client(), house.reception_responder)
    assert (locked.status_code, b"Too many" in locked.content) == (200, True)
    assert first_step(Client(), house.reception_manager).status_code == 302


def test_the_count_of_attempts_is_shared_by_processes():
    from django.conf import settings as site

    assert site.CACHES["default"]["BACKEND"].rsplit(".", 1)[1] == "FileBasedCache"


def test_wrong_codes_lock_too(client, house):
    member = enrolled(house.reception_responder)
    first_step(client, member)
    for _ in range(6):
        client.post(reverse("mfa_authenticate"), {"code": "000000"})
    client.post(reverse("mfa_authenticate"), {"code": code_to_show(member=member)})
    assert signed_in(client) is False


def test_a_dismissed_member_is_told_and_stays_out(client, house, client_of):
    from palermo.office.domain.agencies import dismiss_member

    inside = client_of(house.reception_responder)
    assert signed_in(inside) is True
    with acting_as(house.reception_admin):
        dismiss_member(member=house.reception_admin, other=house.reception_responder)
    assert signed_in(inside) is False
    answer = first_step(Client(), house.reception_responder)
    assert answer.url == reverse("account_inactive")
    assert Client().get(answer.url).status_code == 200


def test_hands_of_an_agency_do_not_sign_in(client, house):
    hand = Member.objects.get(agency=house.reception, kind="system")
    for password in ("", "!", hand.password):
        assert first_step(client, hand, password).status_code == 200
        assert signed_in(client) is False


@pytest.mark.parametrize("name", ["account_signup", "account_reset_password", "account_email"])
def test_nobody_signs_up_and_nothing_is_reset_by_mail(name):
    with pytest.raises(NoReverseMatch):
        reverse(name)


def test_an_idle_session_ends_and_a_busy_one_too(client_of, house, monkeypatch):
    from palermo.office.pages import middleware

    client = client_of(house.reception_responder)
    cookie = client.get(reverse("office:directory")).cookies["sessionid"]
    assert (cookie["max-age"], cookie["httponly"], cookie["samesite"]) == ("", True, "Strict")
    now = time.time()
    monkeypatch.setattr("django.core.signing.time.time", lambda: now + 14 * 60)
    assert signed_in(client) is True
    monkeypatch.setattr("django.core.signing.time.time", lambda: now + 14 * 60 + 16 * 60)
    assert signed_in(client) is False
    monkeypatch.undo()
    client = client_of(house.reception_responder)
    monkeypatch.setattr(middleware.time, "time", lambda: now + middleware.LONGEST_SESSION + 10)
    assert signed_in(client) is False


def test_the_pages_of_an_account_draw_in_our_look(client_of, house):
    client = client_of(house.reception_responder)
    for name in (
        "mfa_index",
        "mfa_list_webauthn",
        "mfa_add_webauthn",
        "mfa_generate_recovery_codes",
        "account_change_password",
        "account_logout",
        "mfa_deactivate_totp",
    ):
        page = client.get(reverse(name))
        assert (name, page.status_code) == (name, 200)
        assert b"ui/css/tokens.css" in page.content


def test_a_security_key_can_be_used_under_our_policy(client_of, house):
    """Its scripts come from our own address; what stands in the page is data, which the policy does not run."""
    page = client_of(house.reception_responder).get(reverse("mfa_add_webauthn"))
    inline = [tag for tag in re.findall(r"<script[^>]*>", page.content.decode()) if "src=" not in tag]
    assert all('type="application/json"' in tag for tag in inline)
    assert len(inline) == 2
    assert "'unsafe-inline'" not in page.headers["Content-Security-Policy"]


def test_both_factors_are_asked_again_before_one_is_changed(client_of, house, monkeypatch):
    from palermo.office.pages import sign_in

    client = client_of(house.reception_responder)
    monkeypatch.setattr(sign_in, "ASK_AGAIN_AFTER", -1)
    asked = client.get(reverse("mfa_deactivate_totp"))
    assert asked.url.startswith(reverse("mfa_reauthenticate")) or asked.url.startswith(
        reverse("account_reauthenticate")
    )
    assert client.get(asked.url).status_code == 200


def test_the_page_that_is_left_to_does_not_renew_the_session(house, client_of):
    """Its answer may come after that of the sign-out: a renewed cookie would sign the person in again."""
    client = client_of(house.reception_responder)
    assert "sessionid" in client.get("/").cookies
    assert "sessionid" not in client.get("/ui/leave/").cookies
    assert client.post("/ui/leave/").cookies["sessionid"].value == ""
