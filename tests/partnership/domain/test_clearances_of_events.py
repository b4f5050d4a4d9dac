"""Who sees what of events, attendance, projects and questionnaires, by SQL: data that could leak, under each clearance."""

import pytest

from palermo.office.domain.rights import NotAllowed
from palermo.partnership.domain import attendance, events, projects, publications, questionnaires

MODELS = ("Event", "Publication", "Project", "MediaItem", "Questionnaire", "Contribution")


@pytest.fixture
def kept(house, do):
    """One record of each kind under each clearance; “named” names the shelter's worker."""
    import datetime as dt

    member = house.co_ordinator
    found = {}
    for clearance in ("public", "organisation", "office", "named"):
        how = {"clearance": clearance, "readers": [house.shelter_worker.id] if clearance == "named" else []}
        title = f"Of {clearance}"
        event = do(member, events.keep_event, title=title, kind="conference", when="2017-04", **how)
        for name, consent in (("Shown Exemplar", "all"), ("Hidden Exemplar", "nobody")):
            do(member, attendance.record_attendance, event=event, name=name, state="MD", publish_name=consent)
        do(member, events.adopt_recommendation, event=event, text=f"Recommendation of {clearance}")
        project = do(member, projects.keep_project, title=title, **how)
        line = do(member, projects.plan_line, project=project, code="1", title="Travel", amount="100", currency="EUR")
        do(member, projects.record_spending, line=line, on=dt.date(2017, 1, 2), amount="10", what="Trains")
        do(member, projects.record_contribution, donor=title, kind="in_kind", year=2017, **how)
        do(member, publications.keep_publication, title=title, when="2017", **how)
        do(member, publications.keep_media_item, title=title, kind="article", published_on=dt.date(2017, 1, 1), **how)
        asked = do(member, questionnaires.write_questionnaire, title=title, purpose="other", **how)
        found[clearance] = (event, project, asked)
    return found


def titles(member, name, column="title"):
    from palermo.office.domain.acting import acting_as
    from palermo.partnership import models

    with acting_as(member):
        column = "donor" if name == "Contribution" else column
        return sorted(getattr(models, name).objects.values_list(column, flat=True))


@pytest.mark.parametrize("name", MODELS)
def test_each_clearance_shows_to_whom_it_says(kept, house, name):
    everything = ["Of named", "Of office", "Of organisation", "Of public"]
    assert titles(house.co_ordinator, name) == everything
    assert titles(house.shelter_worker, name) == ["Of named", "Of organisation", "Of public"]
    assert titles(house.shelter_manager, name) == ["Of organisation", "Of public"]
    for nobody in (house.border_officer, None):
        with pytest.raises(NotAllowed):
            titles(nobody, name)


def test_recommendations_are_seen_with_their_event(kept, house):
    of = [f"Recommendation of {one}" for one in ("named", "office", "organisation", "public")]
    assert titles(house.co_ordinator, "EventRecommendation", "text") == of
    assert titles(house.shelter_manager, "EventRecommendation", "text") == of[2:]


def test_names_are_shown_beyond_the_office_only_with_consent(kept, house):
    assert titles(house.co_ordinator, "Attendance", "name") == ["Hidden Exemplar"] * 4 + ["Shown Exemplar"] * 4
    assert titles(house.shelter_manager, "Attendance", "name") == ["Shown Exemplar"] * 2


@pytest.mark.parametrize("name", ["BudgetLine", "Spending"])
def test_money_of_a_public_project_stays_with_the_office(kept, house, name):
    column = "title" if name == "BudgetLine" else "what"
    assert len(titles(house.co_ordinator, name, column)) == 4
    assert titles(house.shelter_worker, name, column) == []


def test_another_office_writes_nothing(kept, house):
    from palermo.office.domain.acting import acting_as
    from palermo.partnership.models import Attendance, Event, Project

    with acting_as(house.shelter_manager):
        assert Event.objects.update(title="Changed") == 0
        assert Project.objects.update(title="Changed") == 0
        assert Attendance.objects.all().delete()[0] == 0


def test_history_is_seen_with_its_row(kept, house):
    from django.db import connection

    from palermo.office.domain.acting import acting_as

    def rows(member, table):
        with acting_as(member), connection.cursor() as cursor:
            cursor.execute(f"SELECT count(*) FROM {table}")
            return cursor.fetchone()[0]

    assert [rows(one, "partnership_eventevent") for one in (house.co_ordinator, house.shelter_manager)] == [4, 2]
    assert [rows(one, "partnership_attendanceevent") for one in (house.co_ordinator, house.shelter_manager)] == [8, 2]
    assert [rows(one, "partnership_spendingevent") for one in (house.co_ordinator, house.shelter_manager)] == [4, 0]
    with pytest.raises(NotAllowed):
        rows(house.border_officer, "partnership_eventevent")


def test_an_anonymous_donor_is_named_to_the_office_only(house, do):
    from palermo.vocabulary.errors import Refusal

    gift = {"donor": "A friend", "kind": "money", "year": 2017, "amount": "1000", "currency": "EUR", "anonymous": True}
    with pytest.raises(Refusal, match="asked not to be named"):
        do(house.co_ordinator, projects.record_contribution, clearance="public", **gift)
    do(house.co_ordinator, projects.record_contribution, **gift)
    assert titles(house.co_ordinator, "Contribution") == ["A friend"]
    assert titles(house.shelter_manager, "Contribution") == []


def test_not_even_sql_opens_an_anonymous_donor(house, do):
    from django.db import IntegrityError

    from palermo.office.domain.acting import acting_as
    from palermo.partnership.models import Contribution

    do(house.co_ordinator, projects.record_contribution, donor="A friend", kind="in_kind", year=2017, anonymous=True)
    with acting_as(house.co_ordinator), pytest.raises(IntegrityError):
        from django.db import transaction

        with transaction.atomic():
            Contribution.objects.update(clearance="public")
