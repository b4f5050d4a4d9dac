"""What is told about anybody adds up and is never more than was decided, whoever asks at the same moment."""

import threading

import psycopg
import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from palermo.office.domain.acting import acting_as
from palermo.prevention.domain.budgets import set_budget
from palermo.prevention.domain.cases import keep_cases
from palermo.prevention.domain.deciding import decide_release, withdraw_release
from palermo.prevention.domain.releases import ask_release
from palermo.prevention.methods.release import epsilon_of, rho_for
from palermo.prevention.models import Budget, PublicTable, Release
from palermo.prevention.queries.releases import made_of, report_of, spent_of
from palermo.vocabulary.errors import Refusal

WHY = "Unique records do not appear, and membership stays within its bound."


@pytest.fixture
def made(study_by, cases_in, do, analysts, work):
    """A release that waits for its decision."""
    table = cases_in(study_by())
    asked = do(analysts.rapporteur, ask_release, table=table, title="Cases of the region", epsilon=1)
    work()
    with acting_as(analysts.rapporteur):
        return Release.objects.select_related("study", "table").get(pk=asked.pk)


def test_a_release_keeps_its_tables_and_its_review(made, analysts):
    assert made.state == "review"
    with acting_as(analysts.rapporteur):
        told, report = made_of(made), report_of(made)
    assert set(told["tables"]) == {"single", "pairs", "synthetic"}
    assert all(int(row.rsplit(",", 1)[1]) >= made.floor for row in told["tables"]["single"].splitlines()[1:])
    assert "XD" not in told["tables"]["synthetic"]
    assert [line["length"] for line in report["utility"]] == [1, 2, 3]
    assert report["attack"]["unique"] >= 1


def test_cases_and_review_are_sealed(made, owner_sql):
    for table in ("content", "releasereport", "casetable", "release"):
        text = str(owner_sql(f"SELECT t::text FROM prevention_{table} t"))
        assert "female,30 and over" not in text


def test_published_by_decision_and_taken_back(made, do, analysts, house):
    member = analysts.rapporteur
    with pytest.raises(Refusal, match="say more"):
        do(member, decide_release, release=made, publish=True, reason="Fine.")
    with acting_as(house.co_ordinator):
        assert PublicTable.objects.count() == 0
    do(member, decide_release, release=made, publish=True, reason=WHY)
    with acting_as(house.manager):
        assert set(PublicTable.objects.values_list("name", flat=True)) == {"single", "pairs", "synthetic"}
    do(member, withdraw_release, release=made, reason="A column was coded wrongly.")
    with acting_as(house.manager):
        assert PublicTable.objects.count() == 0
    with pytest.raises(Refusal, match="not published"):
        do(member, withdraw_release, release=made, reason="A column was coded wrongly.")


def test_what_is_withheld_stays_spent(made, do, analysts):
    do(analysts.rapporteur, decide_release, release=made, publish=False, reason=WHY)
    with acting_as(analysts.rapporteur):
        spent = spent_of(made.study_id)
        assert spent.told == pytest.approx(1, rel=1e-6)
        assert PublicTable.objects.count() == 0
    with pytest.raises(Refusal, match="does not wait"):
        do(analysts.rapporteur, decide_release, release=made, publish=True, reason=WHY)


def test_without_a_budget_nothing_is_released_and_it_is_decided_once(study_by, do, analysts, cases):
    study, member = study_by(), analysts.rapporteur
    table = do(member, keep_cases, study=study, name="cases.csv", data=cases, delivered_by="Case registry")
    with pytest.raises(Refusal, match="no budget is decided"):
        do(member, ask_release, table=table, title="Cases", epsilon=1)
    do(member, set_budget, study=study, epsilon=2, reason="Agreed with the officer.")
    with pytest.raises(Refusal, match="the budget is decided"):
        do(member, set_budget, study=study, epsilon=9, reason="Agreed with the officer.")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "empty"),
        (b"sex,form\nf,labour\n", "1 cases in 2 columns"),
        (("name,sex\n" + "".join(f"Ada {n},f\n" for n in range(200))).encode(), "looks like names"),
    ],
)
def test_cases_that_may_not_be_released_are_refused(study_by, do, analysts, data, said, owner_sql):
    with pytest.raises(Refusal) as refused:
        do(analysts.rapporteur, keep_cases, study=study_by(), name="c.csv", data=data, delivered_by="Registry")
    assert said in str(refused.value)
    assert owner_sql("SELECT count(*) FROM prevention_content") == [(0,)]


