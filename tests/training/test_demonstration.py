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


def palermo(*arguments, space="simulated"):
    environment = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    environment["PALERMO_SPACE"] = space
    return subprocess.run(
        [sys.executable, "-m", "palermo", *arguments], check=False, capture_output=True, text=True, env=environment
    )


#: What the records hold of ways that the simulated people took.
LOOK = {
    "answered by": "SELECT DISTINCT m.kind FROM protection_referral r JOIN office_agency a ON a.id = r.recipient_id"
    " JOIN office_member m ON m.id = r.answered_by WHERE NOT a.has_account",
    "links": "SELECT count(*) > 0, count(*) FILTER (WHERE opened_at IS NULL AND answered_at IS NOT NULL) FROM"
    " (SELECT max(k.opened_at) AS opened_at, r.answered_at FROM protection_sealedlink k"
    " JOIN protection_referral r ON r.id = k.referral_id GROUP BY r.id) l",
    "companion": "SELECT DISTINCT p.alone, g.companion_checked FROM protection_guardianrequest g"
    " JOIN office_person p ON p.id = g.person_id ORDER BY 1",
    "held alone": "SELECT count(*) > 0 FROM protection_screening s JOIN office_person p ON p.id = s.person_id"
    " WHERE s.form = 'intake' AND NOT p.alone AND s.started_at > p.arrived_at + interval '4 hours'",
    "assets": "SELECT kind, state FROM prosecution_asset ORDER BY number",
    "shares": "SELECT s.amount, s.settles, s.rate, s.paid_on IS NOT NULL FROM prosecution_share s"
    " JOIN prosecution_victimclaim c ON c.id = s.claim_id ORDER BY c.number",
    "conditions": "SELECT bool_and(conditions ? 'alone') FROM protection_screening",
}


def look():
    from palermo.web.database import DATABASES, server

    with server().connect(DATABASES["simulated"]) as admin:
        return {name: [list(row) for row in admin.execute(query)] for name, query in LOOK.items()}


@pytest.fixture(scope="module")
def results(django_db_setup, tmp_path_factory, worker_id, testrun_uid):
    """The demonstration's figures and its log's verdict. There is one such space, so xdist's workers share one run."""
    from palermo.web.database.locks import locked

    alone = worker_id == "master"
    folder = tmp_path_factory.mktemp("demonstration") if alone else tmp_path_factory.getbasetemp().parent
    kept = folder / f"demonstration-{testrun_uid}.json"
    with locked(kept.with_suffix(".lock"), waiting=lambda _: None):
        if not kept.exists():
            done = [
                palermo("demo", "--people", "150", "--seed", "7", "--once", "--json"),
                palermo("audit", "verify", "--json"),
            ]
            assert [run.returncode for run in done] == [0, 0], [run.stderr[-2000:] for run in done]
            kept.write_text(json.dumps([*(json.loads(run.stdout) for run in done), look()]))
    return json.loads(kept.read_text())


def test_the_main_job_runs_and_counts_from_the_records(results):
    demonstration, *_ = results
    assert demonstration.keys() >= KEYS
    assert demonstration["arrived"] == demonstration["screened"] == 150
    assert 0 < demonstration["presumed"] < 60
    assert demonstration["referred_within_24h"] <= demonstration["referred"] <= demonstration["presumed"]
    assert 0 < demonstration["children_with_guardian_request"] <= demonstration["children"]
    assert demonstration["sensitivity"] == demonstration["rates"]["sensitivity"]["value"]


def test_its_log_is_whole(results):
    _, verdict, _ = results
    assert (verdict["ok"], verdict["first_broken"]) == (True, None)
    assert verdict["lines"] > 150 * 4


def test_the_simulated_people_take_the_real_ways(results):
    *_, seen = results
    # A provider without an account reads and answers by its sealed link and code, and by nothing else.
    assert (seen["answered by"], seen["links"]) == ([["guest"]], [[True, 0]])
    # A companion was looked at wherever one is known of, by arrival or by an answer; where one does not leave, the
    # screening waits and is held alone.
    assert [False, True] in seen["companion"]
    assert [False, False] not in seen["companion"]
    assert (seen["held alone"], seen["conditions"]) == ([[True]], [[True]])


def test_assets_go_from_frozen_to_shared_among_victims(results):
    *_, seen = results
    assert seen["assets"] == [["account", "confiscated"], ["vehicle", "seized"], ["crypto", "found"]]
    # 9,000 euro by loss between 7,200 euro and 5,000 dollars that count as 4,600 euro; one share is paid.
    assert seen["shares"] == [
        [549_153, 549_153, "", True],
        [350_847, 381_355, "1 USD = 0.92 EUR", False],
    ]


def test_nobody_empties_a_space_that_somebody_else_is_filling(results):
    from palermo.web.database import DATABASES, making_alone

    with making_alone(DATABASES["simulated"]):
        done = palermo("demo", "--once", "--json")
    assert (done.returncode, done.stdout) == (1, "")
    assert "somebody else is filling this space now" in done.stderr


def test_a_demonstration_is_refused_in_the_real_space(settings):
    from palermo.training.domain.demonstration import hold_demonstration
    from palermo.vocabulary.errors import Refusal

    settings.PALERMO_SPACE = "real"
    with pytest.raises(Refusal, match="in the simulated space only"):
        hold_demonstration(people=150, seed=7)


def test_the_command_leaves_the_real_space_alone(results):
    assert palermo("demo", "--people", "3", "--once").returncode == 2
    refused = palermo("demo", "--once", "--json", space="real")
    assert (refused.returncode, refused.stdout) == (1, "")
    assert "in the simulated space only" in refused.stderr
