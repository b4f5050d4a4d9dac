"""A request for a guardian reaches the agency asked: a notice, a row on its list, an answer that the asker reads."""

import datetime as dt
from uuid import uuid4

import pytest
from django.db import Error
from django.urls import reverse
from django.utils import timezone

from palermo.office import clock
from palermo.office.domain.acting import acting_as
from palermo.office.domain.reach import check_reach
from palermo.office.domain.rights import NotAllowed
from palermo.office.models import Disclosure, Notice, Person
from palermo.protection.domain.escalation import escalate_overdue
from palermo.protection.domain.guardians import escalate_guardian_request, note_guardian, request_guardian
from palermo.protection.domain.screenings import record_screening
from palermo.protection.methods.forms import load_conditions
from palermo.protection.models import Case, GuardianRequest
from palermo.vocabulary.errors import Refusal

LIST = "/guardians/"


@pytest.fixture
def stored(as_owner):
    """`stored(Disclosure, pk=…)` is the one record, read as the owner."""

    def read(model, **by):
        with as_owner():
            return model.objects.get(**by)

    return read


VIEW = "Wants a woman, and somebody who speaks Arabic"


@pytest.fixture
def verbs(owner_sql):
    """The verbs in the access log about a person, in order."""
    query = "SELECT verb FROM office_logline WHERE person_id = %s ORDER BY seq"
    return lambda case: [row[0] for row in owner_sql(query, [case.person_id])]


def page_of(asked):
    return reverse("protection:guardian_note", args=[asked.pk])


@pytest.fixture
def case(make):
    return make.case("Nameless", age=14, path="child")


@pytest.fixture
def asked(world, do, case):
    children = world.agency["children"]
    said = {"asked_of": children, "companion_checked": True, "child_view": VIEW}
    return do(world.manager, request_guardian, person=case.person, **said)


def test_the_agency_asked_gets_a_notice_and_a_list_without_names(world, browser, case, asked):
    member = browser(world.child_worker)
    notices = member.get("/office/notices/").content.decode()
    assert "A guardian is asked for: a child waits" in notices
    assert case.person.code not in notices
    page = member.get(LIST).content.decode()
    for shown in (case.person.code, "12 to 14", "Arabic", "Due in 23 hours", world.reception.name):
        assert shown in page
    for hidden in ("Nameless", "Syria", VIEW):
        assert hidden not in page
    assert ">1<" in page.split('href="/guardians/"')[1].split("</a>")[0]


def test_it_reaches_that_row_and_nothing_else_of_the_file(world, case, asked, as_owner):
    with acting_as(world.child_worker):
        assert list(GuardianRequest.objects.values_list("pk", flat=True)) == [asked.pk]
        assert not Person.objects.filter(pk=case.person_id).exists()
        assert not Case.objects.filter(pk=case.pk).exists()
    with acting_as(world.shelter_manager):
        assert not GuardianRequest.objects.exists()
    with as_owner():
        assert check_reach(using="default") == []


def test_the_disclosure_is_recorded_in_the_childs_best_interests(world, case, asked, stored):
    recorded = stored(Disclosure, pk=asked.disclosure_id)
    assert (recorded.person_id, recorded.recipient_id) == (case.person_id, world.agency["children"].pk)
    assert (recorded.basis, recorded.purpose, recorded.kinds) == (
        "child_best_interests",
        "child_protection",
        ["profile"],
    )


def test_appointed_reaches_the_asker(world, browser, case, asked, stored, verbs):
    member = browser(world.child_worker)
    assert member.post(page_of(asked), {"guardian": "Grete Guardian, +30 1"}).url == LIST
    assert stored(GuardianRequest, pk=asked.pk).appointed_by == world.child_worker.pk
    with acting_as(world.manager):
        assert Notice.objects.filter(kind="guardian_appointed", about_id=asked.pk).exists()
    asker = browser(world.manager)
    on_case = asker.get(reverse("protection:case", args=[case.pk])).content.decode()
    assert "Grete" not in on_case
    assert page_of(asked) in on_case
    assert "Grete Guardian, +30 1" in asker.get(page_of(asked)).content.decode()
    assert verbs(case)[-1] == "protection.read_guardian_request"
    member = browser(world.child_worker)
    assert member.post(page_of(asked), {"guardian": "Somebody Else"}).status_code == 422
    assert "No child waits" in member.get(LIST).content.decode()


def test_a_late_answer_shows_on_both_sides(world, browser, do, make):
    late = make.case(age=9, path="child")
    with clock.at(timezone.now() - dt.timedelta(days=3)):
        said = {"asked_of": world.agency["children"], "companion_checked": True, "child_view": VIEW}
        do(world.manager, request_guardian, person=late.person, **said)
    assert "Overdue by" in browser(world.child_worker).get(LIST).content.decode()
    manager = browser(world.manager)
    assert "Guardian overdue" in manager.get("/cases/").content.decode()
    assert "Overdue by" in manager.get(reverse("protection:case", args=[late.pk])).content.decode()


def test_asked_once_at_a_time(world, browser, case, asked):
    said = {"asked_of": world.agency["children"].pk, "child_view": VIEW, "companion_checked": "on"}
    again = browser(world.manager).post(reverse("protection:guardian_add", args=[case.pk]), said)
    assert "asked already" in again.content.decode()


