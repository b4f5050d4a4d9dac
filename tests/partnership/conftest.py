"""An office that visits, a second one, and readers of other agencies."""

import datetime as dt
from types import SimpleNamespace

import pytest

from palermo.office.enums import AgencyKind, Role


@pytest.fixture
def desk(house, as_owner):
    """`desk.keeper` and `desk.second` of one office, `desk.other` of another, `desk.reader` of a shelter."""
    from palermo.office.domain.agencies import enrol_member, found_agency

    with as_owner():
        neighbour = found_agency(
            name="Neighbour Co-ordinator", kind=AgencyKind.NATIONAL_CO_ORDINATOR, state="IT", using="default"
        )

        def enrol(agency, username, role):
            return enrol_member(
                agency=agency,
                username=username,
                name=username.replace("_", " ").title(),
                roles=[role],
                password="a long first password",
                using="default",
            )[0]

        return SimpleNamespace(
            office=house.national,
            keeper=house.co_ordinator,
            second=enrol(house.national, "second_officer", Role.PROTOCOL_OFFICER),
            other_office=neighbour,
            other=enrol(neighbour, "other_officer", Role.CO_ORDINATOR),
            reader=house.shelter_worker,
            enforcer=house.border_officer,
            house=house,
        )


@pytest.fixture
def plan(desk, do):
    """`plan("MD", "2026-05-11", "2026-05-15", status="confirmed")` plans a visit and moves it along."""
    from palermo.partnership.domain import visits
    from palermo.partnership.methods.spans import Span

    course = [
        ("agreed", visits.agree_visit, {}),
        ("confirmed", visits.confirm_visit, {}),
        ("done", visits.hold_visit, {}),
        ("reported", visits.report_visit, {"reported_on": dt.date(2026, 6, 1), "report": "SEC.GAL/1/26"}),
        ("followed_up", visits.follow_up_visit, {}),
    ]

    def make(state="MD", first="2026-05-11", last=None, *, member=None, status="planned", title="", team=(), **values):
        member = member or desk.keeper
        begin = dt.date.fromisoformat(first)
        span = Span(begin, dt.date.fromisoformat(last) if last else begin)
        outlined = {name: values.pop(name) for name in ("themes", "aims", "jointly_with", "follows") if name in values}
        outline = visits.Outline(title or f"Visit to {state}", state, span, **outlined)
        visit = do(member, visits.plan_visit, outline=outline, **values)
        for person in team:
            from palermo.partnership.domain.teams import join_team

            do(member, join_team, visit=visit, **person)
        for reached, verb, more in course:
            if visit.status == status:
                break
            do(member, verb, visit=visit, **more)
            assert visit.status == reached
        return visit

    return make
