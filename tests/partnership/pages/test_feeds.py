"""Subscriptions: shown once, revocable, read as their member, dead with their member; real clients take them up."""

import datetime as dt
import re
import socket
import subprocess
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import caldav
import icalendar
import pytest
from django.urls import reverse

from palermo.office.domain.acting import acting_as
from palermo.office.domain.rights import NotAllowed
from palermo.partnership.domain import feeds, visits
from palermo.partnership.models import FeedToken
from palermo.vocabulary.errors import Refusal

ADD = "/partnership/calendar/subscriptions/add/"


def soon(days=30):
    return (dt.datetime.now(tz=dt.UTC).date() + dt.timedelta(days=days)).isoformat()


@pytest.fixture
def subscribe(do):
    def make(member, **values):
        feed, token = do(member, feeds.make_feed, **({"name": "telephone"} | values))
        return feed, reverse("partnership:feed", args=[token])

    return make


def events_of(response):
    return {str(e["X-PALERMO-TITLE"]): e for e in icalendar.Calendar.from_ical(response.content).walk("VEVENT")}


def test_an_address_is_shown_once_and_kept_as_a_hash(desk, browser, plan, owner_sql):
    plan("MD", soon())
    client = browser(desk.keeper)
    page = client.post(ADD + "?state=MD&view=month", {"name": "telephone", "kind": "calendar"}).content.decode()
    token = re.search(r"/partnership/feeds/([\w-]{43})/palermo.ics", page)[1]
    assert token not in str(owner_sql("SELECT * FROM partnership_feedtoken"))
    assert owner_sql("SELECT saved::text FROM partnership_feedtoken") == [('{"state": "MD"}',)]
    assert token not in client.get("/partnership/calendar/subscriptions/").content.decode()
    answer = browser(None).get(reverse("partnership:feed", args=[token]))
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert list(events_of(answer)) == ["Visit to MD"]


def test_a_saved_filter_narrows_the_feed(desk, browser, plan, subscribe):
    plan("MD", soon())
    plan("RO", soon(40))
    _, url = subscribe(desk.keeper, saved={"state": "RO"}, remind_days=7)
    answer = browser(None).get(url)
    assert list(events_of(answer)) == ["Visit to RO"]
    assert b"TRIGGER:-P7D" in answer.content


def test_uid_is_stable_and_sequence_rises(desk, browser, plan, do, subscribe):
    visit = plan("MD", soon())
    _, url = subscribe(desk.keeper)
    before = events_of(browser(None).get(url))["Visit to MD"]
    do(desk.keeper, visits.cancel_visit, visit=visit, reason="The State asked for it")
    after = events_of(browser(None).get(url))["Visit to MD"]
    assert (before["UID"], before["STATUS"]) == (f"visit-{visit.pk}@palermo.invalid", "TENTATIVE")
    assert (after["UID"], after["STATUS"], after["SEQUENCE"]) == (before["UID"], "CANCELLED", before["SEQUENCE"] + 1)


def test_what_did_not_change_is_not_sent_again(desk, browser, plan, subscribe):
    plan("MD", soon())
    _, url = subscribe(desk.keeper)
    client = browser(None)
    first = client.get(url)
    assert client.get(url, headers={"if-none-match": first["ETag"]}).status_code == 304


def test_a_feed_gives_what_its_member_reads(desk, browser, plan, subscribe):
    for clearance in ("public", "organisation", "office"):
        plan("MD", soon(), title=f"For {clearance}", clearance=clearance)
    plan("MD", soon(), title="For named", clearance="named", readers=[desk.second.pk])
    seen = {
        name: sorted(events_of(browser(None).get(subscribe(getattr(desk, name))[1])))
        for name in ("keeper", "second", "other", "reader")
    }
    everybody = ["For organisation", "For public"]
    assert seen == {
        "keeper": ["For named", "For office", *everybody],
        "second": ["For named", "For office", *everybody],
        "other": everybody,
        "reader": everybody,
    }


def test_a_revoked_or_dismissed_members_address_is_dead(desk, browser, plan, subscribe, do, owner_sql):
    plan("MD", soon())
    feed, url = subscribe(desk.keeper)
    _, other = subscribe(desk.second)
    client = browser(desk.keeper)
    client.post(f"/partnership/calendar/subscriptions/{feed.pk}/revoke/")
    assert browser(None).get(url).status_code == 404
    assert browser(None).get(other).status_code == 200
    owner_sql("UPDATE office_member SET is_active = false WHERE id = %s", [desk.second.pk])
    assert browser(None).get(other).status_code == 404


def test_those_alive_come_first_the_newest_of_them_first(desk, subscribe, do):
    made = {name: subscribe(desk.keeper, name=name)[0] for name in ("old", "dead", "new")}
    do(desk.keeper, feeds.revoke_feed, feed=made["dead"])
    assert do(desk.keeper, lambda member: [one.name for one in feeds.feeds_of(member=member)]) == ["new", "old", "dead"]


def test_nobody_revokes_anothers(desk, browser, subscribe):
    feed, url = subscribe(desk.keeper)
    assert browser(desk.second).post(f"/partnership/calendar/subscriptions/{feed.pk}/revoke/").status_code == 404
    assert browser(None).get(url).status_code == 200


