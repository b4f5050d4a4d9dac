"""Nothing is shown that the rules do not allow: every route × role × owner × state of consent.

Routes come from the URL table and ids from the database's catalogue, so that a new page or a new table is asked
without being named here. What is allowed is written down in `allowed` from the documentation, not from the code.
"""

import json
from collections import Counter
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.test import Client
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from records import second_factor, sign_in
from routes import Route, bodies, fields_of, routes
from small_world import KINDS_OF_MARKER, every_member, small_world

from palermo.office.enums import AgencyKind, Role

DESK = {Role.FIRST_RESPONDER, Role.CASE_MANAGER, Role.SERVICE_WORKER, Role.DECISION_MAKER}
#: Agencies between which the persons of the small world are referred.
STORY = ("reception", "shelter", "police", "children", "authority")
#: Who opens what came with a referral (docs: the recipient's case manager, service worker, decision maker).
OPENS = DESK - {Role.FIRST_RESPONDER}
#: Who reads what came in at the public door.
TAKES_CONCERNS = {Role.FIRST_RESPONDER, Role.CASE_MANAGER}
#: What is sealed is read after a click that is logged, never by looking at a page.
SEALED = {"name", "phone", "note"}
#: Tables that a reading may add to: the access log. Signing in and out writes nothing either.
LOG = {"office_logline", "office_chainhead"}
#: What anybody may write, also without an account: a concern at the public door, which its recipient is told of.
DOOR = LOG | {"protection_concern", "office_notice"}
#: And what every member may write of the own sign-in.
OWN = {"office_member", "mfa_authenticator"}


def allowed(who, one, marker, method):
    """Whether the rules let `who` read this of the person by this method. The house's rules, in one place."""
    member = who.member
    if member is None or who.dismissed or member.agency.kind == AgencyKind.MIGRATION_ENFORCEMENT:
        return False
    roles = set(member.roles)
    if marker == "complaint":
        return member.agency_id == one.owner.pk and Role.DATA_PROTECTION_OFFICER in roles
    if marker == "code" and Role.DATA_PROTECTION_OFFICER in roles and member.agency_id == one.owner.pk:
        # The own agency's log names its files by their codes.
        return True
    if marker == "code" and one.guardian_asked_of is not None and member.agency_id == one.guardian_asked_of.pk:
        # A request for a guardian carries the code, on a disclosure of its own.
        return bool(roles & {Role.FIRST_RESPONDER, Role.CASE_MANAGER})
    in_reach = member.agency_id == one.owner.pk or member.agency_id in {agency.pk for agency in one.opened_by}
    if in_reach and roles & DESK:
        return marker not in SEALED or method == "POST"
    sent = one.recipient is not None and member.agency_id == one.recipient.pk and bool(roles & OPENS)
    return sent and method == "POST" and bool(KINDS_OF_MARKER[marker] & one.kinds)


def may_read_concern(who, house):
    """The concern's words are for the desk of the agency that received it."""
    member = who.member
    inside = member is not None and not who.dismissed and member.agency_id == house.reception.pk
    return inside and bool(set(member.roles) & TAKES_CONCERNS)


@pytest.fixture
def scene(house, owner_sql, as_owner):
    """The small world, its members with a browser each, and every id that stands anywhere in the database."""
    world = small_world(house)
    with as_owner():
        members = every_member(house)
        dismiss = members.pop("dismiss")
        for member in members.values():
            second_factor(member)
    who = {name: SimpleNamespace(name=name, member=one, dismissed=False) for name, one in members.items()}
    who["anonymous"] = SimpleNamespace(name="anonymous", member=None, dismissed=False)
    for one in who.values():
        one.client = sign_in(Client(raise_request_exception=False), one.member)
    dismiss()
    who["dismissed"].dismissed = True
    who["guest"] = _guest(world, house)
    _count_writes()
    return SimpleNamespace(
        world=world, house=house, who=who, ids=_ids(owner_sql), bodies=bodies(), written=written(), found=[]
    )


def _guest(world, house):
    """Somebody of the clinic, who has no account, after the code of the sealed link."""
    from palermo.office.models import Member

    client = Client(raise_request_exception=False)
    assert client.post(f"/m/{world.link.token}/", {"code": world.link.code}).status_code == 302
    guest = Member.objects.get(agency=house.clinic, kind="guest")
    return SimpleNamespace(name="guest", member=guest, dismissed=False, client=client)


def _ids(owner_sql):
    """Ids of every kind of object, by the catalogue: two of each table, all of those that a person hangs on."""
    tables = owner_sql(
        "SELECT c.relname, c.relname IN ('office_person', 'protection_case', 'protection_referral', 'office_consent')"
        " FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid"
        " WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace AND a.attname = 'id'"
        " AND a.atttypid = 'uuid'::regtype AND c.relname NOT LIKE '%event' AND c.relname <> 'office_logline' ORDER BY 1"
    )
    found = {
        name: [row[0] for row in owner_sql(f"SELECT id FROM {name} ORDER BY id {'' if whole else 'LIMIT 2'}")]
        for name, whole in tables
    }
    return {name: ids for name, ids in found.items() if ids}


