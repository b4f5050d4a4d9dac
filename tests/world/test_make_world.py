import hashlib
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from palermo.vocabulary.errors import Refusal
from palermo.world import make_world, write_world
from palermo.world.streams import Streams

WRITE = """
import sys
from pathlib import Path
from palermo.world import make_world, write_world
write_world(make_world(people=1500, seed=int(sys.argv[2])), Path(sys.argv[1]))
"""


def digests(directory):
    files = sorted(path for path in directory.rglob("*") if path.is_file())
    return {str(path.relative_to(directory)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def write_in_a_process(directory, seed, hash_seed):
    source = str(Path(__file__).parents[2] / "src")
    environment = os.environ | {"PYTHONHASHSEED": hash_seed, "PYTHONPATH": source}
    subprocess.run([sys.executable, "-c", WRITE, str(directory), str(seed)], check=True, env=environment)
    return digests(directory)


def test_same_seed_gives_the_same_bytes_in_another_process(tmp_path):
    first = write_in_a_process(tmp_path / "a", 5, "1")
    second = write_in_a_process(tmp_path / "b", 5, "77")
    other = write_in_a_process(tmp_path / "c", 6, "1")
    assert first == second
    assert len(first) == 14
    same = [name for name in first if first[name] == other[name]]
    assert same == ["agencies.parquet"]


def test_a_stream_depends_on_its_name_and_block_alone():
    draw = Streams(3)("answers", 2).random(4)
    other = Streams(3)
    other("something new").random(100)
    assert np.array_equal(other("answers", 2).random(4), draw)
    assert not np.array_equal(other("answers", 1).random(4), draw)
    assert not np.array_equal(Streams(4)("answers", 2).random(4), draw)


def test_dials_of_one_part_leave_the_others_as_they_were():
    plain, told = make_world(people=800, seed=2), make_world(people=800, seed=2, disclosure=0.9, dependence=1.0)
    assert told.tables["people"].equals(plain.tables["people"])
    assert told.truth["events"].equals(plain.truth["events"])
    assert told.truth["facts"].equals(plain.truth["facts"])
    assert not told.answers.equals(plain.answers)


@pytest.mark.parametrize(
    ("argument", "value"),
    [
        ("people", 0),
        ("people", 10_000_000),
        ("seed", -1),
        ("days", 0),
        ("prevalence", 0.9),
        ("disclosure", 1.0),
        ("noise", -0.1),
        ("heterogeneity", float("nan")),
        ("dependence", {("police", "coastguard"): 1.0}),
    ],
)
def test_an_argument_out_of_range_is_refused(argument, value):
    with pytest.raises(Refusal) as refused:
        make_world(**({"people": 10, "seed": 1} | {argument: value}))
    assert refused.value.where == argument
    assert refused.value.remedy


@pytest.mark.parametrize("people", [1, 2, 7])
@pytest.mark.parametrize("prevalence", [0.0, 0.5])
def test_the_smallest_worlds_hold_together(people, prevalence, tmp_path):
    world = make_world(people=people, seed=people, prevalence=prevalence)
    assert len(world.tables["people"]) == people
    assert len(world.truth["victims"]) == sum(world.truth["persons"]["victim"].to_pylist())
    assert len(write_world(world, tmp_path)) == 13


def test_ids_are_unique_and_refer_to_what_exists(world):
    ids = {
        "person_id": world.tables["people"]["person_id"],
        "facility_id": world.tables["facilities"]["facility_id"],
        "network_id": world.truth["networks"]["network_id"],
        "member_id": world.truth["members"]["member_id"],
        "list_row": world.tables["lists"]["list_row"],
    }
    for name, column in ids.items():
        assert len(set(column.to_pylist())) == len(column), name
    references = [
        (world.tables["people"]["facility_id"], "facility_id"),
        (world.truth["victims"]["person_id"], "person_id"),
        (world.truth["victims"]["network_id"], "network_id"),
        (world.truth["victims"]["recruiter_id"], "member_id"),
        (world.truth["victims"]["holder_id"], "member_id"),
        (world.truth["victims"]["organiser_id"], "member_id"),
        (world.truth["members"]["network_id"], "network_id"),
        (world.truth["events"]["person_id"], "person_id"),
        (world.truth["list_links"]["person_id"], "person_id"),
        (world.truth["list_links"]["list_row"], "list_row"),
    ]
    for column, name in references:
        assert set(column.to_pylist()) <= set(ids[name].to_pylist()), name


def test_members_named_for_a_victim_belong_to_the_victims_network(world, victims):
    owner = dict(
        zip(
            world.truth["members"]["member_id"].to_pylist(),
            world.truth["members"]["network_id"].to_pylist(),
            strict=True,
        )
    )
    for name in ("organiser_id", "recruiter_id", "holder_id"):
        assert [owner[member] for member in victims[name]] == victims["network_id"].tolist()