def test_the_same_cases_are_not_kept_in_a_second_study(study_by, cases_in, do, analysts, cases):
    cases_in(study_by())
    with pytest.raises(Refusal, match="here or in another study"):
        do(analysts.rapporteur, keep_cases, study=study_by(), name="again.csv", data=cases, delivered_by="Registry")


def test_no_order_of_requests_overspends(study_by, cases_in, do, analysts):
    """A rule: whatever is asked, what is accepted never tells more than epsilon 2, and what fits is accepted."""
    table, member = cases_in(study_by()), analysts.rapporteur

    @settings(max_examples=12, suppress_health_check=list(HealthCheck), deadline=None)
    @given(st.lists(st.floats(0.05, 2.5), min_size=1, max_size=7))
    def drawn(wanted):
        with transaction.atomic():
            rho, may = 0.0, rho_for(2, 1e-6)
            for epsilon in wanted:
                more = rho_for(epsilon, 1e-6)
                try:
                    do(member, ask_release, table=table, title="Cases", epsilon=epsilon)
                except Refusal:
                    assert rho + more > may * (1 - 1e-6)
                else:
                    rho += more
            assert epsilon_of(rho, 1e-6) <= 2 * (1 + 1e-6)
            transaction.set_rollback(True)

    drawn()


INSERT = (
    "INSERT INTO prevention_release (id, agency_id, study_id, code, table_id, title, columns, floor, epsilon, delta, rho,"
    " state, problem, asked_at, asked_by, reason) SELECT gen_random_uuid(), %(agency)s, %(study)s, %(code)s, %(table)s,"
    " 'Cases', '{sex,age}', 15, 1, 1e-6, %(rho)s, 'queued', '', now(), %(member)s, ''"
)


@pytest.mark.django_db(transaction=True)
def test_two_hands_at_once_cannot_overspend(as_app, study_by, cases_in, analysts, enter):
    """The second waits for the first and is refused by the database itself, past every check in Python."""
    from django.db import connection

    from palermo.web.database import server

    member = analysts.rapporteur
    table = cases_in(study_by())
    with acting_as(member):
        rho = Budget.objects.get().rho
    said = {
        "agency": table.agency_id,
        "study": table.study_id,
        "table": table.pk,
        "member": member.pk,
        "rho": rho * 0.6,
    }
    found = []

    def second():
        with server().connect_as("palermo_app", connection.settings_dict["NAME"]) as other:
            try:
                with enter(other, member):
                    other.execute(INSERT, said | {"code": "SECOND"})
            except psycopg.errors.CheckViolation as error:
                found.append(error.diag.message_primary)
            else:
                found.append("spent")

    hand = threading.Thread(target=second)
    with enter(as_app, member):
        as_app.execute(INSERT, said | {"code": "FIRST"})
        hand.start()
        hand.join(timeout=1)
        assert found == []  # it waits for the lock
    hand.join(timeout=30)
    assert found == ["this release would overspend the budget"]


@pytest.mark.django_db(transaction=True)
def test_what_was_spent_is_not_changed_by_sql(as_app, study_by, cases_in, analysts, enter):
    cases_in(study_by())
    for statement in ("UPDATE prevention_budget SET rho = 100", "UPDATE prevention_release SET rho = 0"):
        with pytest.raises(psycopg.errors.InsufficientPrivilege), enter(as_app, analysts.rapporteur):
            as_app.execute(statement)
