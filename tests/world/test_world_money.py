"""The world's ledger: nobody is overdrawn, every unit of proceeds is told, innocent lives stay innocent."""

import numpy as np
import polars as pl
import pytest

from palermo.prosecution.formats.ledger import read_ledger
from palermo.world import make_world, write_world
from palermo.world.money.words import PATTERNS


@pytest.fixture(scope="module")
def ledger(world):
    rows = pl.from_arrow(world.tables["transfers"]).with_columns(pl.col("amount").cast(pl.Decimal(18, 2)))
    return rows.join(pl.from_arrow(world.truth["transfers"]), on="id")


def minor(column):
    return pl.col(column).to_physical() if column == "time" else (pl.col(column) * 100).cast(pl.Int64)


def sides(ledger, value):
    """One row a side: account, what it gains, in order of time."""
    out = ledger.select("id", account="source", change=-minor(value))
    into = ledger.select("id", account="target", change=minor(value))
    return pl.concat([out, into]).drop_nulls("account").sort("id", maintain_order=True)


def test_no_account_is_ever_overdrawn(world, ledger):
    opening = pl.from_arrow(world.tables["accounts"]).select("account", opening=minor("opening"))
    running = sides(ledger, "amount").with_columns(pl.col("change").cum_sum().over("account").alias("balance"))
    low = running.group_by("account").agg(pl.col("balance").min()).join(opening, on="account")
    assert low.height > 5000
    assert (low["balance"] + low["opening"]).min() >= 0


def test_proceeds_are_in_an_account_before_they_leave_it(world, ledger):
    roles = pl.from_arrow(world.truth["accounts"])
    own = roles.filter(~pl.col("role").cast(pl.String).is_in(["buyer", "client"]))
    running = sides(ledger, "proceeds").join(own, on="account", how="semi", maintain_order="left")
    running = running.with_columns(pl.col("change").cum_sum().over("account").alias("balance"))
    assert running["balance"].min() >= 0
    ends = running.group_by("account").agg(pl.col("change").sum())
    both = own.select("account", minor("proceeds")).join(ends, on="account", how="left").fill_null(0)
    assert both["proceeds"].to_list() == both["change"].to_list()


def test_what_a_network_made_is_spent_held_or_in_notes(world):
    purses = pl.from_arrow(world.truth["purses"])
    assert purses.height > 10
    assert (purses["made"] - purses["spent"] - purses["held"] - purses["notes"]).to_list() == [0] * purses.height
    assert purses["notes"].min() >= 0
    accounts = pl.from_arrow(world.truth["accounts"])
    assert accounts["proceeds"].sum() == purses["held"].sum()


def test_only_rows_of_a_network_carry_proceeds_and_never_more_than_the_row(ledger):
    ordinary = ledger.filter(pl.col("network_id").is_null())
    assert ordinary["proceeds"].sum() == 0
    assert ordinary["pattern"].null_count() == ordinary.height
    assert ledger.filter(pl.col("proceeds") > pl.col("amount")).height == 0
    assert ordinary.height / ledger.height > 0.97
    assert set(ledger["pattern"].drop_nulls().unique().to_list()) == set(PATTERNS)


def test_a_victim_named_in_a_row_is_held_by_its_network(world, ledger):
    network = dict(
        zip(
            world.truth["victims"]["person_id"].to_pylist(),
            world.truth["victims"]["network_id"].to_pylist(),
            strict=True,
        )
    )
    named = ledger.drop_nulls("person_id")
    assert named.height > 300
    assert [network[person] for person in named["person_id"]] == named["network_id"].to_list()


def test_the_ledger_ends_when_the_last_people_come_and_is_in_order(ledger):
    assert ledger["time"].is_sorted()
    days = (ledger["time"].max() - ledger["time"].min()).days
    assert days == 179


def test_money_leaves_every_other_part_of_the_world_as_it_was():
    plain, rich = make_world(people=700, seed=3), make_world(people=700, seed=3, money=True)
    assert all(rich.tables[name].equals(table) for name, table in plain.tables.items())
    assert all(rich.truth[name].equals(table) for name, table in plain.truth.items())
    again = make_world(people=700, seed=3, money=True)
    assert again.tables["transfers"].equals(rich.tables["transfers"])
    assert again.truth["transfers"].equals(rich.truth["transfers"])


@pytest.mark.parametrize(("people", "prevalence"), [(1, 0.0), (1, 0.5), (9, 0.5)])
def test_the_smallest_worlds_have_money(people, prevalence):
    world = make_world(people=people, seed=2, prevalence=prevalence, money=True)
    assert len(world.tables["accounts"]) >= 300
    assert np.array(world.tables["transfers"]["amount"].to_pylist()).min() > 0


def test_what_is_written_is_a_ledger_that_the_commands_read(tmp_path):
    world = make_world(people=300, seed=5, money=True)
    assert len(write_world(world, tmp_path)) == 18
    openings = pl.read_parquet(tmp_path / "accounts.parquet").select("account", amount="opening")
    openings.write_parquet(tmp_path / "openings.parquet")
    book = read_ledger(tmp_path / "transfers.parquet", balances=tmp_path / "openings.parquet")
    assert len(book) == len(world.tables["transfers"])
    assert book.closing().min() >= 0