def test_enforcement_makes_none(desk, browser, do, owner_sql):
    with pytest.raises(NotAllowed):
        do(desk.enforcer, feeds.make_feed, name="x")
    assert browser(desk.enforcer).get(ADD).status_code == 403
    owner_sql(
        "INSERT INTO partnership_feedtoken (id, member_id, name, kind, token_hash, saved, made_at)"
        " VALUES (gen_random_uuid(), %s, 'x', 'calendar', %s, '{}', now())",
        [desk.enforcer.pk, feeds.token_hash("planted")],
    )
    assert browser(None).get(reverse("partnership:feed", args=["planted"])).status_code == 404


@pytest.mark.parametrize("token", ["x", "a" * 43, "'; DROP TABLE partnership_visit --", "\u202e"])
def test_a_guessed_address_gives_nothing(token, desk, browser):
    assert browser(None).get(reverse("partnership:feed", args=[token])).status_code == 404


def test_there_is_a_limit_and_a_name(desk, do):
    with pytest.raises(Refusal, match="it has no name"):
        do(desk.keeper, feeds.make_feed, name=" ")
    for number in range(feeds.MOST_FEEDS):
        do(desk.keeper, feeds.make_feed, name=str(number))
    with pytest.raises(Refusal, match="you have 20 subscriptions"):
        do(desk.keeper, feeds.make_feed, name="one more")
    with acting_as(desk.keeper):
        assert FeedToken.objects.count() == 20


def test_free_busy_of_partners(desk, browser, plan, subscribe):
    plan("MD", soon(), title="Secret title", aims="Secret aims", clearance="office", team=[{"person": desk.second}])
    plan("RO", soon(), title="Named title", clearance="named", readers=[desk.second.pk])
    _, url = subscribe(desk.reader, kind="free_busy")
    answer = browser(None).get(url)
    (busy,) = icalendar.Calendar.from_ical(answer.content).walk("VFREEBUSY")
    assert str(busy["COMMENT"]) == "National Co-ordinator: Moldova"
    monday = dt.date.fromisoformat(soon())
    monday -= dt.timedelta(days=monday.weekday())
    assert f"{monday:%Y%m%d}T000000Z".encode() in answer.content.replace(b"\r\n ", b"")
    assert not re.search(rb"[Ss]ecret|Named|Second|planned", answer.content)


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


@pytest.fixture
def radicale(tmp_path):
    """The address of a Radicale that keeps calendars in an empty folder."""
    port = free_port()
    settings = tmp_path / "radicale.ini"
    settings.write_text(
        f"[server]\nhosts = 127.0.0.1:{port}\n[auth]\ntype = none\n[storage]\nfilesystem_folder = {tmp_path / 'kept'}\n"
        "[logging]\nlevel = error\n"
    )
    with subprocess.Popen([sys.executable, "-m", "radicale", "--config", str(settings)]) as server:
        try:
            for _ in range(300):
                with socket.socket() as one:
                    if one.connect_ex(("127.0.0.1", port)) == 0:
                        break
                time.sleep(0.05)
            yield f"http://127.0.0.1:{port}/"
        finally:
            server.terminate()
            server.wait(10)


def told(event):
    component = icalendar.Calendar.from_ical(event).walk("VEVENT")[0] if isinstance(event, str) else event
    names = ("UID", "SUMMARY", "SEQUENCE", "STATUS", "LOCATION", "CLASS")
    cats = component["CATEGORIES"]
    days = (component.decoded("DTSTART"), component.decoded("DTEND"))
    return {
        **{name: str(component[name]) for name in names},
        "CATEGORIES": [str(cat) for cat in cats.cats],
        "days": days,
    }


def test_radicale_keeps_our_feed_and_a_caldav_client_reads_the_same_back(desk, browser, plan, subscribe, radicale):
    plan("MD", soon(), soon(33), title="Visit; with, marks – ß", themes=["child", "data"], status="confirmed")
    plan("RO", soon(60), clearance="public")
    _, url = subscribe(desk.keeper)
    feed = icalendar.Calendar.from_ical(browser(None).get(url).content)
    with caldav.DAVClient(url=radicale, username="a", password="a") as client:
        calendar = client.principal().make_calendar(name="Palermo")
        for event in feed.walk("VEVENT"):
            one = icalendar.Calendar()
            one.add("prodid", "-//test//EN")
            one.add("version", "2.0")
            one.add_component(event)
            calendar.save_event(one.to_ical().decode(), increase_seqno=False)
        back = [told(event.data) for event in calendar.events()]
        found = calendar.search(
            start=dt.datetime.fromisoformat(soon(29)), end=dt.datetime.fromisoformat(soon(40)), event=True, expand=False
        )
    ours = [told(event) for event in feed.walk("VEVENT")]
    assert sorted(back, key=lambda e: e["UID"]) == sorted(ours, key=lambda e: e["UID"])
    assert [told(event.data)["SUMMARY"] for event in found] == ["Moldova: Visit; with, marks – ß"]


def test_a_client_that_subscribes_by_http_gets_the_same_bytes(desk, browser, plan, subscribe):
    """caldav's own client fetches the address as a calendar programme does, over a socket."""
    plan("MD", soon())
    _, url = subscribe(desk.keeper)
    data = browser(None).get(url).content

    class Give(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.send_header("Content-Type", "text/calendar; charset=utf-8")
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *args):
            """Nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Give)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        with caldav.DAVClient(url=f"http://127.0.0.1:{server.server_port}{url}") as client:
            answer = client.request(client.url, "GET")
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
    assert [str(e["SUMMARY"]) for e in icalendar.Calendar.from_ical(answer.raw).walk("VEVENT")] == [
        "Moldova: Visit to MD"
    ]
