"""A case on one page, and every verb that is reached from it."""

import datetime as dt
import re

import pytest
from django.urls import reverse

from palermo.office.domain.persons import read_identity
from palermo.protection.domain.cases import add_risk
from palermo.protection.domain.guardians import request_guardian
from palermo.protection.domain.services import plan_service
from palermo.protection.models import Case, GuardianRequest, Risk, Service


@pytest.fixture
def verbs(owner_sql):
    """The verbs in the access log about a person, in order."""
    query = "SELECT verb FROM office_logline WHERE person_id = %s ORDER BY seq"
    return lambda case: [row[0] for row in owner_sql(query, [case.person_id])]


@pytest.fixture
def stored(as_owner):
    """`stored(Risk, case=case)` is the one record, read as the owner."""

    def read(model, **by):
        with as_owner():
            return model.objects.get(**by)

    return read


def url(name, *args):
    return reverse(f"protection:{name}", args=[getattr(arg, "pk", arg) for arg in args])


def test_the_page_has_the_code_and_not_the_name(world, browser, make, verbs):
    case = make.case("Secretname")
    response = browser(world.manager).get(url("case", case))
    page = response.content.decode()
    assert case.person.code in page
    assert "Secretname" not in page
    assert "+30" not in page
    assert verbs(case)[-1] == "protection.read_case"
    assert response["Cache-Control"] == "max-age=0, no-cache, no-store, must-revalidate, private"


def test_the_name_is_shown_after_a_click_that_is_logged(world, browser, make, verbs):
    case = make.case("Secretname")
    member = browser(world.manager)
    assert member.get(url("case_name", case)).status_code == 405
    page = member.post(url("case_name", case)).content.decode()
    assert "Ada Secretname" in page
    assert verbs(case)[-1] == "office.read_identity"
    assert "Secretname" not in member.get(url("case", case)).content.decode()


@pytest.mark.parametrize("more", [0, 2])
def test_the_number_of_statements_does_not_grow(world, browser, make, do, more, statements):
    case = make.case()
    for _n in range(1 + more):
        do(world.manager, add_risk, case=case, kind="threats")
        do(world.manager, plan_service, case=case, kind="health", provider=world.agency["clinic"])
        make.referral(case)
    member = browser(world.manager)
    with statements(13):
        response = member.get(url("case", case))
    assert len(response.context["referrals"]) == 1 + more


def test_another_agency_does_not_find_it(world, browser, make):
    case = make.case()
    make.referral(case)
    for name in ("shelter_manager", "worker", "child_worker", "decider"):
        response = browser(getattr(world, name)).get(url("case", case))
        assert response.status_code == 404
        assert case.person.code not in response.content.decode()
    assert browser(world.officer).get(url("case", case)).status_code == 403


def test_an_emergency_opening_is_for_reading_only(world, browser, make, do, as_owner):
    from palermo.office.domain.emergency import open_emergency

    case = make.case()
    reason = "She lies unconscious in our emergency room"
    do(world.shelter_manager, open_emergency, code=case.person.code, reason=reason)
    member = browser(world.shelter_manager)
    page = member.get(url("case", case)).content.decode()
    assert "This file belongs to another agency" in page
    assert "Add a risk" not in page
    assert member.post(url("risk_add", case), {"kind": "health", "level": "high"}).status_code == 403
    with as_owner():
        assert not Risk.objects.exists()


def test_risk_added_and_resolved(world, browser, make, stored):
    case = make.case()
    member = browser(world.manager)
    response = member.post(url("risk_add", case), {"kind": "threats", "level": "urgent", "note": "A car waits"})
    assert response.url == url("case", case) + "#risks"
    risk = stored(Risk, case=case)
    assert (risk.kind, risk.level, risk.note) == ("threats", "urgent", "A car waits")
    assert "A car waits" in member.get(url("case", case)).content.decode()
    member.post(url("risk_resolve", risk), {"resolution": "Moved to another building"})
    assert stored(Risk, case=case).resolution == "Moved to another building"


def test_a_refusal_is_an_error_of_the_form_and_leaves_no_line_in_the_log(world, browser, make, do, verbs, stored):
    case = make.case()
    risk = do(world.manager, add_risk, case=case, kind="threats")
    before = verbs(case)
    response = browser(world.manager).post(url("risk_resolve", risk), {"resolution": "ok"})
    assert response.status_code == 422
    assert response.context["form"].errors == {
        "resolution": ["Say what was done about it. One sentence is enough."],
    }
    assert stored(Risk, pk=risk.pk).resolved_at is None
    assert verbs(case) == before


def test_more_time(world, browser, make, stored):
    case = make.case()
    member = browser(world.manager)
    assert "30 of 30 days are left" in member.get(url("case", case)).content.decode()
    member.post(url("reflection_extend", case), {"days": 15})
    assert stored(Case, pk=case.pk).reflection_until == case.reflection_until + dt.timedelta(days=15)
    assert member.post(url("reflection_extend", case), {"days": -3}).status_code == 422
    assert "More time to recover and reflect, until" in member.get(url("case", case)).content.decode()


def test_the_clock_counts_by_the_time_that_counts(world, browser, make, later):
    case = make.case()
    with later(days=12, hours=1):
        page = browser(world.manager).get(url("case", case)).content.decode()
    assert "18 of 30 days are left" in page
    with later(days=31):
        page = browser(world.manager).get(url("case", case)).content.decode()
    assert "Protection and residence do not end with it" in page


