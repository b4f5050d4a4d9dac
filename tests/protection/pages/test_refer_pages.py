"""Consent and referral: on what basis, to whom, with which data; and taking consent back."""

import json

import pytest
from django.urls import reverse

from palermo.office.models import Consent, Disclosure
from palermo.office.sealing import unseal
from palermo.protection.domain.packages import open_package
from palermo.protection.models import Package, Referral


def url(name, *args):
    return reverse(f"protection:{name}", args=[getattr(arg, "pk", arg) for arg in args])


@pytest.fixture
def stored(as_owner):
    def read(model, **by):
        with as_owner():
            return list(model.objects.filter(**by))

    return read


CONSENT = {"purpose": "accommodation", "kinds": ["identity", "risks"], "language": "ara", "how": "spoken", "days": 30}


def test_recipients_are_chosen_by_what_they_offer(world, browser, make):
    case = make.case()
    member = browser(world.manager)
    response = member.get(url("refer", case))
    names = [entry["agency"].name for entry in response.context["entries"]]
    assert names == [
        "Child Protection",
        "Identification Authority",
        "Lighthouse Shelter",
        "Quay Clinic",
        "Special Unit",
    ]
    by_purpose = member.get(url("refer", case) + "?purpose=investigation").context["entries"]
    assert [entry["agency"].name for entry in by_purpose] == ["Special Unit"]
    by_words = member.get(url("refer", case) + "?words=help+quay").context["entries"]
    assert [entry["agency"].name for entry in by_words] == ["Quay Clinic"]
    assert "No agency offers this here" in member.get(url("refer", case) + "?words=dragons").content.decode()


@pytest.mark.parametrize("name", ["border", "national", "reception"])
def test_nobody_refers_to_those_who_never_receive_data(world, browser, make, name):
    case = make.case()
    member = browser(world.manager)
    for step in ("refer_to", "refer_other", "consent_add"):
        assert member.get(url(step, case, world.agency[name])).status_code == 404


def test_consent_then_referral_under_it(world, browser, make, stored):
    case, shelter = make.case(), world.agency["shelter"]
    member = browser(world.manager)
    assert "No consent stands" in member.get(url("refer_to", case, shelter)).content.decode()
    response = member.post(url("consent_add", case, shelter), CONSENT)
    [consent] = stored(Consent, person=case.person)
    assert response.url == url("refer_under", consent)
    assert (consent.purpose, consent.kinds, consent.language) == ("accommodation", ["identity", "risks"], "ara")
    form = member.get(url("refer_under", consent)).context["form"]
    assert [kind for kind, _label in form.fields["kinds"].choices] == ["identity", "risks"]
    said = {"services": ["accommodation"], "kinds": ["identity"], "urgent": "on"}
    response = member.post(url("refer_under", consent), said)
    [referral] = stored(Referral, person_id=case.person_id)
    assert response.url == url("referral", referral)
    assert (referral.recipient_id, referral.purpose, referral.urgent) == (shelter.pk, "accommodation", True)
    assert stored(Package, referral_id=referral.pk)[0].kinds == ["identity"]


def test_no_more_than_the_consent_covers(world, browser, make, stored):
    case = make.case()
    consent = make.consent(case, kinds=("risks",))
    response = browser(world.manager).post(
        url("refer_under", consent), {"services": ["accommodation"], "kinds": ["risks", "identity"]}
    )
    assert response.status_code == 422
    assert stored(Referral) == []


def test_a_refusal_of_the_database_keeps_neither_referral_nor_line(world, browser, make, do, stored, owner_sql):
    from palermo.office.domain.consent import withdraw_consent

    case = make.case()
    consent = make.consent(case)
    do(world.manager, withdraw_consent, consent=consent)
    query = "SELECT count(*) FROM office_logline"
    before = owner_sql(query)
    said = {"services": ["accommodation"], "kinds": ["identity"]}
    response = browser(world.manager).post(url("refer_under", consent), said)
    assert response.context["form"].non_field_errors() == [
        "The consent was withdrawn. Correct the basis, or do not send."
    ]
    assert (stored(Referral), stored(Disclosure)) == ([], [])
    assert owner_sql(query)[0][0] - before[0][0] == signed_in(owner_sql)


