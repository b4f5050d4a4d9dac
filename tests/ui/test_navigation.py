"""The registry of the navigation."""

from django.test import RequestFactory

from palermo.ui import navigation
from palermo.ui.navigation import Entry


def links(path="/inbox/"):
    return navigation.links_for(RequestFactory().get(path))


def test_entries_stand_in_order_and_a_section_is_named_once():
    assert [(link["label"], link["heading"]) for link in links()] == [
        ("Gallery", "Work"),
        ("Inbox", ""),
        ("Cases", ""),
        ("Board", "Co-ordination"),
    ]


def test_the_longest_matching_address_is_current():
    navigation.register(Entry("Sheet", "ui:theme", order=50))
    assert [link["label"] for link in links("/ui/theme/") if link["current"]] == ["Sheet"]
    assert [link["label"] for link in links("/inbox/17/") if link["current"]] == ["Inbox"]
    assert [link["label"] for link in links("/elsewhere/") if link["current"]] == []


def test_registering_again_replaces():
    navigation.register(Entry("Post", "inbox", order=2))
    assert [link["label"] for link in links()].count("Inbox") == 0
    assert [link["label"] for link in links()].count("Post") == 1


def test_a_route_that_is_not_mounted_is_left_out():
    navigation.register(Entry("Nowhere", "no-such-route"))
    assert "Nowhere" not in [link["label"] for link in links()]


def test_an_entry_asks_the_request():
    navigation.register(Entry("Mine", "hidden", shown=lambda request: request.path == "/mine/", count=lambda _: 3))
    assert "Mine" not in [link["label"] for link in links()]
    assert next(link["count"] for link in links("/mine/") if link["label"] == "Mine") == 3