def test_closing_needs_no_open_urgent_risk(world, browser, make, do, stored):
    case = make.case()
    risk = do(world.manager, add_risk, case=case, kind="threats")
    member = browser(world.manager)
    said = {"reason": "Moved to family in another State"}
    response = member.post(url("case_close", case), said)
    assert response.context["form"].non_field_errors() == [
        "An urgent risk is open. Resolve it first, and say what was done."
    ]
    member.post(url("risk_resolve", risk), {"resolution": "He was arrested"})
    assert member.post(url("case_close", case), said).status_code == 302
    assert stored(Case, pk=case.pk).state == "closed"
    page = member.get(url("case", case)).content.decode()
    assert "A closed case never bars a new screening" in page
    assert "Add a risk" not in page


def test_guardian_asked_and_noted(world, browser, make, stored):
    case = make.case(age=None, path="not_sure")
    member = browser(world.manager)
    assert "No guardian was asked for yet" in member.get(url("case", case)).content.decode()
    said = {"asked_of": world.agency["children"].pk, "child_view": "Wants a woman"}
    refused = member.post(url("guardian_add", case), said)
    assert list(refused.context["form"].errors) == ["companion_checked"]
    member.post(url("guardian_add", case), said | {"companion_checked": "on"})
    asked = stored(GuardianRequest, person_id=case.person_id)
    member.post(url("guardian_note", asked), {"guardian": "Ms Guardian Secretname"})
    assert stored(GuardianRequest, pk=asked.pk).appointed_at
    page = member.get(url("case", case)).content.decode()
    assert "Guardian appointed" in page
    assert "Secretname" not in page


def test_service_planned_and_moved(world, browser, make, stored):
    case = make.case()
    member = browser(world.manager)
    member.post(url("service_add", case), {"kind": "compensation", "provider": world.agency["shelter"].pk})
    service = stored(Service, case=case)
    assert (service.kind, service.state) == ("compensation", "planned")
    refused = member.post(url("service_move", service), {"state": "ended"})
    assert list(refused.context["form"].errors) == ["result"]
    member.post(url("service_move", service), {"state": "ended", "result": "Paid in full"})
    assert stored(Service, pk=service.pk).result == "Paid in full"
    assert "Paid in full" in member.get(url("case", case)).content.decode()


def test_identity_corrected(world, browser, make, do, verbs):
    case = make.case("Misspelt")
    member = browser(world.manager)
    assert member.get(url("case_identity", case)).status_code == 405
    page = member.post(url("case_identity", case), {"open": "1"}).content.decode()
    assert "Misspelt" in page
    assert verbs(case)[-1] == "office.read_identity"
    said = {"given_name": "Ada", "family_name": "Rightly", "other_names": "Adda\nAdah", "birth_date": "1998-04"}
    assert member.post(url("case_identity", case), said | {"birth_date": "soon"}).status_code == 422
    assert member.post(url("case_identity", case), said | {"phones": "12"}).context["form"].errors.keys() == {"phones"}
    member.post(url("case_identity", case), said)
    found = do(world.manager, read_identity, person=case.person)
    assert (found.full_name, found.other_names, found.birth_date) == ("Ada Rightly", ("Adda", "Adah"), "1998-04")


def test_the_timeline_tells_what_happened_newest_first(world, browser, make, do):
    case = make.case(age=12, path="child")
    do(world.manager, add_risk, case=case, kind="threats")
    do(
        world.manager,
        request_guardian,
        person=case.person,
        asked_of=world.agency["children"],
        companion_checked=True,
        child_view="Wants somebody to come along",
    )
    make.referral(case)
    events = browser(world.manager).get(url("case", case)).context["events"]
    titles = [event["title"].split(",")[0] for event in events]
    assert titles == [
        "Referred to Lighthouse Shelter: Safe accommodation",
        "Guardian asked of Child Protection",
        "Risk seen: Threats to the person or the family",
        "Case opened; time to recover and reflect began",
    ]


def test_the_rights_page_is_linked_from_case_and_arrival(world, browser, make):
    case = make.case()
    rights = f'href="/office/persons/{case.person_id}/"'
    for member in (world.manager, world.responder):
        on_case = browser(member).get(url("case", case)).content.decode()
        assert on_case.count(rights) == 2
        assert rights in browser(member).get(url("person", case.person)).content.decode()
        page = browser(member).get(f"/office/persons/{case.person_id}/").content.decode()
        assert ("Who used the data" in page) is (member == world.manager)
        assert "Complaint, correction, access" in page


def test_a_case_offers_what_the_role_may_do(world, browser, make, do):
    case = make.case()
    do(world.manager, add_risk, case=case, kind="threats")
    theirs = {"More time", ">Plan<", "Close the case", ">Resolved<"}
    pages = {m: browser(m).get(url("case", case)).content.decode() for m in (world.manager, world.responder)}
    plain = {m: page.replace("</svg>", ">") for m, page in pages.items()}
    assert {word for word in theirs if word in plain[world.manager]} == theirs
    assert {word for word in theirs if word in plain[world.responder]} == set()
    assert "Add a risk" in plain[world.responder]


def test_who_was_just_registered_has_no_case(world, browser, make):
    page = browser(world.responder).get(url("person", make.person())).content.decode()
    assert "No screening yet." in page
    assert "another ground" not in page


@pytest.mark.parametrize("who", ["manager", "responder"])
def test_no_link_of_a_case_leads_nowhere(world, browser, make, who):
    case, member = make.case(), browser(getattr(world, who))
    page = member.get(url("case", case)).content.decode()
    links = {link for link in re.findall(r'href="(/[^"#?]*)', page) if not link.startswith("/static/")}
    assert reverse("protection:screening_start", args=[case.person_id, "intake"]) in links
    assert {link: status for link in links if (status := member.get(link).status_code) not in {200, 302}} == {}
