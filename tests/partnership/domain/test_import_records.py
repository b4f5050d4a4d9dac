"""One real year imported: every figure declared, twice is as good as once, a changed file shows what differs."""

import os
from collections import Counter
from pathlib import Path

import pytest

from palermo.office.domain.rights import NotAllowed
from palermo.partnership.domain.imports import import_records
from palermo.partnership.formats.records_file import read_records
from palermo.vocabulary.errors import Refusal

SHARED = Path(os.environ.get("PALERMO_SHARED", Path(__file__).resolve().parents[4] / "shared"))
YEAR = SHARED / "reference" / "records-2017.toml"


@pytest.fixture
def real_year():
    if not YEAR.exists():
        pytest.skip("the shared reference files are not here; name their folder with PALERMO_SHARED")
    return YEAR.read_bytes()


@pytest.fixture
def bring(house, do):
    def bring(data, member=None, **how):
        file = read_records(data, file="year.toml")
        return do(member or house.co_ordinator, import_records, file=file, **how)

    return bring


@pytest.fixture
def seen(house):
    """What a member sees of a model, by a column."""
    from palermo.office.domain.acting import acting_as

    def seen(model, *columns, member=None):
        with acting_as(member or house.co_ordinator):
            return list(model.objects.order_by("pk").values_list(*columns))

    return seen


def test_every_figure_of_the_file_is_declared(bring, real_year, seen):
    from palermo.partnership.models import DeclaredFigure

    bring(real_year)
    figures = read_records(real_year).figures
    kept = seen(DeclaredFigure, "year", "name", "value", "bound", "unit", "period")
    assert sorted(kept) == sorted((2017, one.name, one.value, one.bound.value, one.unit, one.period) for one in figures)
    assert len(kept) == 33
    assert {source for (source,) in seen(DeclaredFigure, "source")} == {
        "OSR/CTHB, records of 2017",
        "2017 Global Estimates of Modern Slavery",
        "UNODC, 2016 data",
        "UNHCR",
    }


def test_every_table_becomes_records(bring, real_year, seen):
    from palermo.partnership.models import Contribution, Event, Network, Project, Publication

    done = bring(real_year)
    assert done.new == Counter(figure=33, event=35, publication=17, contribution=14, network=4, project=2, visit=9)
    assert done.written
    for model, count in ((Event, 44), (Publication, 17), (Contribution, 14), (Network, 4), (Project, 2)):
        assert len(seen(model, "pk")) == count
    events = {row[0]: row[1:] for row in seen(Event, "reference", "kind", "our_role", "status", "when", "date_basis")}
    assert events["alliance-17"] == ("conference", "organise", "done", "2017-04-03", "")
    assert events["visit-canada-follow-up-visit-2017"] == ("follow_up_visit", "organise", "done", "2017", "")
    assert events["untoc-cop"] == ("external_meeting", "address", "done", "", "recent")
    assert events["hd-seminar"] == ("seminar", "moderate", "done", "2017-10", "")
    assert events["planned-event-summer-session-of-the-osce-parliamentary-assembly"][2] == "planned"


def test_twice_changes_nothing(bring, real_year, owner_sql):
    bring(real_year)
    rows = "SELECT md5(string_agg(e::text, '' ORDER BY e::text)) FROM partnership_event e"
    before = owner_sql(rows)
    done = bring(real_year)
    assert (done.new, done.changed, done.differences) == (Counter(), Counter(), [])
    assert done.same == Counter(figure=33, event=35, publication=17, contribution=14, network=4, project=2, visit=9)
    assert owner_sql(rows) == before


def test_a_changed_file_shows_what_differs_and_changes_nothing_until_told(bring, real_year, seen):
    from palermo.partnership.models import DeclaredFigure

    bring(real_year)
    changed = (
        real_year.replace(b"participants = 51", b"participants = 52") + b'[[network]]\nid = "new"\ntitle = "New"\n'
    )
    done = bring(changed)
    assert done.differences == [
        {"kind": "figure", "record": "event.natc-2017.participants", "field": "value", "kept": "51.00", "file": "52"}
    ]
    assert not done.written
    name = "event.natc-2017.participants"
    assert dict(seen(DeclaredFigure, "name", "value"))[name] == 51
    assert bring(changed, update=True).written
    assert dict(seen(DeclaredFigure, "name", "value"))[name] == 52
    assert bring(changed).differences == []


OFFICE = b'[office]\nname = "An office"\nyear = 2017\n'


@pytest.mark.parametrize(
    ("text", "where"),
    [
        (b'[[event]]\nid = "a"\nkind = "party"\nyear = 2017\n', "line 4"),
        (b'[[event]]\nid = "a"\nkind = "conference"\n', "line 4"),
        (b'[donors]\nin_kind = ["Atlantis"]\n', "line 4"),
        (b'[[publication]]\ntitle = "T"\nyear = 2017\nlanguages = ["xx-xx"]\n', "line 4"),
    ],
)
def test_what_cannot_be_kept_is_named_and_nothing_is(bring, seen, text, where):
    from palermo.partnership.models import Network

    with pytest.raises(Refusal) as caught:
        bring(OFFICE + text + b'[[network]]\nid = "n"\ntitle = "N"\n')
    assert where in caught.value.where
    assert seen(Network, "pk") == []


def test_a_visit_with_an_id_is_the_same_when_its_year_is_known_and_when_it_was_held(bring, seen):
    from palermo.partnership.models import Event

    head = '[office]\nname = "The Office"\nyear = 2017\n'
    visit = 'id = "md"\ncountry = "Moldova"\n'
    bring((head + "[[planned_visit]]\n" + visit + 'date_text = "in spring"\n').encode())
    counts = bring((head + "[[visit]]\n" + visit + "year = 2017\n").encode(), update=True)
    assert seen(Event, "title", "when", "status") == [("Country visit: Moldova", "2017", "done")]
    assert counts


def test_only_the_desk_imports(bring, house):
    with pytest.raises(NotAllowed):
        bring(OFFICE, member=house.manager)
