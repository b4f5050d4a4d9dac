"""The server dies in the middle of a referral: the whole referral is there with its log line, or neither."""

import itertools

import psycopg
import pytest
from django.db import Error, connection

from palermo.protection.domain.concerns import Account, raise_concern

#: What a referral writes; on a fresh case each of these is either empty or has all its rows.
TABLES = (
    "protection_referral",
    "protection_referralevent",
    "protection_package",
    "office_disclosure",
    "office_disclosureevent",
    "office_notice",
)
_LINES = "SELECT verb FROM office_logline WHERE verb IN ('office.disclose', 'protection.send_referral') ORDER BY seq"


class Cut:
    """Ends the connection's backend, from another one, once `after` statements were done; counts them as well."""

    def __init__(self, after=None):
        self.after, self.done = after, 0

    def __call__(self, execute, sql, params, many, context):
        self._end_at(0)
        result = execute(sql, params, many, context)
        self.done += 1
        self._end_at(self.done)
        return result

    def _end_at(self, number):
        from palermo.web.database import server

        if self.after == number and self.done == number:
            self.after = None
            with server().connect() as admin:
                pid = connection.connection.info.backend_pid
                assert admin.execute("SELECT pg_terminate_backend(%s, 10000)", [pid]).fetchone() == (True,)


@pytest.fixture
def kept(owner_sql):
    """`kept()` says how much of referrals and of their log lines the database holds."""

    def counted():
        connection.close()
        rows = {name: owner_sql(f"SELECT count(*) FROM {name}")[0][0] for name in TABLES}
        reached = owner_sql("SELECT count(*) FROM office_reach WHERE kind IN ('referral', 'package')")[0][0]
        broken = owner_sql(
            "SELECT count(*) FROM office_chainhead h WHERE seq <> (SELECT count(*) FROM office_logline l WHERE l.agency_id = h.agency_id)"
        )
        assert broken == [(0,)]
        return rows | {"reach": reached, "lines": [verb for (verb,) in owner_sql(_LINES)]}

    return counted


NOTHING = dict.fromkeys(TABLES, 0) | {"reach": 0, "lines": []}
WHOLE = dict.fromkeys(TABLES, 1) | {"reach": 4, "lines": ["office.disclose", "protection.send_referral"]}


def refer(world, case, cut):
    from palermo.office.domain.acting import acting_as
    from palermo.protection.domain.referrals import Basis, Request, send_referral

    basis = Basis("vital_interests", reason="There is a danger to life tonight")
    asked = Request(world.agency["shelter"], "accommodation", ("accommodation",), ("identity", "risks"))
    with connection.execute_wrapper(cut), acting_as(world.manager):
        return send_referral(member=world.manager, person=case.person, request=asked, basis=basis)


def test_a_referral_is_whole_or_not_there_wherever_the_server_is_cut_off(transactional_db, world, make, kept):
    case = make.case()
    assert kept() == NOTHING
    for point in itertools.count():
        cut = Cut(after=point)
        try:
            refer(world, case, cut)
        except (Error, psycopg.Error):
            assert kept() == NOTHING, f"cut off after {point} statements"
        else:
            break
    assert cut.after is not None, "a referral that was cut off said that it was sent"
    assert cut.done == point - 1
    assert point > 15
    assert kept() == WHOLE


def test_a_concern_is_whole_or_not_there(transactional_db, world, owner_sql):
    from palermo.office.domain.acting import acting_as

    for point in range(4):
        with pytest.raises((Error, psycopg.Error)), connection.execute_wrapper(Cut(after=point)), acting_as(None):
            raise_concern(recipient=world.agency["reception"], profession="teacher", account=Account(seen="Something"))
        connection.close()
        assert owner_sql("SELECT count(*) FROM protection_concern") == [(0,)]
        assert owner_sql("SELECT count(*) FROM office_logline WHERE verb = 'protection.raise_concern'") == [(0,)]
