"""Concerns: the public door, and the desk that takes them up."""

import re

import pytest
from django.urls import reverse

from palermo.protection.domain.referrals import withdraw_referral
from palermo.protection.methods.concern_forms import load_concern_forms
from palermo.protection.models import Case, Concern
from palermo.vocabulary.lists import load_professions

START, DESK = "/concern/", "/concerns/"
SAID = {
    "signs": ["injuries_from_assault", "others_speak_for_them"],
    "seen": "A man answered every question for her",
    "child": "no",
    "agrees": "",
    "contact": "ward 3",
    "safe_to_contact": "on",
}


def url(name, *args):
    return reverse(f"protection:{name}", args=[getattr(arg, "pk", arg) for arg in args])


@pytest.fixture
def stored(as_owner):
    def read(**by):
        with as_owner():
            return list(Concern.objects.filter(**by).select_related("recipient"))

    return read


@pytest.fixture
def concern(world, browser, stored):
    """A concern of a doctor with Harbour Reception, and its receipt."""
    said = SAID | {"recipient": world.agency["reception"].pk}
    page = browser(None).post(url("concern", "medical_practitioner"), said).content.decode()
    found = stored()[-1]
    found.receipt = re.search(r"[0-9A-F]{4}-[0-9A-F]{4}-[0-9A-F]{4}", page)[0]
    return found


def test_every_profession_that_is_left_out_has_its_form(world, browser):
    forms = load_concern_forms().forms
    left_out = {code for code, profession in load_professions().items() if profession.often_left_out}
    assert set(forms) == left_out | {"other"}
    page = browser(None).get(START).content.decode()
    for code, form in forms.items():
        assert url("concern", code) in page
        own = browser(None).get(url("concern", code)).content.decode()
        assert all(sign.words in own.replace("&#x27;", "'") for sign in form.signs)
        assert "Never confront whoever you suspect" in own
        assert 'href="tel:112"' in own


def test_a_concern_is_sent_without_an_account(concern, owner_sql):
    assert concern.recipient.name == "Harbour Reception"
    assert (concern.profession, concern.child, concern.urgent, concern.agrees) == (
        "medical_practitioner",
        False,
        False,
        None,
    )
    assert concern.signs == ["injuries_from_assault", "others_speak_for_them"]
    assert b"every question" not in bytes(concern.sealed_words)
    assert owner_sql("SELECT verb, member_id FROM office_logline WHERE object_id = %s", [concern.id]) == [
        ("protection.raise_concern", None)
    ]


def test_the_receiver_is_chosen_by_child_and_place(world, browser, stored):
    door = browser(None)
    address = url("concern", "teacher")
    for child, place, expected in (
        ("yes", "", "Child Protection"),
        ("yes", world.harbour.pk, "Child Protection"),
        ("no", world.harbour.pk, "Harbour Reception"),
        ("no", "", "Lighthouse Shelter"),
    ):
        said = {"seen": f"{child} {place}", "child": child, "place": place}
        assert f'<p class="page-header__lead">{expected}</p>' in door.post(address, said).content.decode()
    assert len(stored()) == 4


def test_where_a_shelter_lies_is_not_told_at_the_public_door(world, browser, as_owner):
    from palermo.office.models import Site

    with as_owner():
        Site.objects.create(agency=world.agency["shelter"], name="Front office in Hidden Street")
        Site.objects.create(agency=world.agency["children"], name="Home in Quiet Lane")
    page = browser(None).get(url("concern", "other")).content.decode()
    assert "North Harbour" in page
    assert "Hidden Street" not in page
    assert "Quiet Lane" not in page


def test_who_takes_no_concerns_cannot_be_chosen(world, browser):
    page = browser(None).get(url("concern", "other")).content.decode()
    for name in ("Border Guard", "National Co-ordinator", "Quay Clinic"):
        assert name not in page
    said = SAID | {"signs": [], "recipient": world.agency["border"].pk}
    assert browser(None).post(url("concern", "other"), said).status_code == 422