def _count_writes():
    """Functions of this test's session: the application itself may read neither statistics nor another's log."""
    with connection.cursor() as cursor:
        cursor.execute("SET SESSION AUTHORIZATION DEFAULT")
        cursor.execute(
            "CREATE FUNCTION pg_temp.written() RETURNS TABLE (name text, rows bigint) LANGUAGE sql SECURITY DEFINER AS"
            " $$ SELECT relname::text, n FROM pg_class, LATERAL (SELECT pg_stat_get_xact_tuples_inserted(oid)"
            " + pg_stat_get_xact_tuples_updated(oid) + pg_stat_get_xact_tuples_deleted(oid)) counted (n)"
            " WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND n > 0 $$;"
            "CREATE FUNCTION pg_temp.last_line(agency uuid) RETURNS TABLE (verb text, member uuid)"
            " LANGUAGE sql SECURITY DEFINER AS $$ SELECT verb::text, member_id FROM office_logline"
            " WHERE agency_id = agency ORDER BY seq DESC LIMIT 1 $$"
        )
        cursor.execute("SET SESSION AUTHORIZATION palermo_app")


def written():
    """Rows written so far in this transaction, by table: also those that were taken back."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, rows FROM pg_temp.written()")
        return dict(cursor.fetchall())


def ask(scene, who, route, filling, method, data=None):
    """Send one request, hold its answer to the rules, and take back what it did.

    Whatever is wrong is added to `scene.found`, in words.
    """
    address = route.path(filling)
    label = f"{method} {route.name} {address} as {who.name}"
    before = scene.written
    with transaction.atomic():
        response = _send(who.client, route, address, method, data)
        content = response.content
        scene.written = written()
        changed = {name for name, count in scene.written.items() if count != before.get(name, 0)}
        if response.status_code == 403 and _inside(who) and not _refusal_is_logged(who):
            scene.found.append(f"{label}: the refusal is not in the log")
        transaction.set_rollback(True)
    scene.found += [f"{label}: {wrong}" for wrong in _wrong(scene, who, method, response, content, data, changed)]
    return response


def _inside(who):
    return who.member is not None and not who.dismissed and who.name != "guest"


def _send(client, route, address, method, data):
    cookies = client.cookies.copy()
    try:
        if method == "POST" and route.json:
            return client.post(address, json.dumps(data or {}), content_type="application/json")
        return getattr(client, method.lower())(address, data or {})
    finally:
        client.cookies = cookies


def _wrong(scene, who, method, response, content, data, changed):
    if response.status_code >= 500:
        fell = f": {response.exc_info[1]!r}" if response.exc_info else ""
        yield f"answers {response.status_code}{fell}"
    text = content.decode(errors="replace") + json.dumps(dict(response.headers)) + str(response.cookies)
    sent = json.dumps(data or {})
    for one in scene.world.people.values():
        for marker, words in one.markers.items():
            if words in text and words not in sent and not allowed(who, one, marker, method):
                yield f"shows the {marker} of {one.state}"
    if scene.world.concern in text and not may_read_concern(who, scene.house):
        yield "shows the words of a concern"
    may_write = LOG if method != "POST" else DOOR | OWN if not _works(who) else None
    if may_write is not None and changed - may_write:
        yield f"writes {sorted(changed - may_write)}"


def _works(who):
    enforces = who.member is not None and who.member.agency.kind == AgencyKind.MIGRATION_ENFORCEMENT
    return who.member is not None and not who.dismissed and not enforces


def _refusal_is_logged(who):
    with connection.cursor() as cursor:
        cursor.execute("SELECT verb, member FROM pg_temp.last_line(%s)", [who.member.agency_id])
        return cursor.fetchall() == [("office.refused", who.member.pk)]


def sayings(scene, who, route, filling):
    """What a POST says: nothing, and what its page's forms or its description ask for."""
    yield {}
    if route.json:
        yield scene.bodies.get("/" + route.text.replace("<", "{").replace(">", "}"), {})
    else:
        page = ask(scene, who, route, filling, "GET")
        every = [str(one) for ids in scene.ids.values() for one in ids]
        yield fields_of(page, every) or {"code": next(iter(scene.world.people.values())).markers["code"]}


def flat(scene):
    return [one for ids in scene.ids.values() for one in ids]


def concerned(scene, route):
    """What an address of a room may be about: every object of that room and of the office, one of each other room.

    A room looks for an id among its own objects only, so that a second foreign one asks nothing new. An address that
    belongs to no room may be about every object.
    """
    room, near, other = route.name.split(":")[0], {}, {}
    rooms = {app.label for app in apps.get_app_configs()}
    for name, ids in scene.ids.items():
        of = name.split("_")[0]
        if room not in rooms or of in {room, "office"}:
            near[name] = ids
        else:
            other.setdefault(of, (name, ids))
    return near | dict(other.values())


