import numpy as np
import pytest

from palermo.world.figures import read_table
from palermo.world.names import pool, script_of, syllables, tables
from palermo.world.places import countries


def test_people_come_in_order_of_arrival_and_within_the_days(people):
    arrived = people["arrived_minute"]
    assert np.all(np.diff(arrived) >= 0)
    assert arrived[0] >= 0
    assert arrived[-1] < 30 * 24 * 60


def test_a_party_arrives_together(people):
    for name in ("arrived_minute", "route", "party_kind", "days_in_region"):
        assert len(set(zip(people["party_id"], people[name], strict=True))) == len(set(people["party_id"]))


def test_birth_dates_give_the_age_on_arrival(people, persons, world):
    day = np.datetime64(world.start) + (people["arrived_minute"] // 1440).astype("timedelta64[D]")
    for ages, births in ((people["age"], people["birth_date"]), (persons["age"], persons["birth_date"])):
        born = births.astype("datetime64[D]")
        years = day.astype("datetime64[Y]").astype(int) - born.astype("datetime64[Y]").astype(int)
        birthday = (born.astype("datetime64[M]") - born.astype("datetime64[Y]").astype("datetime64[M]")).astype(int)
        today = (day.astype("datetime64[M]") - day.astype("datetime64[Y]").astype("datetime64[M]")).astype(int)
        in_month = (born - born.astype("datetime64[M]")).astype(int) > (day - day.astype("datetime64[M]")).astype(int)
        not_yet = (birthday > today) | ((birthday == today) & in_month)
        assert np.array_equal(years - not_yet, ages)


def test_children_are_those_under_18_and_every_family_has_an_adult(people, persons):
    assert np.array_equal(persons["child"], persons["age"] < 18)
    family = people["party_kind"] == "family"
    parties, starts = np.unique(people["party_id"][family], return_index=True)
    oldest = np.maximum.reduceat(persons["age"][family], np.sort(starts))
    assert len(oldest) == len(parties)
    assert oldest.min() >= 18


def test_a_parent_is_17_years_older_than_each_child_of_the_family(people, persons):
    family = people["party_kind"] == "family"
    ages, party = persons["age"][family], people["party_id"][family]
    starts = np.sort(np.unique(party, return_index=True)[1])
    head = ages[starts]
    oldest_child = np.maximum.reduceat(np.where(ages < 18, ages, 0), starts)
    assert np.all((oldest_child == 0) | (head >= oldest_child + 17))


def test_children_without_a_parent_are_alone_and_in_a_home_for_children(people, persons, world):
    kinds = dict(
        zip(
            world.tables["facilities"]["facility_id"].to_pylist(),
            world.tables["facilities"]["kind"].to_pylist(),
            strict=True,
        )
    )
    unaccompanied = persons["child"] & (people["party_kind"] != "family")
    assert unaccompanied.sum() > 500
    assert people["alone"][unaccompanied].all()
    assert {kinds[facility] for facility in people["facility_id"][unaccompanied]} == {"childrens_home"}
    assert "childrens_home" not in {kinds[facility] for facility in people["facility_id"][~unaccompanied]}


def test_doubt_about_age_gathers_near_18(people):
    near = (people["age"] >= 15) & (people["age"] < 21)
    doubt = ~people["age_known"]
    assert abs(doubt[near].mean() - 0.35) < 0.02
    assert abs(doubt[~near].mean() - 0.03) < 0.005


def test_countries_are_invented_and_their_codes_user_assigned():
    codes = [country.code for country in countries()]
    assert len(set(codes)) == len(codes)
    for code in codes:
        assert ("QM" <= code <= "QZ") or ("XA" <= code <= "XZ")


def test_all_four_scripts_occur(people):
    assert set(people["script"]) == {"Latn", "Cyrl", "Grek", "Arab"}


RANGES = {"Latn": (0x41, 0x24F), "Cyrl": (0x400, 0x4FF), "Grek": (0x370, 0x3FF), "Arab": (0x600, 0x6FF)}


@pytest.mark.parametrize("slot", ["female", "male", "family"])
def test_names_are_syllables_in_their_script_and_no_list_of_names_is_read(slot):
    names = pool(slot).strings.to_pylist()
    for number, table in enumerate(tables()):
        low, high = RANGES[script_of(table)]
        start, size = pool(slot).start[number, 0], pool(slot).size[number]
        parts = {part[0] for place in ("first", "middle", slot) for part in syllables(table, place)}
        assert len(parts) >= 20
        for name in names[start : start + size]:
            assert all(low <= ord(letter) <= high for letter in name if letter != "'")
            assert any(name.startswith(part[0]) for part in syllables(table, "first"))
            assert any(name.endswith(part[0]) for part in syllables(table, slot))
    assert max(len(row["native"]) for row in read_table("syllables.tsv")) <= 8


def test_native_and_romanised_names_are_the_same_name(people):
    latin = people["script"] == "Latn"
    assert not np.any(people["given_name"][~latin] == people["given_name_native"][~latin])
    plain = [all(ord(letter) < 0x250 for letter in name) for name in people["family_name"]]
    assert all(plain)


def test_a_family_shares_its_family_name(people):
    family = people["party_kind"] == "family"
    pairs = set(zip(people["party_id"][family], people["family_name_native"][family], strict=True))
    assert len(pairs) == len(set(people["party_id"][family]))