def test_nothing_said_is_an_error_of_the_form(world, browser, stored):
    response = browser(None).post(url("concern", "other"), {"child": "no"})
    assert response.context["form"].errors == {"seen": ["Nothing is said yet. Tick a sign or write a sentence."]}
    assert browser(None).post(url("concern", "other"), {"seen": "x"}).status_code == 422
    assert browser(None).get(url("concern", "astronaut")).status_code == 404
    assert stored() == []


def test_the_door_closes_for_an_hour_when_one_address_sends_too_many(world, browser, stored):
    door = browser(None)
    address = url("concern", "other")
    answers = [door.post(address, {"seen": f"Number {n}", "child": "no"}).status_code for n in range(12)]
    assert answers == [200] * 10 + [429] * 2
    elsewhere = door.post(address, {"seen": "Elsewhere", "child": "no"}, REMOTE_ADDR="192.0.2.7")
    assert elsewhere.status_code == 200
    assert len(stored()) == 11


def test_each_concern_counts_for_an_hour_and_no_longer(world, browser, later):
    door, address = browser(None), url("concern", "other")

    def send(times):
        return [door.post(address, {"seen": "Somebody", "child": "no"}).status_code for _ in range(times)]

    assert send(4) == [200] * 4
    # Half an hour on: to add to them gives the first ones no new time, nor does it take any away.
    with later(minutes=30):
        assert send(7) == [200] * 6 + [429]
    with later(minutes=59):
        assert send(1) == [429]
    with later(minutes=61):
        assert send(5) == [200] * 4 + [429]
    with later(minutes=91):
        assert send(7) == [200] * 6 + [429]


def test_the_cache_itself_keeps_them_for_the_hour(world, browser, settings):
    import pickle
    import time
    from pathlib import Path

    browser(None).post(url("concern", "other"), {"seen": "Somebody", "child": "no"})
    browser(None).post(url("concern", "other"), {"seen": "Another", "child": "no"})
    ends = [pickle.loads(path.read_bytes()) for path in Path(settings.CACHES["default"]["LOCATION"]).glob("*.djcache")]
    assert [3500 < end - time.time() <= 3600 for end in ends] == [True, True]


@pytest.mark.parametrize(
    ("proxies", "forwarded", "own"),
    [
        (0, "192.0.2.{}", False),  # whoever writes the header chooses nothing
        (1, "192.0.2.{}", True),
        (1, "192.0.2.{}, 198.51.100.9", False),  # what stands before the proxy's own word is not believed
        (2, "203.0.113.5, 192.0.2.{}, 198.51.100.9", True),
    ],
)
def test_behind_proxies_each_visitor_has_a_limit_of_its_own(world, browser, settings, proxies, forwarded, own):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    door, address, said = browser(None), url("concern", "other"), {"seen": "Somebody", "child": "no"}
    answers = [
        door.post(address, said, headers={"x-forwarded-for": forwarded.format(n)}).status_code for n in range(11)
    ]
    assert answers == [200] * 10 + [200 if own else 429]


def test_the_sender_reads_what_may_be_told_and_no_more(world, browser, concern, do):
    door = browser(None)
    answer = url("concern_answer")
    assert "nobody has taken it up yet" in door.post(answer, {"receipt": concern.receipt}).content.decode()
    manager = browser(world.manager)
    manager.post(url("concern_take_up", concern), {"path": "adult"})
    page = browser(None).post(answer, {"receipt": concern.receipt.lower()}).content.decode()
    assert "Somebody has it in hand" in page
    for gap in ("", " ", "–"):
        typed = {"receipt": concern.receipt.lower().replace("-", gap)}
        assert "Somebody has it in hand" in browser(None).post(answer, typed).content.decode()
    manager = browser(world.manager)
    short = manager.post(url("concern_tell", concern), {"told": "ok"})
    assert list(short.context["form"].errors) == ["told"]
    manager.post(url("concern_tell", concern), {"told": "Thank you; a colleague of ours visits the ward."})
    page = browser(None).post(answer, {"receipt": concern.receipt}).content.decode()
    assert "a colleague of ours visits the ward" in page
    assert "every question" not in page
    wrong = browser(None).post(answer, {"receipt": "AAAA-BBBB-CCCC"})
    assert wrong.status_code == 422


