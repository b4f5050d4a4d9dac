"""The case manager's work list."""

import pytest
from django.urls import reverse

from palermo.protection.domain.cases import add_risk, close_case
from palermo.protection.domain.guardians import request_guardian

URL = "/cases/"


def codes(response):
    return [row.record.person.code for row in response.context["table"].page.object_list]


def test_urgent_risks_come_first_then_children_then_who_waits(world, browser, make, do):
    quiet, waiting, child, urgent = make.case(), make.case(), make.case(age=9, path="child"), make.case()
    make.referral(waiting)
    do(world.manager, add_risk, case=urgent, kind="threats")
    do(world.manager, add_risk, case=quiet, kind="health", level="watch")
    response = browser(world.manager).get(URL)
    assert codes(response) == [case.person.code for case in (urgent, child, waiting, quiet)]
    assert response.context["found"] == 4


@pytest.mark.parametrize("others", [0, 2])
def test_the_number_of_statements_does_not_grow(world, browser, make, do, others, statements):
    for _n in range(1 + others):
        case = make.case(age=9, path="child")
        do(world.manager, add_risk, case=case, kind="threats")
        make.referral(case)
    member = browser(world.manager)
    with statements(7):
        response = member.get(URL)
    assert len(codes(response)) == 1 + others


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", {"adult", "child", "urgent"}),
        ("?path=child", {"child"}),
        ("?path=adult", {"adult", "urgent"}),
        ("?risk=urgent", {"urgent"}),
        ("?risk=any", {"child", "urgent"}),
        ("?state=closed", {"closed"}),
        ("?state=all", {"adult", "child", "urgent", "closed"}),
        ("?state=identified", set()),
    ],
)
def test_filters(world, browser, make, do, query, expected):
    cases = {
        "adult": make.case(),
        "child": make.case(age=9, path="child"),
        "urgent": make.case(),
        "closed": make.case(),
    }
    do(world.manager, add_risk, case=cases["urgent"], kind="threats")
    do(world.manager, add_risk, case=cases["child"], kind="health", level="watch")
    do(world.manager, close_case, case=cases["closed"], reason="Moved to family in another State")
    named = {case.person.code: name for name, case in cases.items()}
    assert {named[code] for code in codes(browser(world.manager).get(URL + query))} == expected


def test_filter_by_place_and_code(world, browser, make):
    case = make.case()
    make.case()
    member = browser(world.manager)
    assert codes(member.get(f"{URL}?code={case.person.code.lower()}")) == [case.person.code]
    assert len(codes(member.get(f"{URL}?site={world.harbour.pk}"))) == 2


def test_a_list_has_pages(world, browser, make):
    for _n in range(26):
        make.case()
    member = browser(world.manager)
    assert len(codes(member.get(URL))) == 25
    assert len(codes(member.get(URL + "?page=2"))) == 1
    assert len(codes(member.get(URL + "?page=99"))) == 1


def test_a_child_without_a_guardian_is_marked_until_one_is_asked_for(world, browser, make, do):
    case = make.case(age=9, path="child")
    member = browser(world.manager)
    assert "No guardian asked" in member.get(URL).content.decode()
    children = world.agency["children"]
    do(
        world.manager,
        request_guardian,
        person=case.person,
        asked_of=children,
        companion_checked=True,
        child_view="Wants somebody to come along",
    )
    assert "No guardian asked" not in member.get(URL).content.decode()


def test_no_name_and_no_other_agencys_case(world, browser, make):
    ours = make.case("Secretname")
    theirs = make.case("Othername", member=world.shelter_manager)
    for member, own, other in ((world.manager, ours, theirs), (world.shelter_manager, theirs, ours)):
        page = browser(member).get(URL).content.decode()
        assert own.person.code in page
        assert other.person.code not in page
        assert "Secretname" not in page
        assert "Othername" not in page


@pytest.mark.parametrize("name", ["officer", "co_ordinator", "admin"])
def test_other_roles_are_refused(world, browser, make, name):
    case = make.case()
    response = browser(getattr(world, name)).get(URL)
    assert response.status_code == 403
    assert case.person.code not in response.content.decode()


def test_whoever_is_not_signed_in_is_sent_to_sign_in(world, browser):
    assert browser(None).get(URL).url.startswith(reverse("account_login"))


def test_an_empty_list_says_what_to_do(world, browser):
    assert "A case opens when a screening is judged" in browser(world.manager).get(URL).content.decode()
