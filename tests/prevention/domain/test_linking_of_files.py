"""Files of agencies are linked here: hashes, or names on a basis; pairs are decided; only counts stay."""

import datetime as dt

import pytest

from palermo.office.domain.acting import acting_as
from palermo.office.domain.rights import NotAllowed
from palermo.prevention.domain.expiring import delete_expired
from palermo.prevention.domain.linking import link_files
from palermo.prevention.domain.pairs import count_linking, decide_pair, discard_linking, read_pair
from palermo.prevention.models import Linking, ListTable
from palermo.prevention.queries.linking import held_of
from palermo.prevention.queries.tables import lists_of
from palermo.vocabulary.errors import Refusal

TOLD = {"delivered_by": "Three agencies", "delivered_on": dt.date(2026, 2, 1)}
BASIS = "Act 12/2019, Article 7"


@pytest.fixture
def link_in(analysts, do):
    """`link_in(study, files)` links files on a basis."""

    def run(study, files, member=None, names_basis=BASIS):
        return do(member or analysts.rapporteur, link_files, study=study, files=files, names_basis=names_basis, **TOLD)

    return run


def reload(member, linking):
    with acting_as(member):
        return Linking.objects.select_related("study__agency", "agency").get(pk=linking.pk)


def test_names_are_linked_on_a_basis_alone(study_by, link_in, agency_files, owner_sql):
    study = study_by()
    with pytest.raises(Refusal) as refused:
        link_in(study, agency_files, names_basis="")
    assert refused.value.where == "names_basis"
    assert owner_sql("SELECT count(*) FROM prevention_linking") == [(0,)]
    found = link_in(study, agency_files)
    assert (found.linkage, found.names_basis, found.lists) == ("names", BASIS, ["hotline", "police", "shelter"])


def test_hashes_need_no_basis_and_hold_no_value(study_by, link_in, hashed_files, analysts):
    found = link_in(study_by(), hashed_files, names_basis="")
    assert (found.linkage, found.names_basis) == ("hashed", "")
    with acting_as(analysts.rapporteur):
        held = held_of(reload(analysts.rapporteur, found))
    assert held.shown is None
    assert found.pairs == held.doubtful.height > 0


def test_no_name_stands_in_any_table(study_by, link_in, agency_files, owner_sql):
    link_in(study_by(), agency_files)
    name = agency_files[0][1].decode().splitlines()[1].split(",")[1]
    for table in ("linking", "linkingevent", "heldpart", "listtable"):
        dump = owner_sql(f"SELECT t::text FROM prevention_{table} t")
        assert not any(name in row for (row,) in dump), table


def test_counting_deletes_the_files_and_keeps_the_counts(study_by, link_in, agency_files, do, analysts, owner_sql):
    member = analysts.rapporteur
    found = link_in(study_by(), agency_files)
    assert owner_sql("SELECT count(*) > 0 FROM prevention_heldpart") == [(True,)]
    table = do(member, count_linking, linking=reload(member, found))
    assert owner_sql("SELECT count(*) FROM prevention_heldpart") == [(0,)]
    assert (table.linkage, table.lists) == ("names", ["hotline", "police", "shelter"])
    assert abs(table.observed - 180) <= 6
    assert lists_of(table).observed == table.observed
    ended = reload(member, found)
    assert (ended.state, ended.table_id) == ("counted", table.pk)
    with pytest.raises(Refusal, match="deleted"):
        do(member, count_linking, linking=ended)
    with pytest.raises(Refusal, match="deleted"):
        do(member, read_pair, linking=ended, pair=0)


@pytest.mark.parametrize("kind", ["agency_files", "hashed_files"])
def test_a_verdict_changes_the_counts(study_by, link_in, do, analysts, kind, request, owner_sql):
    member, files = analysts.rapporteur, request.getfixturevalue(kind)
    plain, judged = (link_in(study_by(), files) for _ in range(2))
    assert plain.pairs > 0
    before = do(member, count_linking, linking=reload(member, plain))
    told = {"reason": "The files of both offices speak of two people."}
    for pair in range(judged.pairs):
        for verdict in ("same", "different"):
            do(member, decide_pair, linking=reload(member, judged), pair=pair, verdict=verdict, **told)
    after = do(member, count_linking, linking=reload(member, judged))
    assert after.observed > before.observed
    verbs = {verb for (verb,) in owner_sql("SELECT DISTINCT verb FROM office_logline")}
    assert {"prevention.link_files", "prevention.decide_pair", "prevention.count_linking"} <= verbs


def test_what_is_past_its_day_is_hidden_and_deleted(study_by, link_in, hashed_files, analysts, do, owner_sql):
    member = analysts.rapporteur
    found = link_in(study_by(), hashed_files)
    assert delete_expired() == 0
    owner_sql("UPDATE prevention_linking SET until = now() - interval '1 day' RETURNING 1")
    with pytest.raises(Refusal, match="deleted"):
        do(member, read_pair, linking=reload(member, found), pair=0)
    assert delete_expired() == 1
    assert owner_sql("SELECT count(*) FROM prevention_heldpart") == [(0,)]
    assert reload(member, found).state == "discarded"


def test_giving_up_deletes_the_files(study_by, link_in, hashed_files, analysts, do, owner_sql):
    member = analysts.rapporteur
    found = link_in(study_by(), hashed_files)
    do(member, discard_linking, linking=reload(member, found))
    assert owner_sql("SELECT count(*) FROM prevention_heldpart") == [(0,)]
    with acting_as(member):
        assert ListTable.objects.count() == 0


def test_nobody_elses_analyst_may(study_by, link_in, hashed_files, analysts, do):
    study = study_by()
    with pytest.raises(NotAllowed):
        link_in(study, hashed_files, member=analysts.elsewhere)
    found = link_in(study, hashed_files)
    mine = reload(analysts.rapporteur, found)
    for verb, more in (
        (read_pair, {"pair": 0}),
        (decide_pair, {"pair": 0, "verdict": "same", "reason": "All agrees."}),
        (count_linking, {}),
        (discard_linking, {}),
    ):
        with pytest.raises(NotAllowed):
            do(analysts.elsewhere, verb, linking=mine, **more)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda names, _: names[:1], "there is only one list"),
        (lambda names, hashes: [names[0], hashes[1]], "some hold names"),
        (lambda names, _: [("a.csv", b""), names[0]], "the file is empty"),
        (lambda names, _: [("a.csv", b"x,y\n1,2\n"), names[0]], "There is no column of names"),
        (lambda _, hashes: [hashes[0], hashes[0], hashes[1]], "a record stands twice"),
    ],
)
def test_files_that_cannot_be_linked_are_one_error(study_by, link_in, agency_files, hashed_files, change, said):
    with pytest.raises(Refusal) as refused:
        link_in(study_by(), change(agency_files, hashed_files))
    assert said in str(refused.value)
    assert refused.value.where == "file"


def test_a_pair_that_is_not_there_is_refused(study_by, link_in, hashed_files, do, analysts):
    found = link_in(study_by(), hashed_files)
    with pytest.raises(Refusal, match="no such pair"):
        do(analysts.rapporteur, read_pair, linking=reload(analysts.rapporteur, found), pair=found.pairs)
    with pytest.raises(Refusal, match="say what you found"):
        do(
            analysts.rapporteur,
            decide_pair,
            linking=reload(analysts.rapporteur, found),
            pair=0,
            verdict="perhaps",
            reason="It may be.",
        )
