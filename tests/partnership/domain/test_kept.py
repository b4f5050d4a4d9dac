"""What the database holds against a row is called a second one only where it is one."""

import pytest
from django.db import IntegrityError

from palermo.office.domain.acting import acting_as
from palermo.partnership.domain.kept import constraint_of, save
from palermo.partnership.domain.projects import keep_project
from palermo.partnership.models import BudgetLine
from palermo.vocabulary.errors import Refusal


@pytest.fixture
def project(desk, do):
    return do(desk.keeper, keep_project, title="Simulations")


def line(project, minor=100):
    return BudgetLine(project=project, code="1", title="Trainers", currency="EUR", minor=minor)


def test_a_second_of_the_name_is_refused(desk, project):
    with acting_as(desk.keeper):
        save(line(project))
        with pytest.raises(Refusal, match="there is a line 1 already"):
            save(line(project), twice="there is a line 1 already")


def test_another_rule_of_the_table_is_named_and_no_second_of_the_name(desk, project):
    with acting_as(desk.keeper):
        with pytest.raises(Refusal, match=r"the record breaks a rule \(line amount\)") as refused:
            save(line(project, -1))
        assert constraint_of(refused.value.__cause__) == "partnership_line_amount"
        assert BudgetLine.objects.count() == 0
    assert constraint_of(IntegrityError("of nothing")) == ""