@pytest.mark.parametrize("name", [f"{AgencyKind.MIGRATION_ENFORCEMENT} {Role.OFFICER}", "anonymous"])
def test_enforcement_and_strangers_are_shown_nothing_by_any_route(scene, name):
    """Every route with an id of every kind of object of its room, by every method; what a POST says goes round."""
    who, asked = scene.who[name], 0
    for route in routes():
        ids = [ids[0] for ids in concerned(scene, route).values()]
        takes_id = any(type(converter).__name__.startswith("UUID") for _, converter in route.holes)
        said = None
        for turn, filling in enumerate(_some(route, ids)):
            asked += 1
            response = ask(scene, who, route, filling, "GET")
            if takes_id and name != "anonymous" and response.status_code == 200:
                scene.found.append(f"{route.path(filling)} answers enforcement")
            said = said or list(sayings(scene, who, route, filling))
            # The first time all of it: a route without a hole is asked once.
            for data in said if turn == 0 else [said[turn % len(said)]]:
                ask(scene, who, route, filling, "POST", data)
    assert asked > 1000
    assert "\n".join(scene.found) == ""


def _converters(route):
    return [type(converter).__name__ for _, converter in route.holes]


def _some(route, ids):
    """All fillings of one hole; of two, the second goes round while the first goes through all."""
    several = [
        [filling[hole] for filling in Route("", "", ((hole, kind),)).fillings(ids)] for hole, kind in route.holes
    ]
    longest = max(map(len, several), default=1)
    for n in range(longest):
        yield {
            hole: some[(n * (place + 1)) % len(some)]
            for place, ((hole, _), some) in enumerate(zip(route.holes, several, strict=True))
        }


def fitting(scene):
    """For each route that takes an id: the table whose ids lead somewhere, found by asking as an owner of files."""
    owners = [scene.who["first_reception case_manager"], scene.who["first_reception data_protection_officer"]]
    found = {}
    for route in (one for one in routes() if any(kind.startswith("UUID") for kind in _converters(one))):
        for who in owners:
            table = _leading(scene, who, route)
            if table:
                found[route.text, table] = route
                break
    return found


def _leading(scene, who, route):
    """The first table whose id this member may open there; none, where the door is shut whatever the id."""
    refused = 0
    for table, ids in concerned(scene, route).items():
        filling = next(_some(route, [ids[-1]]))
        status = ask(scene, who, route, filling, "GET").status_code
        if status == 405:
            status = ask(scene, who, route, filling, "POST").status_code
        if status not in {403, 404}:
            return table
        refused = refused + 1 if status == 403 else 0
        if refused == 3:
            return None
    return None


def test_nobody_is_shown_what_the_rules_do_not_allow(scene):
    """Drawn from every route, member, object, method and body; most draws take an object that the route is about."""
    fits, table, everybody = fitting(scene), routes(), sorted(scene.who)
    #: Those whom the story is about come up more often than the many who have nothing to do with it.
    story = ["guest", "dismissed", *(f"{getattr(scene.house, name).kind} {role}" for name in STORY for role in DESK)]
    seen = Counter()

    @settings(
        max_examples=800,
        derandomize=True,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(st.data())
    def drawn(data):
        who = scene.who[data.draw(st.sampled_from(story if data.draw(st.integers(0, 3)) else everybody))]
        if data.draw(st.integers(0, 3)):
            text, name = data.draw(st.sampled_from(sorted(fits)))
            route, ids = fits[text, name], scene.ids[name]
        else:
            route, ids = data.draw(st.sampled_from(table)), flat(scene)
        filling = {
            hole: data.draw(st.sampled_from([f[hole] for f in Route("", "", ((hole, kind),)).fillings(ids)]))
            for hole, kind in route.holes
        }
        method = data.draw(st.sampled_from(["GET", "HEAD", "POST", "POST"]))
        said = data.draw(st.sampled_from(list(sayings(scene, who, route, filling)))) if method == "POST" else None
        seen[ask(scene, who, route, filling, method, said).status_code // 100] += 1

    drawn()
    assert "\n".join(scene.found) == ""
    assert min(seen[2], seen[3], seen[4]) > 30


@pytest.mark.parametrize(
    ("route", "name", "wrong"),
    [
        ("leak/name/<pk>/", "first_reception case_manager", "shows the name of alone"),
        ("leak/other/<pk>/", "migration_enforcement officer", "shows the code of alone"),
        ("leak/other/<pk>/", "anonymous", "shows the code of alone"),
        ("leak/header/<pk>/", "first_reception administrator", "shows the code of alone"),
        ("leak/write/<pk>/", "first_reception case_manager", "writes ['office_person', 'office_personevent']"),
        ("leak/fall/<pk>/", "first_reception case_manager", "answers 500: RuntimeError('a page that falls')"),
        ("leak/silent/<pk>/", "migration_enforcement officer", "the refusal is not in the log"),
    ],
)
def test_a_page_that_leaks_is_caught(scene, settings, route, name, wrong):
    """The proof can fail: what a careless colleague might add is found without being named."""
    settings.ROOT_URLCONF = "leaking_site"
    planted = {one.text: one for one in routes()}[route]
    ask(scene, scene.who[name], planted, {"pk": scene.world.people["alone"].person.pk}, "GET")
    assert [found.split(": ", 1)[1] for found in scene.found] == [wrong]
