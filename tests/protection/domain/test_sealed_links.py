"""A sealed link is the sender's to make, the recipient's to open, and dies with its referral."""

import hashlib

import pytest
from django.db import ProgrammingError
from django.urls import reverse

from palermo.office.domain.consent import withdraw_consent
from palermo.office.models import Consent
from palermo.protection.domain.links import open_link, send_link
from palermo.protection.domain.referrals import withdraw_referral
from palermo.protection.models import Referral
from palermo.vocabulary.errors import Refusal

TOKEN, CODE = "forged", "00000000"
FORGE = """
    INSERT INTO protection_sealedlink
        (id, referral_id, recipient_id, token_hash, code_hash, made_at, expires_at, tries)
    VALUES (gen_random_uuid(), %s, %s, %s, %s, now(), now() + %s::interval, 0)
"""


def forge(sql, referral, recipient, hours=71):
    token = hashlib.sha256(TOKEN.encode()).digest()
    code = hashlib.sha256(f"{TOKEN}\n{CODE}".encode()).digest()
    return lambda who: sql(who, FORGE, [referral.pk, recipient.pk, token, code, f"{hours} hours"])


@pytest.fixture
def to_clinic(make):
    return make.referral(make.case("Secretname"), "clinic", purpose="health_care", services=("health",))


@pytest.mark.parametrize("agency", ["shelter", "clinic", "police"])
def test_the_recipient_makes_no_link(world, make, sql_as, agency):
    referral = make.referral(make.case())
    for who in (world.worker, world.manager):
        with pytest.raises(ProgrammingError, match="row-level security"):
            forge(sql_as, referral, world.agency[agency])(who)


def test_the_sender_makes_it_to_the_recipient_for_72_hours_at_most(world, to_clinic, sql_as):
    for recipient, hours in ((world.shelter, 1), (world.clinic, 73)):
        with pytest.raises(ProgrammingError, match="row-level security"):
            forge(sql_as, to_clinic, recipient, hours)(world.manager)
    assert forge(sql_as, to_clinic, world.clinic)(world.manager) == 1


def test_a_link_to_somebody_else_opens_nothing(world, make, to_clinic, owner_sql):
    """Even one that got into the table: another agency's hand, or an agency that signs in."""
    signs_in = make.referral(make.case())
    for referral, recipient in ((to_clinic, world.shelter), (signs_in, world.clinic), (signs_in, world.shelter)):
        forge(lambda _who, query, values: owner_sql(query, values), referral, recipient)(None)
        assert open_link(token=TOKEN, code=CODE) is None
        owner_sql("DELETE FROM protection_sealedlink")
    forge(lambda _who, query, values: owner_sql(query, values), to_clinic, world.clinic)(None)
    assert open_link(token=TOKEN, code=CODE).referral_id == str(to_clinic.pk)


@pytest.mark.parametrize("gap", [" ", "-", "–"])
def test_a_code_typed_in_groups_opens_at_once(world, do, to_clinic, owner_sql, gap):
    link = do(world.manager, send_link, referral=to_clinic)
    typed = f" {link.code[:4]}{gap}{link.code[4:]} "
    assert open_link(token=link.token, code=typed).referral_id == str(to_clinic.pk)
    assert owner_sql("SELECT tries FROM protection_sealedlink") == [(0,)]


def test_a_closed_referral_has_no_link(world, do, to_clinic):
    link = do(world.manager, send_link, referral=to_clinic)
    do(world.manager, withdraw_referral, referral=to_clinic)
    assert open_link(token=link.token, code=link.code) is None
    with pytest.raises(Refusal, match="closed"):
        do(world.manager, send_link, referral=to_clinic)


@pytest.mark.parametrize("how", ["consent", "referral"])
def test_an_open_message_goes_dark(world, do, browser, to_clinic, as_owner, how):
    link = do(world.manager, send_link, referral=to_clinic)
    guest = browser(None)
    guest.post(reverse("protection:message", args=[link.token]), {"code": link.code})
    assert "Secretname" in guest.post("/m/data/").content.decode()
    if how == "consent":
        with as_owner():
            consent = Consent.objects.get()
        do(world.manager, withdraw_consent, consent=consent)
    else:
        do(world.manager, withdraw_referral, referral=to_clinic)
    assert "may no longer be used" in guest.get("/m/").content.decode()
    dark = guest.post("/m/data/")
    assert dark.status_code == 410
    assert "Secretname" not in dark.content.decode()
    with as_owner():
        assert Referral.objects.count() == 1