def test_referred_is_said_only_once_somebody_was_referred(world, browser, concern, stored, make, do):
    said = {"told": "Thank you; a colleague of ours visits the ward.", "referred": "on"}
    case = make.case()
    manager = browser(world.manager)
    missing = "Nobody was referred from this concern yet. Take it up with the person’s file and send the referral first"
    for taken in ({}, {"code": case.person.code}):
        manager.post(url("concern_take_up", concern), taken)
        refused = manager.post(url("concern_tell", concern), said)
        assert refused.status_code == 422
        assert missing in refused.context["form"].errors["referred"][0]
        assert stored()[0].answered_at is None
    do(world.manager, withdraw_referral, referral=make.referral(case))
    assert manager.post(url("concern_tell", concern), said).status_code == 422
    make.referral(case)
    assert manager.post(url("concern_tell", concern), said).status_code == 302
    page = browser(None).post(url("concern_answer"), {"receipt": concern.receipt}).content.decode()
    assert "Referred" in page


def test_the_desk_reads_it_and_the_reading_is_logged(world, browser, concern, owner_sql):
    page = browser(world.manager).get(url("concern_page", concern)).content.decode()
    for words in ("A man answered every question for her", "ward 3", "Injuries that do not fit the story"):
        assert words in page
    verbs = owner_sql("SELECT verb FROM office_logline WHERE object_id = %s ORDER BY seq", [concern.id])
    assert verbs[-1] == ("protection.read_concern",)


def test_it_is_taken_up_with_a_new_file_and_a_case(world, browser, concern, stored, as_owner):
    manager = browser(world.manager)
    response = manager.post(url("concern_take_up", concern), {"path": "not_sure"})
    with as_owner():
        case = Case.objects.select_related("person").get()
    assert response.url == url("case", case)
    assert (case.ground, case.person.path) == ("concern", "not_sure")
    [found] = stored()
    assert (found.state, found.person_id) == ("taken_up", case.person_id)
    assert case.person.code in manager.get(url("concern_page", concern)).content.decode()


def test_it_is_taken_up_with_a_file_that_is_there(world, browser, concern, stored, make):
    person = make.person()
    manager = browser(world.manager)
    wrong = manager.post(url("concern_take_up", concern), {"code": "XXX-XXXX"})
    assert wrong.context["form"].errors == {"code": ["Your agency has no file with this code."]}
    manager.post(url("concern_take_up", concern), {"code": person.code.lower().replace("-", " ")})
    assert stored()[0].person_id == person.id


def test_it_is_taken_up_without_a_file(world, browser, concern, stored):
    response = browser(world.manager).post(url("concern_take_up", concern), {})
    assert response.url == url("concern_page", concern)
    assert (stored()[0].state, stored()[0].person_id) == ("taken_up", None)


def test_other_agencies_do_not_find_it(world, browser, concern):
    for name in ("shelter_manager", "child_worker", "police_manager"):
        member = browser(getattr(world, name))
        assert member.get(url("concern_page", concern)).status_code == 404
        assert url("concern_page", concern) not in member.get(DESK).content.decode()
    for name in ("officer", "co_ordinator", "worker"):
        assert browser(getattr(world, name)).get(DESK).status_code == 403


@pytest.mark.parametrize("more", [0, 2])
def test_danger_and_children_first_in_a_fixed_number_of_statements(world, browser, more, statements):
    door = browser(None)
    said = {"seen": "Something", "recipient": world.agency["reception"].pk}
    kinds = [{"child": "no"}, {"child": "yes"}, {"child": "no", "urgent": "on"}]
    for kind in kinds[: 1 + more]:
        door.post(url("concern", "other"), said | kind)
    manager = browser(world.manager)
    with statements(6):
        found = [row.record for row in manager.get(DESK).context["table"].page.object_list]
    assert [(row.urgent, row.child) for row in found] == [(True, False), (False, True), (False, False)][-1 - more :]
