"""A study is its office's; lists are kept as counts, whole or not at all."""

import datetime as dt

import pytest

from palermo.office.domain.acting import acting_as
from palermo.office.domain.rights import NotAllowed
from palermo.prevention.domain.lists import withdraw_lists
from palermo.prevention.domain.studies import close_study
from palermo.prevention.models import ListTable, Study
from palermo.prevention.queries.tables import groups_of, lists_of
from palermo.vocabulary.errors import Refusal


def test_a_study_says_whom_it_counts_and_on_what_basis(study_by, analysts, owner_sql):
    found = study_by()
    with acting_as(analysts.rapporteur):
        kept = Study.objects.get(pk=found.pk)
        assert (kept.state, kept.basis, kept.basis_reference) == ("open", "law", "Act 12/2019, Article 7")
    last = owner_sql("SELECT verb, object_id FROM office_logline ORDER BY at DESC, seq DESC LIMIT 1")
    assert last == [("prevention.open_study", found.pk)]


@pytest.mark.parametrize(
    ("more", "where"),
    [
        ({"end": dt.date(2024, 1, 1)}, "end"),
        ({"basis": "curiosity"}, "basis"),
        ({"population": "all"}, "population"),
        ({"question": "How?"}, "question"),
    ],
)
def test_a_study_without_question_or_basis_is_refused(study_by, more, where):
    with pytest.raises(Refusal) as refused:
        study_by(**more)
    assert refused.value.where == where


def test_lists_become_counts_by_group_and_nothing_else(study_by, lists_in, region, analysts):
    table = lists_in(study_by())
    assert (table.observed, table.shared, table.by) == (1467, 177, ["sex"])
    assert table.lists == ["police", "shelter", "hotline", "inspectorate"]
    with acting_as(analysts.rapporteur):
        kept = ListTable.objects.get(pk=table.pk)
        assert {group: lists.observed for group, lists in groups_of(kept).items()} == {
            ("female",): 852,
            ("male",): 615,
        }
        assert lists_of(kept).counts[0b0011] == 34 + 8


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "the file is empty"),
        (b"a,b,c,count\n1,0,0,5\n1,2,0,3\n", "row 3, column 'b': '2' is not 0 or 1."),
        (b"a,name,c\n1,Ada,0\n1,Bea,1\n0,Cleo,1\n", "names or other particulars, not a list"),
        (b"id,a,b,c\n7,1,0,0\n7,0,1,0\n", "Person '7' stands in rows 2 and 3."),
        (b"a,b,c,count\n1,0,0,0\n", "nobody is on any list"),
        (b"\xff\xfe", "not UTF-8"),
    ],
)
def test_a_file_that_is_wrong_is_one_error_and_nothing_is_kept(study_by, lists_in, data, said, owner_sql):
    study = study_by()
    with pytest.raises(Refusal) as refused:
        lists_in(study, data=data)
    assert said in str(refused.value)
    assert refused.value.where == "file"
    assert owner_sql("SELECT count(*) FROM prevention_listtable") == [(0,)]


def test_the_same_file_is_not_kept_twice(study_by, lists_in):
    study = study_by()
    lists_in(study)
    with pytest.raises(Refusal, match="kept already"):
        lists_in(study)


def test_a_closed_study_takes_nothing(study_by, lists_in, do, analysts):
    study = study_by()
    do(analysts.rapporteur, close_study, study=study, reason="The year is over and counted.")
    with acting_as(analysts.rapporteur):
        study.refresh_from_db()
    with pytest.raises(Refusal, match="closed"):
        lists_in(study)


def test_lists_are_withdrawn_with_a_reason_once(study_by, lists_in, do, analysts):
    table = lists_in(study_by())
    do(analysts.rapporteur, withdraw_lists, table=table, reason="One agency delivered last year's list.")
    with pytest.raises(Refusal, match="already"):
        do(analysts.rapporteur, withdraw_lists, table=table, reason="One agency delivered last year's list.")


def test_nobody_else_may(study_by, lists_in, house, do, analysts):
    study = study_by()
    with pytest.raises(NotAllowed):
        study_by(member=house.co_ordinator)
    with pytest.raises(NotAllowed):
        lists_in(study, member=analysts.elsewhere)


def test_a_column_of_many_values_names_no_group(study_by, lists_in, do, analysts):
    from palermo.prevention.domain.lists import keep_lists

    rows = "".join(f"1,0,0,u{n},3\n0,1,1,u{n},2\n" for n in range(201))
    told = {"name": "l.csv", "linkage": "number", "delivered_by": "Registry", "delivered_on": dt.date(2026, 1, 1)}
    data = f"a,b,c,who,count\n{rows}".encode()
    with pytest.raises(Refusal, match="name 201 groups"):
        do(analysts.rapporteur, keep_lists, study=study_by(), data=data, by=["who"], **told)
