"""What raw SQL without a pass may change of somebody's second factor: that it was used, and no more."""

import json

import psycopg
import pytest


@pytest.fixture
def codes(house, owner_sql):
    """Recovery codes of which the second was used, committed."""
    owner_sql(
        "INSERT INTO mfa_authenticator (type, data, user_id, created_at)"
        ' VALUES (\'recovery_codes\', \'{"seed": "x", "used_mask": 2}\', %s, now())',
        [house.shelter_worker.pk],
    )
    return lambda: owner_sql("SELECT data FROM mfa_authenticator")[0][0]


def change(raw, enter, data):
    with enter(raw, None):
        raw.execute("UPDATE mfa_authenticator SET data = %s::jsonb", [json.dumps(data)])


def test_a_use_is_written(as_app, codes, enter):
    change(as_app, enter, {"seed": "x", "used_mask": 6})
    assert json.loads(codes()) == {"seed": "x", "used_mask": 6}


@pytest.mark.parametrize(
    "data",
    [
        {"seed": "x", "used_mask": 0},
        {"seed": "x", "used_mask": 4},
        {"seed": "x", "used_mask": None},
        {"seed": "x"},
        {"seed": "y", "used_mask": 2},
    ],
)
def test_a_used_code_stays_used_and_the_seed_is_the_members(as_app, codes, enter, data):
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        change(as_app, enter, data)
    assert json.loads(codes()) == {"seed": "x", "used_mask": 2}
