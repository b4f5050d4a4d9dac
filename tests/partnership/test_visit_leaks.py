"""Clearances hold by page, feed, API and SQL, for whoever asks; partners learn State, week, organisation and no more."""

import datetime as dt

import pytest
from django.urls import reverse

from palermo.office.domain.acting import acting_as
from palermo.partnership.domain import feeds, plans
from palermo.partnership.formats.plan_rows import Said, initiative_row, step_row
from palermo.partnership.queries.neighbours import free_busy

CLEARANCES = ("public", "organisation", "office", "named")
#: Who reads which clearances of the keeper's office; "second" is named where somebody is.
READS = {
    "keeper": set(CLEARANCES),
    "second": set(CLEARANCES),
    "other": {"public", "organisation"},
    "reader": {"public", "organisation"},
    "third": {"public", "organisation", "office"},
    "enforcer": set(),
    None: set(),
}
DAY = (dt.datetime.now(tz=dt.UTC).date() + dt.timedelta(days=30)).isoformat()
#: What a partner must never see of a record it may not read.
PARTS = ("title", "aims", "partner", "holder", "note", "expert", "ministry")


def marker(clearance, part):
    return f"{part}of{clearance}"


@pytest.fixture
def third(desk, as_owner):
    from palermo.office.domain.agencies import enrol_member

    with as_owner():
        return enrol_member(
            agency=desk.office,
            username="third",
            name="Third",
            roles=["protocol_officer"],
            password="x" * 12,
            using="default",
        )[0]


@pytest.fixture
def records(desk, third, plan, do):
    """A visit, a step and an initiative of each clearance, marked."""
    desk.third = third
    desk.records = {}
    from palermo.partnership.domain.teams import add_interlocutor

    for clearance in CLEARANCES:
        access = {"clearance": clearance, "readers": [desk.second.pk] if clearance == "named" else []}
        visit = plan(
            "MD",
            DAY,
            title=marker(clearance, "title"),
            aims=marker(clearance, "aims"),
            jointly_with=marker(clearance, "partner"),
            team=[{"name": marker(clearance, "expert")}],
            **access,
        )
        do(desk.keeper, add_interlocutor, visit=visit, organisation=marker(clearance, "ministry"))
        said = {"uid": f"s-{clearance}", "body": "GRETA", "state": "MD", "step": "country_visit", "starts": DAY}
        said |= {"holder": marker(clearance, "holder"), "certainty": "announced", "note": marker(clearance, "note")}
        step = do(desk.keeper, plans.note_step, row=step_row(Said("", said)), access=plans.Access(**access))
        said = {
            "title": marker(clearance, "title"),
            "structure": "ODIHR",
            "starts": DAY,
            "note": marker(clearance, "note"),
        }
        one = do(desk.keeper, plans.enter_initiative, row=initiative_row(Said("", said)), access=plans.Access(**access))
        desk.records[clearance] = (visit, step, one)
    return desk.records


def seen(text):
    return {clearance for clearance in CLEARANCES for part in PARTS if marker(clearance, part) in text}


def member_of(desk, name):
    return getattr(desk, name) if name else None


LISTS = (
    "/partnership/visits/?status=all",
    "/partnership/visits/busy/",
    "/partnership/calendar/?view=list&year={year}",
    "/partnership/calendar/?view=month&year={year}&month={month}",
    "/partnership/calendar/?view=year&year={year}",
    "/partnership/calendar/export/steps/",
    "/partnership/calendar/export/initiatives/",
    "/partnership/visits/check/?state=MD&starts=" + DAY,
    "/partnership/states/MD/",
    "/api/visits?limit=100",
    "/api/visits/busy",
    "/api/calendar",
    "/api/deconfliction?state=MD&first=" + DAY,
)


@pytest.mark.parametrize("name", list(READS))
def test_pages_and_api_open_what_the_clearance_opens(name, desk, records, browser):
    client = browser(member_of(desk, name))
    day = dt.date.fromisoformat(DAY)
    for address in LISTS:
        answer = client.get(address.format(year=day.year, month=day.month))
        assert seen(answer.content.decode()) <= READS[name], address
        if name in {"enforcer", None}:
            assert answer.status_code in {302, 401, 403}, address
    opened = {clearance: set() for clearance in CLEARANCES}
    for clearance, (visit, step, one) in records.items():
        for route, record in (("visit", visit), ("step", step), ("initiative", one)):
            answer = client.get(reverse(f"partnership:{route}", args=[record.pk]))
            if answer.status_code == 200:
                opened[clearance].add(route)
        answer = client.get(f"/api/visits/{visit.pk}")
        if answer.status_code == 200:
            opened[clearance].add("api")
    everything = {"visit", "step", "initiative", "api"}
    assert opened == {clearance: everything if clearance in READS[name] else set() for clearance in CLEARANCES}


@pytest.mark.parametrize("name", ["keeper", "second", "third", "other", "reader"])
def test_lists_show_what_may_be_read_and_not_only_hide(name, desk, records, browser):
    client = browser(member_of(desk, name))
    assert seen(client.get("/partnership/visits/?status=all").content.decode()) == READS[name]
    assert seen(client.get("/api/calendar").content.decode()) == READS[name]