def signed_in(owner_sql):
    """Lines that signing in itself writes."""
    return owner_sql("SELECT count(*) FROM office_logline WHERE verb = 'office.sign_in'")[0][0]


def test_another_basis_needs_its_reasons(world, browser, make, stored):
    case, police = make.case(), world.agency["police"]
    member = browser(world.manager)
    said = {"basis": "vital_interests", "purpose": "protection", "services": ["police_protection"], "kinds": ["risks"]}
    response = member.post(url("refer_other", case, police), said | {"reason": "danger"})
    assert response.context["form"].non_field_errors() == [
        "The danger or the duty is not written down. Correct the basis, or do not send."
    ]
    member.post(url("refer_other", case, police), said | {"reason": "He said on the telephone that he will kill her"})
    [disclosure] = stored(Disclosure, person=case.person)
    assert (disclosure.basis, disclosure.kinds) == ("vital_interests", ["risks"])
    form = member.get(url("refer_other", case, police)).context["form"]
    assert [basis for basis, _label in form.fields["basis"].choices] == ["vital_interests", "legal_duty"]


def test_a_child_is_referred_in_its_best_interests(world, browser, make, do, stored):
    from palermo.protection.domain.guardians import request_guardian

    case, children = make.case(age=11, path="child"), world.agency["children"]
    do(
        world.manager,
        request_guardian,
        person=case.person,
        asked_of=children,
        companion_checked=True,
        child_view="Wants somebody to come along",
    )
    member = browser(world.manager)
    other = url("refer_other", case, children)
    assert member.get(url("consent_add", case, children)).url == url("refer_to", case, children)
    assert member.get(url("refer_to", case, children)).url == other
    first = member.get(url("refer", case)).context["entries"][0]["agency"]
    assert first == children
    form = member.get(other).context["form"]
    assert form["guardian"].value().startswith("Asked of Child Protection on ")
    said = {
        "basis": "child_best_interests",
        "reason": "A safe bed tonight weighs more than travelling on",
        "purpose": "child_protection",
        "services": ["guardianship"],
        "kinds": ["profile"],
        "guardian": form["guardian"].value(),
        "child_view": "Wants to stay with the sister",
    }
    page = member.get(other).content.decode()
    label = page[page.index("What the child says about it") :]
    assert "optional" not in label[: label.index("</label>")]
    refused = member.post(other, said | {"child_view": "", "guardian": ""})
    assert set(refused.context["form"].errors) == {"child_view", "guardian", "guardian_not_implicated"}
    in_danger = member.post(other, {"basis": "vital_interests"})
    assert not {"child_view", "guardian"} & set(in_danger.context["form"].errors)
    refused = member.post(other, said)
    assert "it was not checked that the guardian is not implicated" in refused.content.decode().lower()
    member.post(other, said | {"guardian_not_implicated": "on"})
    [disclosure] = stored(Disclosure, pk=stored(Referral)[0].disclosure_id)
    assert (disclosure.basis, disclosure.written) == ("child_best_interests", ["reason", "guardian", "child_view"])
    assert b"sister" not in bytes(disclosure.sealed_grounds)
    assert json.loads(unseal(disclosure.sealed_grounds))["child_view"] == "Wants to stay with the sister"
    assert stored(Referral)[0].child is True