def test_another_guardian_is_asked_for_from_the_case(world, browser, do, case, asked, as_owner):
    """As when the one appointed turns out to be implicated: no address has to be known by heart."""
    do(world.child_worker, note_guardian, request=asked, guardian="Grete Guardian, +30 1")
    manager, on_case = browser(world.manager), reverse("protection:case", args=[case.pk])
    add = reverse("protection:guardian_add", args=[case.pk])
    button = manager.get(on_case).content.decode().split(f'href="{add}"')[1].split("</a>")[0]
    assert button.endswith("Ask for another guardian")
    said = {"asked_of": world.agency["children"].pk, "child_view": VIEW, "companion_checked": "on"}
    assert manager.post(add, said).url == on_case + "#guardian"
    with as_owner():
        appointed = GuardianRequest.objects.order_by("asked_at").values_list("appointed_at", flat=True)
        assert [at is not None for at in appointed] == [True, False]


@pytest.mark.parametrize(
    ("question", "value"),
    [("child_travels_with_strangers", "yes"), ("others_speak_for_them", "yes"), ("child_travels_without_adult", "no")],
)
def test_who_speaks_of_a_companion_is_asked_about_it_though_alone(world, do, make, as_owner, question, value):
    case = make.case(age=12, path="child")
    with as_owner():
        Person.objects.filter(pk=case.person_id).update(alone=True)
    child = case.person
    child.alone = True
    form = "interview" if question == "child_travels_without_adult" else "intake"
    conditions = [one.code for one in load_conditions()]
    do(world.manager, record_screening, person=child, form=form, conditions=conditions, answers={question: value})
    said = {"person": child, "asked_of": world.agency["children"], "child_view": VIEW}
    with pytest.raises(Refusal, match="companion may be implicated"):
        do(world.manager, request_guardian, companion_checked=False, **said)
    do(world.manager, request_guardian, companion_checked=True, **said)


def test_a_child_of_whom_no_companion_is_known_needs_no_check(world, do, make, as_owner):
    case = make.case(age=12, path="child")
    with as_owner():
        Person.objects.filter(pk=case.person_id).update(alone=True)
    case.person.alone = True
    said = {"person": case.person, "asked_of": world.agency["children"], "child_view": VIEW}
    do(world.manager, request_guardian, companion_checked=False, **said)


def test_others_meet_no_request(world, browser, asked):
    for member in (world.shelter_manager, world.officer, world.co_ordinator):
        assert browser(member).get(page_of(asked)).status_code in {403, 404}
    assert browser(world.shelter_manager).get(page_of(GuardianRequest(pk=uuid4()))).status_code == 404


def test_sql_of_the_agency_asked_changes_the_answer_alone(world, case, asked):
    from django.db import connection, transaction

    def tried(member, query):
        with acting_as(member), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(query, [asked.pk])
            return cursor.rowcount

    with pytest.raises(Error, match="permission denied"):
        tried(world.child_worker, "UPDATE protection_guardianrequest SET code = 'X' WHERE id = %s")
    with acting_as(world.child_worker):
        note_guardian(member=world.child_worker, request=asked, guardian="Grete Guardian")
    with pytest.raises(Error, match="appointed once"):
        tried(world.manager, "UPDATE protection_guardianrequest SET appointed_at = now() WHERE id = %s")


def test_no_guardian_in_time_is_escalated_once_and_all_three_are_told(
    world, do, browser, case, asked, later, owner_sql, verbs
):
    with later(hours=20):
        assert escalate_overdue() == 0
    with later(hours=30):
        assert (escalate_overdue(), escalate_overdue()) == (1, 0)
        told = owner_sql(
            "SELECT agency_id FROM office_notice WHERE kind = 'guardian_overdue' AND about_id = %s", [asked.pk]
        )
        assert {row[0] for row in told} == {world.agency[who].pk for who in ("children", "reception", "national")}
        assert len(told) == 3
        assert verbs(case)[-1] == "protection.escalate_guardian_request"
        assert "No guardian in time from" in browser(world.manager).get(f"/cases/{case.pk}/").content.decode()
        do(world.child_worker, note_guardian, request=asked, guardian="Appointed late")
        with pytest.raises(Refusal, match="a guardian is appointed already"):
            do(world.manager, escalate_guardian_request, request=asked)


def test_nobody_else_escalates_and_nobody_before_the_time(world, do, asked, later, as_owner):
    with pytest.raises(Refusal, match="its time is not up yet"):
        do(world.manager, escalate_guardian_request, request=asked)
    with later(hours=30), pytest.raises(NotAllowed):
        do(world.child_worker, escalate_guardian_request, request=asked)
    for member in (world.manager, world.child_worker):
        with pytest.raises(Error, match="escalates, once, when the time is up"), acting_as(member):
            GuardianRequest.objects.filter(pk=asked.pk).update(escalated_at=timezone.now())


def test_the_board_counts_children_who_wait_until_somebody_is_appointed(world, browser, do, make, asked):
    def waiting():
        totals = browser(world.co_ordinator).get("/board/").context["board"].totals
        return totals.guardians_waiting, totals.guardians_overdue

    with clock.at(timezone.now() - dt.timedelta(days=3)):
        said = {"asked_of": world.agency["children"], "companion_checked": True, "child_view": VIEW}
        late = do(world.manager, request_guardian, person=make.case(age=9, path="child").person, **said)
    assert waiting() == (2, 1)
    do(world.child_worker, note_guardian, request=late, guardian="Grete Guardian, +30 1")
    assert waiting() == (1, 0)
