"""A sample of benchmarks/soak_log.py: agencies act at once and across, and every chain is whole."""

from concurrent.futures import ThreadPoolExecutor
from uuid import UUID

import pytest
from django.db import connection, connections

from palermo.office.domain.acting import acting_as, log
from palermo.office.domain.audit import verify_log
from palermo.office.domain.persons import Arrival, register_people
from palermo.office.models import Person


@pytest.mark.slow
@pytest.mark.django_db(databases=["default", "owner"], transaction=True)
def test_chains_hold_when_many_act_at_once_and_across(house, owner_sql):
    members = [house.reception_responder, house.shelter_worker, house.police_manager]
    turns = 8

    def act(number):
        try:
            for turn in range(turns):
                first, second = members[(number + turn) % 3], members[(number + 2 * turn + 1) % 3]
                with acting_as(first):
                    log("test.first")
                    # Two chains in one transaction, in whatever order the agencies come.
                    with acting_as(second):
                        log("test.second")
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as hands:
        list(hands.map(act, range(4)))
    lines = owner_sql("SELECT count(*) FROM office_logline")[0][0]
    verdict = verify_log()
    assert (verdict.lines, verdict.ok, lines) == (4 * turns * 2, True, 4 * turns * 2)


def test_people_who_arrive_together_have_a_file_and_a_line_each(house, owner_sql):
    member = house.reception_responder
    with acting_as(member):
        found = register_people(
            member=member, arrivals=[Arrival("adult", 30), Arrival("child", 9), Arrival("not_sure")]
        )
    with acting_as(member):
        assert list(Person.objects.order_by("path").values_list("path", flat=True)) == ["adult", "child", "not_sure"]
    lines = owner_sql("SELECT person_id, verb FROM office_logline WHERE verb = 'office.register_person' ORDER BY seq")
    assert lines == [(person.id, "office.register_person") for person in found]


def test_one_arrival_that_is_refused_keeps_all_out(house, owner_sql):
    member = house.reception_responder
    from palermo.vocabulary.errors import Refusal

    with acting_as(member), pytest.raises(Refusal):
        register_people(member=member, arrivals=[Arrival("adult", 30), Arrival("adult", 9)])
    assert owner_sql("SELECT count(*) FROM office_person") == [(0,)]


def test_a_block_that_is_whole_keeps_no_point_to_return_to(house):
    member = house.reception_responder
    with acting_as(member, whole=True):
        assert not connection.features.uses_savepoints
        assert isinstance(register_people(member=member, arrivals=[Arrival("adult", 30)])[0].id, UUID)
    assert connection.features.uses_savepoints


def test_a_fault_in_a_block_that_is_whole_undoes_all_of_it(house, owner_sql):
    class Undone(Exception):
        pass

    member = house.reception_responder
    with pytest.raises(Undone), acting_as(member, whole=True):
        register_people(member=member, arrivals=[Arrival("adult", 30)])
        raise Undone
    assert connection.features.uses_savepoints
    assert owner_sql("SELECT count(*) FROM office_person, office_logline") == [(0,)]
