"""`palermo demo --once --json` as it is run: a fresh space, the main job through the verbs, figures from the records."""

import json
import os
import subprocess
import sys

import pytest

KEYS = {
    "arrived", "screened", "presumed", "sensitivity", "specificity", "referred", "referred_within_24h",
    "answered_in_time", "children", "children_with_guardian_request",
}  # fmt: skip


def palermo(*arguments):
    environment = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    return subprocess.run(
        [sys.executable, "-m", "palermo", *arguments], check=False, capture_output=True, text=True, env=environment
    )


@pytest.fixture(scope="module")
def demonstration(django_db_setup):
    done = palermo("demo", "--people", "150", "--seed", "7", "--once", "--json")
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout)


@pytest.mark.xdist_group("demonstration")
def test_the_main_job_runs_and_counts_from_the_records(demonstration):
    assert demonstration.keys() >= KEYS
    assert demonstration["arrived"] == demonstration["screened"] == 150
    assert 0 < demonstration["presumed"] < 60
    assert demonstration["referred_within_24h"] <= demonstration["referred"] <= demonstration["presumed"]
    assert 0 < demonstration["children_with_guardian_request"] <= demonstration["children"]
    assert demonstration["sensitivity"] == demonstration["rates"]["sensitivity"]["value"]


@pytest.mark.xdist_group("demonstration")
def test_its_log_is_whole(demonstration):
    done = palermo("audit", "verify", "--json")
    verdict = json.loads(done.stdout)
    assert (verdict["ok"], verdict["first_broken"]) == (True, None)
    assert verdict["lines"] > 150 * 4


@pytest.mark.xdist_group("demonstration")
def test_a_demonstration_is_refused_in_the_real_space(demonstration):
    done = palermo("demo", "--people", "3", "--once")
    assert done.returncode == 2
