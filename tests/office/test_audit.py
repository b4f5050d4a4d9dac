"""The access log: whole, or the line that is not named."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import pytest
from django.db import connection, connections

from palermo.office.domain.acting import acting_as, log
from palermo.office.domain.audit import daily_root, merkle_root, verify_log
from palermo.office.models import LogLine
from palermo.vocabulary.errors import Refusal

DAY = dt.date(2026, 3, 1)


@pytest.fixture
def logged(house):
    for agency in ("reception", "shelter"):
        with acting_as(getattr(house, f"{agency}_manager")):
            for number in range(3):
                log(
                    f"office.verb_{number}",
                    purpose="protection",
                    object_id=house.police.pk,
                    person_id=house.police.pk,
                    n=number,
                )
    return house


@pytest.fixture
def verify(as_owner):
    def run(**options):
        with as_owner():
            return verify_log(using="default", **options)

    return run


def test_a_whole_log_is_whole(logged, verify):
    verdict = verify()
    assert (verdict.ok, verdict.lines, verdict.first_broken) == (True, 6, None)
    assert [seq for seq, _ in verdict.heads.values()] == [3, 3]


def test_an_empty_log_is_whole(house, verify):
    assert (verify().ok, verify().lines, verify().root) == (True, 0, merkle_root([]))


@pytest.mark.parametrize(
    ("damage", "line", "what"),
    [
        (
            "UPDATE office_logline SET body = replace(body, '\"n\": 1', '\"n\": 7') WHERE seq = 2 AND agency_id = %s",
            2,
            "the line was changed",
        ),
        ("UPDATE office_logline SET body = 'nonsense' WHERE seq = 2 AND agency_id = %s", 2, "the line was changed"),
        ("UPDATE office_logline SET hash = '\\x00' WHERE seq = 1 AND agency_id = %s", 1, "the line was changed"),
        (
            "UPDATE office_logline SET member_id = NULL WHERE seq = 2 AND agency_id = %s",
            2,
            "its columns differ from what was hashed",
        ),
        (
            "UPDATE office_logline SET person_id = agency_id WHERE seq = 3 AND agency_id = %s",
            3,
            "its columns differ from what was hashed",
        ),
        (
            "UPDATE office_logline SET at = at + interval '1 s' WHERE seq = 1 AND agency_id = %s",
            1,
            "its columns differ from what was hashed",
        ),
        (
            "UPDATE office_logline SET verb = 'office.other' WHERE seq = 1 AND agency_id = %s",
            1,
            "its columns differ from what was hashed",
        ),
        ("DELETE FROM office_logline WHERE seq = 2 AND agency_id = %s", 3, "line 2 is missing"),
        (
            "DELETE FROM office_logline WHERE seq = 3 AND agency_id = %s",
            2,
            "the chain does not end where its head says",
        ),
        ("DELETE FROM office_chainhead WHERE agency_id = %s", 3, "the chain has no head"),
        ("DELETE FROM office_logline WHERE agency_id = %s", 0, "the chain does not end where its head says"),
    ],
)
def test_what_was_tampered_with_is_named(logged, verify, owner_sql, damage, line, what):
    owner_sql(damage, [logged.shelter.pk])
    assert verify().first_broken == f"{logged.shelter.pk} line {line}: {what}"


def test_a_cut_tail_with_its_head_put_back_is_found_by_the_root(logged, verify, as_owner, owner_sql):
    with as_owner():
        kept = daily_root(day=DAY, using="default")
    assert kept.split()[:3] == ["2026-03-01", "6", verify().root]
    assert verify(against=kept).ok
    owner_sql("DELETE FROM office_logline WHERE seq = 3 AND agency_id = %s", [logged.shelter.pk])
    owner_sql(
        "UPDATE office_chainhead h SET seq = 2, hash = l.hash FROM office_logline l WHERE l.agency_id = h.agency_id AND l.seq = 2 AND h.agency_id = %s",
        [logged.shelter.pk],
    )
    assert verify().ok
    assert verify().root != kept.split()[2]
    assert verify(against=kept).first_broken == f"{logged.shelter.pk} line 3: the chain was cut"


def test_a_chain_written_anew_is_found_by_the_root(logged, verify, as_owner, owner_sql):
    with as_owner():
        kept = daily_root(day=DAY, using="default")
    owner_sql(
        "UPDATE office_logline SET body = jsonb_set(body::jsonb, '{verb}', '\"x.y\"')::text, verb = 'x.y' WHERE seq = 3 AND agency_id = %s",
        [logged.shelter.pk],
    )
    owner_sql(
        "UPDATE office_logline l SET hash = sha256(p.hash || convert_to(l.body, 'UTF8')) FROM office_logline p WHERE p.seq = 2 AND p.agency_id = l.agency_id AND l.seq = 3 AND l.agency_id = %s",
        [logged.shelter.pk],
    )
    owner_sql(
        "UPDATE office_chainhead h SET hash = l.hash FROM office_logline l WHERE l.agency_id = h.agency_id AND l.seq = 3 AND h.agency_id = %s",
        [logged.shelter.pk],
    )
    assert verify().ok
    assert verify(against=kept).first_broken == "the root of that day differs"


def test_yesterdays_root_still_fits_when_the_log_has_grown(logged, verify, as_owner):
    with as_owner():
        kept = daily_root(day=DAY, using="default")
    with acting_as(logged.shelter_manager):
        log("office.later")
    with acting_as(logged.police_manager):
        log("office.later")
    assert verify(against=kept).ok


def test_a_broken_log_gives_no_root(logged, as_owner, owner_sql):
    owner_sql("DELETE FROM office_logline WHERE seq = 2")
    with as_owner(), pytest.raises(Refusal, match="broken"):
        daily_root(day=DAY, using="default")


def test_a_line_that_is_no_root_is_refused(logged, verify):
    with pytest.raises(Refusal, match="not the line"):
        verify(against="yesterday")


def test_the_merkle_root_is_that_of_rfc_6962():
    """Test vectors of certificate transparency: the empty tree, the tree of one empty leaf, and of two leaves."""
    assert merkle_root([]) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert merkle_root([b""]) == "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"
    assert merkle_root([b"", b"\x00"]) == "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"


def test_many_agencies_append_at_once_without_waiting_in_a_ring(house, transactional_db, as_owner):
    """Lines for two agencies in either order, from four threads, with blocks nested as another member."""
    pairs = [("reception", "shelter"), ("shelter", "reception"), ("police", "reception"), ("shelter", "police")]

    def work(pair):
        first, second = pair
        try:
            for _ in range(15):
                with acting_as(getattr(house, f"{first}_manager")):
                    # The one verb that goes into the chain of another agency.
                    log("protection.raise_concern", agency=getattr(house, second))
                    with acting_as(getattr(house, f"{second}_manager")):
                        log("office.two")
                    log("office.three")
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(work, pairs))
    with as_owner():
        verdict = verify_log(using="default")
    assert (verdict.ok, verdict.lines) == (True, 4 * 15 * 3)


def test_lines_of_nested_blocks_are_of_their_own_members(house):
    with acting_as(house.reception_manager):
        log("office.outer")
        with acting_as(house.shelter_manager):
            log("office.inner")
        with connection.cursor() as cursor:
            assert cursor.execute("SELECT office_me()").fetchone() == (house.reception_manager.pk,)
        log("office.outer")
    with acting_as(house.reception_dpo):
        assert [(line.verb, line.member_id) for line in LogLine.objects.all()] == [
            ("office.outer", house.reception_manager.pk)
        ] * 2
    with acting_as(house.shelter_dpo):
        assert [(line.verb, line.member_id) for line in LogLine.objects.all()] == [
            ("office.inner", house.shelter_manager.pk)
        ]


def test_a_failed_inner_block_leaves_no_line(house):
    with acting_as(house.reception_manager):
        with suppress(ZeroDivisionError), acting_as(house.shelter_manager):
            log("office.inner")
            assert 1 // 0
        log("office.outer")
    with acting_as(house.shelter_dpo):
        assert LogLine.objects.count() == 0
    with acting_as(house.reception_dpo):
        assert LogLine.objects.count() == 1


def test_long_work_outlives_its_first_pass(house, monkeypatch):
    from palermo.office.domain import acting

    with acting_as(house.reception_manager):
        log("office.long")
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT set_config('palermo.pass', %s, true)",
                [acting.sign_pass(house.reception_manager.pk, seconds=-5)],
            )
    with acting_as(house.reception_dpo):
        assert LogLine.objects.get().member_id == house.reception_manager.pk
