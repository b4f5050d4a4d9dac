"""Cases in a standard: checked cell by cell, and only coded columns kept, with public codes and regions above them."""

import pytest

from palermo.office.domain.acting import acting_as
from palermo.prevention.domain.budgets import set_budget
from palermo.prevention.domain.cases import DoesNotFit, keep_cases
from palermo.prevention.domain.releases import ask_release
from palermo.prevention.models import Release
from palermo.prevention.queries.releases import made_of
from palermo.prevention.queries.sealed import content_of
from palermo.vocabulary.errors import Refusal


@pytest.fixture
def keep(study_by, do, analysts):
    def kept(data, preset="htcds", study=None):
        told = {"name": "cases.csv", "data": data, "delivered_by": "Case registry", "preset": preset}
        return do(analysts.rapporteur, keep_cases, study=study or study_by(), **told)

    return kept


def test_only_coded_columns_are_kept(keep, standard_cases, analysts):
    table = keep(standard_cases)
    with acting_as(analysts.rapporteur):
        text = content_of(table.pk).decode()
    assert ["Invented" in text, "-05-" in text, "blue" in text] == [False] * 3
    assert table.columns[:4] == ["prs_Gender", "year", "age", "prs_Citizenship"]
    assert table.parents["prs_Citizenship"]["MDA"] == "Eastern Europe"
    assert table.checked["kept_out"] == ["prs_FirstName"]
    assert table.checked["ignored"] == ["room"]
    assert "vic_TraffickingStatus" in table.checked["lacking"]


def test_every_cell_that_does_not_fit_is_named_and_nothing_is_kept(keep, standard_cases, owner_sql):
    wrong = standard_cases.replace(b"Feminine", b"Lady", 2).replace(b",RO,", b",Romania,", 1)
    with pytest.raises(DoesNotFit) as refused:
        keep(wrong)
    assert [(p.column, p.found) for p in refused.value.problems if p.column == "prs_Citizenship"] == [
        ("prs_Citizenship", "Romania")
    ]
    assert refused.value.message == "3 cells do not fit HTCDS 2.0"
    assert owner_sql("SELECT count(*) FROM prevention_casetable") == [(0,)]


@pytest.mark.parametrize(
    ("data", "preset", "said"),
    [
        (b"a,b\n1,2\n", "htcds", "No column is one of HTCDS 2.0"),
        (b"gender,ageBroad\nWoman,48+\n", "ctdc-2024", "1 cases in 2 columns"),
        (b"gender\nWoman\n", "ic-tip", "there is no preset"),
    ],
)
def test_what_cannot_be_released_is_one_error_at_the_file(keep, data, preset, said):
    with pytest.raises(Refusal) as refused:
        keep(data, preset)
    assert said in refused.value.message
    assert refused.value.where == "file"


def test_a_release_of_a_standard_tells_which_and_holds_no_name(keep, standard_cases, study_by, do, analysts, work):
    study, member = study_by(), analysts.rapporteur
    do(member, set_budget, study=study, epsilon=4, reason="Agreed with the data protection officer.")
    asked = do(member, ask_release, table=keep(standard_cases, study=study), title="Cases in HTCDS", epsilon=2)
    work()
    with acting_as(member):
        made = made_of(Release.objects.get(pk=asked.pk))
    assert made["told"]["standard"] == "HTCDS 2.0"
    assert "Invented" not in str(made)
    assert "prs_Citizenship,MDA," in made["tables"]["single"]