@pytest.mark.parametrize("name", ["other", "reader"])
def test_team_and_interlocutors_are_of_the_office_alone(name, desk, records, browser):
    client = browser(member_of(desk, name))
    for visit, _, _ in records.values():
        page = client.get(reverse("partnership:visit", args=[visit.pk])).content.decode()
        assert "expertof" not in page
        assert "ministryof" not in page


@pytest.mark.parametrize("name", ["keeper", "second", "third", "other", "reader"])
def test_a_feed_and_free_busy(name, desk, records, browser, do):
    member = member_of(desk, name)
    for kind, expected in (("calendar", READS[name]), ("free_busy", set())):
        _, token = do(member, feeds.make_feed, name="x", kind=kind)
        answer = browser(None).get(reverse("partnership:feed", args=[token]))
        assert seen(answer.content.decode().replace("\r\n ", "")) == expected


@pytest.mark.parametrize("name", list(READS))
def test_sql_as_the_application(name, as_app, desk, records, enter):
    member = member_of(desk, name)
    with enter(as_app, member):
        for table in ("visit", "externalstep", "initiative", "visitevent", "externalstepevent", "initiativeevent"):
            rows = as_app.execute(f"SELECT t::text FROM partnership_{table} t").fetchall()
            assert seen(str(rows)) == READS[name], table
        own = READS[name] if name in {"keeper", "second", "third"} else set()
        for table in ("teammember", "interlocutor"):
            assert seen(str(as_app.execute(f"SELECT t::text FROM partnership_{table} t").fetchall())) == own
        told = as_app.execute("SELECT * FROM partnership_free_busy('', %s, '2100-01-01')", [DAY]).fetchall()
        monday = dt.date.fromisoformat(DAY)
        monday -= dt.timedelta(days=monday.weekday())
        assert told == ([("MD", monday, "National Co-ordinator")] if READS[name] else [])
        assert as_app.execute("SELECT count(*) FROM partnership_feedtoken").fetchone() == (0,)


@pytest.mark.parametrize("name", ["other", "reader", "enforcer"])
def test_sql_writes_nothing_of_another_office(name, as_app, desk, records, enter, owner_sql):
    from contextlib import suppress

    import psycopg

    visit = records["public"][0]
    before = owner_sql("SELECT md5(string_agg(t::text, '' ORDER BY id)) FROM partnership_visit t")
    for statement in (
        "UPDATE partnership_visit SET clearance = 'public'",
        "UPDATE partnership_visit SET readers = readers",
        "UPDATE partnership_visit SET office_id = %(mine)s",
        "DELETE FROM partnership_visit",
        "INSERT INTO partnership_visit SELECT * FROM partnership_visit",
        "INSERT INTO partnership_visitevent SELECT * FROM partnership_visitevent",
        (
            "INSERT INTO partnership_teammember (id, visit_id, key, name, role, binds)"
            " VALUES (gen_random_uuid(), %(visit)s, gen_random_uuid(), 'x', 'member', false)"
        ),
        "DELETE FROM partnership_teammember",
        "DELETE FROM partnership_interlocutor",
        (
            "INSERT INTO partnership_feedtoken (id, member_id, name, kind, token_hash, saved, made_at)"
            " VALUES (gen_random_uuid(), %(keeper)s, 'x', 'calendar', 'x', '{}', now())"
        ),
    ):
        member = member_of(desk, name)
        with suppress(psycopg.Error), enter(as_app, member):
            as_app.execute(statement, {"mine": member.agency_id, "visit": visit.pk, "keeper": desk.keeper.pk})
    assert owner_sql("SELECT md5(string_agg(t::text, '' ORDER BY id)) FROM partnership_visit t") == before
    assert owner_sql("SELECT count(*) FROM partnership_teammember") == [(4,)]
    assert owner_sql("SELECT count(*) FROM partnership_interlocutor") == [(4,)]
    assert owner_sql("SELECT count(*) FROM partnership_feedtoken") == [(0,)]


def test_the_owners_of_a_feed_alone_see_it(as_app, desk, do, enter):
    do(desk.keeper, feeds.make_feed, name="mine")
    counts = {}
    for name in ("keeper", "second", "other"):
        with enter(as_app, member_of(desk, name)):
            counts[name] = as_app.execute("SELECT count(*) FROM partnership_feedtoken").fetchone()[0]
            assert as_app.execute("UPDATE partnership_feedtoken SET revoked_at = NULL").rowcount == counts[name]
    assert counts == {"keeper": 1, "second": 0, "other": 0}


def test_free_busy_tells_the_week_and_no_day(desk, plan):
    from palermo.partnership.methods.spans import Span

    plan("MD", "2027-05-13", "2027-05-18")
    with acting_as(desk.reader):
        told = free_busy(span=Span(dt.date(2027, 5, 1), dt.date(2027, 5, 31)))
    assert [(one.state, one.week, one.organisation) for one in told] == [
        ("MD", dt.date(2027, 5, 10), "National Co-ordinator"),
        ("MD", dt.date(2027, 5, 17), "National Co-ordinator"),
    ]


def test_partners_are_warned_by_free_busy(desk, plan, browser):
    plan("MD", "2027-05-13", title="Secret title")
    page = browser(desk.other).get("/partnership/visits/check/?state=MD&starts=2027-05-11").content.decode()
    assert "National Co-ordinator: in the State (known by the week), 10 to 16 May 2027, at the same time." in page
    assert "Secret" not in page
    assert "13" not in page.replace("2027-05-13", "").split("at the same time")[0].rsplit("(known", 1)[1]