def test_consent_is_taken_back_in_words_that_can_be_read_to_the_person(world, browser, make, do, stored):
    case = make.case()
    opened, unopened = (
        make.referral(case),
        make.referral(case, "police", purpose="protection", services=("police_protection",)),
    )
    do(world.worker, open_package, referral=opened)
    member = browser(world.manager)
    first, second = (
        stored(Consent, recipient=world.agency["shelter"])[0],
        stored(Consent, recipient=world.agency["police"])[0],
    )
    assert "have read cannot be called back" in member.get(url("consent", first)).content.decode()
    assert member.get(url("consent_withdraw", first)).status_code == 405
    assert member.post(url("consent_withdraw", first)).url == url("consent", first)
    page = member.get(url("consent", first)).content.decode()
    assert "Read this to the person" in page
    assert "<strong>Lighthouse Shelter</strong> opened this on" in page
    member.post(url("consent_withdraw", second))
    page = member.get(url("consent", second)).content.decode()
    assert "They will never be able to." in page
    assert stored(Consent, withdrawn_at=None) == []
    page = browser(world.worker).get(url("referral", opened)).content.decode()
    assert "may no longer be used" in page
    assert "Delete notes" in page
    dark = browser(world.worker).post(url("package_open", opened))
    assert dark.status_code == 410
    assert "Exemplar" not in dark.content.decode()
    assert unopened.pk


def test_nothing_under_it_is_said_as_well(world, browser, make):
    consent = make.consent(make.case())
    assert "Nothing was sent under it so far" in browser(world.manager).get(url("consent", consent)).content.decode()


def test_others_do_not_find_consents(world, browser, make):
    consent = make.consent(make.case())
    for name in ("worker", "shelter_manager", "child_worker"):
        assert browser(getattr(world, name)).get(url("consent", consent)).status_code == 404
        assert browser(getattr(world, name)).post(url("consent_withdraw", consent)).status_code == 404


@pytest.mark.parametrize("more", [0, 2])
def test_the_number_of_statements_does_not_grow(world, browser, make, as_owner, more, statements):
    from palermo.office.domain.agencies import found_agency

    case = make.case()
    with as_owner():
        for n in range(more):
            found_agency(name=f"Another {n}", kind="service_provider", state="GR", using="default")
    consents = [make.consent(case) for _n in range(1 + more)]
    member = browser(world.manager)
    with statements(6):
        member.get(url("refer", case))
    with statements(7):
        found = member.get(url("refer_to", case, world.agency["shelter"])).context["consents"]
    assert len(found) == len(consents)


def test_an_adult_is_not_asked_about_the_protection_of_a_child(world, browser, make):
    adult, child = make.case(), make.case(age=9, path="child")
    member, children = browser(world.manager), world.agency["children"]
    for address in (url("consent_add", adult, children), url("refer_other", adult, children)):
        choices = dict(member.get(address).context["form"].fields["purpose"].choices)
        assert "child_protection" not in choices
        assert "protection" in choices
    of_child = member.get(url("refer_other", child, children)).context["form"]
    assert "child_protection" in dict(of_child.fields["purpose"].choices)


def test_a_kind_that_a_purpose_never_carries_is_refused_at_the_consent(world, browser, make, as_owner, stored):
    case, shelter = make.case(), world.agency["shelter"]
    member = browser(world.manager)
    said = CONSENT | {"kinds": ["identity", "screening"]}
    refused = member.post(url("consent_add", case, shelter), said)
    expected = (
        "“Reasons for the presumption” never go for “Safe accommodation”. Untick them here. They go only for "
        "“Protection and safety”, “Protection of a child”, “Formal identification as a victim”, “Legal aid and compensation”."
    )
    assert refused.context["form"].errors == {"kinds": [expected]}
    assert stored(Consent) == []
    member.post(url("consent_add", case, shelter), CONSENT)
    [consent] = stored(Consent)
    # One that was recorded before: its referral offers what it can carry.
    with as_owner():
        Consent.objects.filter(pk=consent.pk).update(kinds=["identity", "screening"])
    form = member.get(url("refer_under", consent)).context["form"]
    assert [kind for kind, _label in form.fields["kinds"].choices] == ["identity"]


def test_the_error_of_a_referral_names_the_kind(world, browser, make, stored):
    case, shelter = make.case(), world.agency["shelter"]
    said = {
        "basis": "vital_interests",
        "reason": "He said on the telephone that he will kill her",
        "purpose": "accommodation",
        "services": ["accommodation"],
        "kinds": ["risks", "screening"],
    }
    response = browser(world.manager).post(url("refer_other", case, shelter), said)
    assert "“Reasons for the presumption” never go for" in response.context["form"].errors["kinds"][0]
    assert stored(Referral) == []
