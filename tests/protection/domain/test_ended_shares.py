"""A referral that is taken back, declined or recalled gives up its data, in words and in raw SQL."""

import pytest
from django.db import ProgrammingError
from django.urls import reverse

from palermo.office.domain.acting import acting_as
from palermo.office.domain.rights import NotAllowed
from palermo.protection.domain.packages import open_package
from palermo.protection.domain.recalls import recall_disclosure
from palermo.protection.domain.referrals import accept_referral, decline_referral, finish_referral, withdraw_referral
from palermo.protection.models import Case, Package
from palermo.vocabulary.errors import Refusal


@pytest.fixture(params=[30, 9])
def referral(make, request):
    age = request.param
    return make.referral(make.case("Secretname", age=age, path="child" if age < 18 else "adult"))


@pytest.fixture
def childs(make):
    return make.referral(make.case("Secretname", age=9, path="child"))


def is_dark(world, do, referral):
    """Dark in Python, and not even a row in the database."""
    with acting_as(world.worker):
        rows = Package.objects.filter(pk=referral.package_id).count()
    with pytest.raises(Refusal, match="may no longer be used"):
        do(world.worker, open_package, referral=referral)
    return rows == 0


def test_taken_back(world, do, referral, owner_sql):
    do(world.worker, open_package, referral=referral)
    do(world.manager, withdraw_referral, referral=referral)
    assert is_dark(world, do, referral)
    assert owner_sql("SELECT recalled_at IS NOT NULL FROM office_disclosure") == [(True,)]


def test_taken_back_after_it_was_accepted(world, do, referral):
    do(world.worker, accept_referral, referral=referral)
    do(world.manager, withdraw_referral, referral=referral)
    assert is_dark(world, do, referral)


def test_declined(world, do, referral):
    do(world.worker, decline_referral, referral=referral, reason="no_place")
    assert is_dark(world, do, referral)


def test_done_is_no_longer_opened(world, do, referral):
    do(world.worker, accept_referral, referral=referral)
    do(world.worker, finish_referral, referral=referral)
    with pytest.raises(Refusal, match="may no longer be used"):
        do(world.worker, open_package, referral=referral)


def test_recalled_when_the_guardian_is_implicated(world, do, childs, owner_sql):
    do(world.worker, open_package, referral=childs)
    ended = do(world.manager, recall_disclosure, referral=childs, reason="guardian")
    assert ended.opened_at is not None
    assert is_dark(world, do, childs)
    told = "SELECT kind FROM office_notice WHERE agency_id = %s AND about_id = %s"
    assert owner_sql(told, [world.shelter.pk, childs.disclosure_id]) == [("data_recalled",)]
    line = "SELECT verb FROM office_logline WHERE agency_id = %s AND object_id = %s"
    assert owner_sql(line, [world.shelter.pk, childs.disclosure_id]) == [("office.data_recalled",)]
    reason = "SELECT body::jsonb->'detail'->>'reason' FROM office_logline WHERE verb = 'protection.recall_disclosure'"
    assert owner_sql(reason) == [("guardian",)]
    with pytest.raises(Refusal, match="already"):
        do(world.manager, recall_disclosure, referral=childs, reason="guardian")


def test_only_the_sender_recalls_and_never_consent(world, do, make, childs):
    with pytest.raises(NotAllowed):
        do(world.shelter_manager, recall_disclosure, referral=childs, reason="guardian")
    with pytest.raises(Refusal, match="say why"):
        do(world.manager, recall_disclosure, referral=childs, reason="whim")
    with pytest.raises(Refusal, match="consent"):
        do(world.manager, recall_disclosure, referral=make.referral(make.case()), reason="mistake")


def test_a_third_agency_ends_nothing(world, childs, sql_as, owner_sql):
    with pytest.raises(ProgrammingError, match="two sides"):
        sql_as(world.police_manager, "SELECT office_end_share(%s, true)", [childs.disclosure_id])
    assert owner_sql("SELECT recalled_at FROM office_disclosure") == [(None,)]


def test_the_button_is_the_senders(world, browser, childs, make):
    page, recall = (reverse(f"protection:{name}", args=[childs.pk]) for name in ("referral", "referral_recall"))
    assert "Recall the data" not in browser(world.shelter_manager).get(page).content.decode()
    on_consent = reverse("protection:referral", args=[make.referral(make.case()).pk])
    manager = browser(world.manager)
    assert "Recall the data" not in manager.get(on_consent).content.decode()
    assert "Recall the data" in manager.get(page).content.decode()
    assert manager.post(recall, {"reason": "guardian"}).url == page
    assert "Recall the data" not in manager.get(page).content.decode()
    worker = browser(world.worker)
    assert "may no longer be used" in worker.get(page).content.decode()
    assert worker.post(reverse("protection:package_open", args=[childs.pk])).status_code == 410


@pytest.mark.parametrize("opened", [True, False])
def test_the_sender_sees_the_recall_on_case_timeline_and_referral(world, do, browser, childs, as_owner, opened):
    do(world.worker, accept_referral, referral=childs)
    if opened:
        do(world.worker, open_package, referral=childs)
    with as_owner():
        case = Case.objects.get(person_id=childs.person_id)
    pages = [reverse("protection:case", args=[case.pk]), reverse("protection:referral", args=[childs.pk])]
    manager = browser(world.manager)
    for page in pages:
        shown = manager.get(page).content.decode()
        assert "recalled" not in shown
        assert "no longer shared" not in shown
    do(world.manager, recall_disclosure, referral=childs, reason="guardian")
    response = manager.get(pages[0])
    titles = [event["title"] for event in response.context["events"]]
    assert titles[0] == f"Data recalled from {world.shelter}: Safe accommodation"
    assert "Data no longer shared" in response.content.decode()
    shown = manager.get(pages[1]).content.decode()
    assert "The data were recalled" in shown
    assert ("what it read cannot be called back" in shown, "It had not opened them" in shown) == (opened, not opened)


def test_a_referral_taken_back_is_no_recall_in_the_timeline(world, do, browser, childs, as_owner):
    do(world.manager, withdraw_referral, referral=childs)
    with as_owner():
        case = Case.objects.get(person_id=childs.person_id)
    events = browser(world.manager).get(reverse("protection:case", args=[case.pk])).context["events"]
    assert [event["title"] for event in events if "recalled" in event["title"]] == []
