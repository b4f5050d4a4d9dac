import numpy as np

from palermo.world.happenings import Happenings, kinds, trafficked
from palermo.world.ledger import money_events


def test_a_child_needs_no_means_an_adult_does():
    happened = Happenings(5)
    child = np.array([False, False, True, True, False])
    happened.add("recruited", np.array([True, True, True, False, True]))
    happened.add("purpose_formed", np.array([True, True, True, True, False]))
    happened.add("deceived_job", np.array([True, False, False, True, True]))
    assert trafficked(happened, child).tolist() == [True, False, True, False, False]


def test_whoever_is_held_is_a_victim_by_the_definition(world, persons, victims):
    assert persons["person_id"][persons["victim"]].tolist() == victims["person_id"].tolist()
    held = np.array([network is not None for network in world.truth["persons"]["network_id"].to_pylist()])
    assert np.array_equal(held, persons["victim"])


def test_every_event_is_before_arrival_and_in_order(world, persons, people):
    events = world.truth["events"]
    day = events["day"].to_numpy()
    assert day.max() <= 0
    place = np.array(events["place"].to_pylist())
    at = np.searchsorted(people["person_id"], np.array(events["person_id"].to_pylist()))
    assert np.all(np.diff(at) >= 0)
    stay = people["days_in_region"][at]
    assert np.all(-day[place == "region"] <= stay[place == "region"])
    assert np.all(-day[place == "origin"] > stay[place == "origin"])


def test_stages_are_what_they_say(world, victims):
    events = world.truth["events"]
    kind, place = (np.array(events[name].to_pylist()) for name in ("kind", "place"))
    person = np.array(events["person_id"].to_pylist())
    stage = dict(zip(victims["person_id"], victims["stage"], strict=True))
    exploited = np.char.startswith(kind.astype(str), "exploited_")
    begun = {someone: stage for someone, stage in stage.items() if stage != "not_yet_exploited"}
    assert set(person[exploited]) == set(begun)
    here = exploited & (place == "region")
    assert {stage[someone] for someone in person[here]} == {"exploited_in_region"}
    foretold = np.char.startswith(kind.astype(str), "foretold_")
    assert {stage[someone] for someone in person[foretold]} == {"not_yet_exploited"}


def test_only_victims_have_events_of_a_network(world, victims):
    events = world.truth["events"].filter(world.truth["events"]["network_id"].is_valid())
    assert set(events["person_id"].to_pylist()) == set(victims["person_id"])
    assert set(events["element"].to_pylist()) == {"act", "means", "purpose"}


def test_small_children_are_not_held_for_organs_or_marriage(persons):
    young = persons["victim"] & (persons["age"] < 9)
    assert young.any()
    assert set(persons["form"][young]) <= {"begging", "labour", "domestic", "sexual", "armed_group"}
    organ = persons["form"] == "organ"
    assert persons["age"][organ].min() >= 18


def test_money_events_name_payer_and_payee(world, victims):
    money = money_events(world)
    assert money.column_names == [
        "person_id",
        "network_id",
        "kind",
        "day",
        "payer_role",
        "payer_id",
        "payee_role",
        "payee_id",
    ]
    assert set(money["kind"].to_pylist()) <= {code for code, kind in kinds().items() if kind.money}
    members = set(world.truth["members"]["member_id"].to_pylist())
    rows = money.to_pylist()
    for row in rows:
        for side in ("payer", "payee"):
            if row[f"{side}_role"] == "person":
                assert row[f"{side}_id"] == row["person_id"]
            elif row[f"{side}_id"] is not None:
                assert row[f"{side}_id"] in members
    with_network = [row for row in rows if row["network_id"]]
    assert {row["person_id"] for row in with_network} <= set(victims["person_id"])
    assert len(with_network) > 500
    assert money.equals(money_events(world))
