"""Commitments load with their grades; law is dated and never overwritten; outcomes go one way, with evidence."""

import datetime as dt
from collections import Counter
from decimal import Decimal

import pytest
from django.db import ProgrammingError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from palermo.office.domain.acting import acting_as, attempting
from palermo.office.domain.rights import NotAllowed
from palermo.office.figures import Period, figure_of, figures
from palermo.partnership.domain.commitments import add_text_version, load_commitments
from palermo.partnership.domain.corridors import add_corridor, end_corridor
from palermo.partnership.domain.designations import designate
from palermo.partnership.domain.directory import add_contact
from palermo.partnership.domain.law import add_bill, add_law_record, assess_gap, end_law_record, move_bill
from palermo.partnership.domain.outcomes import move_outcome, open_outcome
from palermo.partnership.enums import OutcomeStage
from palermo.partnership.models import GapAssessment, Instrument, LawRecord, OutcomeStep, Provision, TextVersion
from palermo.partnership.queries.commitments import commitments
from palermo.partnership.queries.law import bills_of, by_state_and_point, current_gaps, gaps_of, points_of
from palermo.partnership.queries.outcomes import outcomes_of
from palermo.vocabulary.commitments import load_commitments as known
from palermo.vocabulary.errors import Refusal

pytestmark = pytest.mark.django_db
DAY = dt.date(2017, 3, 1)


@pytest.fixture
def desk(house):
    return house.co_ordinator


@pytest.fixture
def law(desk, do):
    plain = {"act": "Act 1, article 2", "says": "As in the Protocol", "source": "Gazette 1", "grade": "A"}
    return lambda **said: do(
        desk, add_law_record, **({"state": "MD", "point": "act", "covers": "yes", "since": DAY} | plain | said)
    )


def test_commitments_load_once_with_grades_addressees_and_themes(desk, do, django_assert_num_queries):
    assert do(desk, load_commitments) == 26
    assert do(desk, load_commitments) == 0
    with acting_as(desk), django_assert_num_queries(3):
        loaded = {one.symbol: one for one in commitments()}
        assert {symbol: (one.adopted_on, one.title, one.grade, one.grade_note) for symbol, one in loaded.items()} == {
            symbol: (one.date, one.title, one.grade, one.note) for symbol, one in known().items()
        }
        said = {
            (one.symbol, part.addressee): [text.text for text in part.texts.all()]
            for one in loaded.values()
            for part in one.provisions.all()
        }
    assert said == {
        (one.symbol, whom): [text]
        for one in known().values()
        for whom, text in (("states", one.states), ("structures", one.structures))
        if text
    }
    with acting_as(desk):
        assert Counter(Instrument.objects.values_list("grade", flat=True)) == {"A": 12, "B": 7, "C": 7}
        assert set(TextVersion.objects.values_list("standing", "language")) == {("working", "eng")}
        assert Provision.objects.get(instrument__symbol="MC.DEC/3/06").addressee == "structures"
        assert Provision.objects.get(instrument__symbol="Moscow Document 1991, para. 40.7").paragraph == "40.7"


def test_what_was_corrected_stays_when_commitments_load_again(desk, do):
    do(desk, load_commitments)
    with acting_as(desk):
        Instrument.objects.filter(symbol="PC.DEC/426").update(grade="A", grade_note="")
    do(desk, load_commitments)
    with acting_as(desk):
        assert Instrument.objects.get(symbol="PC.DEC/426").grade == "A"


def test_a_provision_has_texts_in_the_languages_that_exist(desk, do):
    do(desk, load_commitments)
    with acting_as(desk):
        provision = Provision.objects.select_related("instrument").get(
            instrument__symbol="PC.DEC/557", addressee="states"
        )
    said = {"provision": provision, "standing": "official", "text": "Le texte", "source": "osce.org"}
    do(desk, add_text_version, language="fra", **said)
    with pytest.raises(Refusal, match="such a text already"):
        do(desk, add_text_version, language="fra", **said)
    do(desk, add_text_version, language="fra", **(said | {"standing": "machine"}))
    for wrong, where in (({"language": "xx"}, "language"), ({"standing": "holy"}, "standing"), ({"text": " "}, "text")):
        with pytest.raises(Refusal) as refused:
            do(desk, add_text_version, **({"language": "rus"} | said | wrong))
        assert refused.value.where == where


def test_law_is_in_force_on_its_days_and_what_ended_stays(desk, do, law):
    old = law(covers="partly")
    do(desk, end_law_record, law=old, until=dt.date(2018, 12, 31))
    new = law(since=dt.date(2019, 1, 1), act="Act 9")
    with acting_as(desk):
        by_day = {
            day: [one.pk for one in by_state_and_point(day).get("MD", {}).get("act", [])]
            for day in (DAY - dt.timedelta(days=1), DAY, dt.date(2018, 12, 31), dt.date(2019, 1, 1))
        }
        point = points_of("MD", dt.date(2019, 1, 1))[0]
        old = LawRecord.objects.get(pk=old.pk)
    assert list(by_day.values()) == [[], [old.pk], [old.pk], [new.pk]]
    assert ([one.pk for one in point.now], [one.pk for one in point.other]) == ([new.pk], [old.pk])
    with pytest.raises(Refusal, match="known already"):
        do(desk, end_law_record, law=old, until=dt.date(2018, 6, 1))


@pytest.mark.parametrize(
    ("change", "table"),
    [
        ("says = 'another'", "partnership_lawrecord"),
        ("since = '2000-01-01'", "partnership_lawrecord"),
        ("reason = 'another'", "partnership_gapassessment"),
        ("evidence = 'another'", "partnership_outcomestep"),
        ("\"on\" = '2000-01-01'", "partnership_billstep"),
        ("document = 'another'", "partnership_designation"),
        ("since = '2000-01-01'", "partnership_designation"),
    ],
)
def test_the_database_lets_nobody_overwrite(desk, change, table):
    from django.db import connection

    with acting_as(desk), pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        connection.cursor().execute(f"UPDATE {table} SET {change}")


def test_gaps_are_judged_anew_and_never_overwritten(desk, do, law, django_assert_num_queries):
    do(desk, load_commitments)
    record = law()
    with acting_as(desk):
        provision = Provision.objects.select_related("instrument").get(
            instrument__symbol="PC.DEC/557", addressee="states"
        )
        other = Provision.objects.get(instrument__symbol="MC.DEC/3/06")
    said = {"state": "MD", "provision": provision}
    do(desk, assess_gap, gap="not_met", reason="No rapporteur", assessed_on=DAY, **said)
    do(
        desk,
        assess_gap,
        gap="partly",
        reason="A rapporteur is named",
        law=record,
        assessed_on=dt.date(2018, 3, 1),
        **said,
    )
    do(desk, assess_gap, gap="met", reason="All there", **(said | {"state": "UA"}))
    with acting_as(desk), django_assert_num_queries(3):
        lines = {line.provision.pk: line for line in gaps_of("MD")}
    assert [one.gap for one in lines[provision.pk].judgements] == ["partly", "not_met"]
    assert lines[provision.pk].current.reason == "A rapporteur is named"
    assert [line.current for pk, line in lines.items() if pk != provision.pk] == [None] * (len(lines) - 1)
    with acting_as(desk):
        assert [(one.state, one.gap) for one in current_gaps(provision)] == [("MD", "partly"), ("UA", "met")]
        assert GapAssessment.objects.count() == 3
    for wrong, where in (
        ({"provision": other}, "provision"),
        ({"gap": "fine"}, "gap"),
        ({"reason": ""}, "reason"),
        ({"law": record, "state": "UA"}, "law"),
        ({"assessed_on": dt.date(2999, 1, 1)}, "assessed_on"),
        ({"state": "XX"}, "state"),
    ):
        with pytest.raises(Refusal) as refused:
            do(desk, assess_gap, **({"gap": "met", "reason": "Because"} | said | wrong))
        assert refused.value.where == where


def test_a_bill_goes_on_until_it_is_in_force_or_dropped(desk, do):
    said = {"state": "MD", "title": "A bill on non-punishment", "points": ["non_punishment", "compensation"]}
    bill = do(desk, add_bill, stage="drafted", on=DAY, source="Ministry", **said)
    do(desk, move_bill, bill=bill, stage="parliament", on=dt.date(2017, 6, 1), source="Agenda")
    with pytest.raises(Refusal, match="later stage is known"):
        do(desk, move_bill, bill=bill, stage="adopted", on=dt.date(2017, 5, 1), source="Agenda")
    do(desk, move_bill, bill=bill, stage="in_force", on=dt.date(2017, 9, 1), source="Gazette")
    with pytest.raises(Refusal, match="come to its end"):
        do(desk, move_bill, bill=bill, stage="dropped", on=dt.date(2017, 9, 2), source="Gazette")
    with acting_as(desk):
        line = bills_of("MD")[0]
    assert [step.stage for step in line.steps] == ["drafted", "parliament", "in_force"]
    assert line.stage.source == "Gazette"


@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(
    moves=st.lists(st.tuples(st.sampled_from(OutcomeStage.values), st.integers(0, 9)), min_size=1, max_size=6),
)
def test_an_outcome_only_goes_forward(desk, moves):
    order = OutcomeStage.values
    with transaction.atomic():
        with acting_as(desk):
            (stage, day), *rest = moves
            on = DAY + dt.timedelta(days=day)
            outcome = open_outcome(
                member=desk, state="MD", title="A mechanism", stage=stage, on=on, evidence="A letter", themes=["nrm"]
            )
            reached = [(stage, on)]
            for stage, later in rest:
                on = DAY + dt.timedelta(days=later)
                forward = order.index(stage) > order.index(reached[-1][0]) and on >= reached[-1][1]
                assert forward is moved(desk, outcome, stage, on)
                reached += [(stage, on)] if forward else []
            line = outcomes_of("MD")[0]
            assert [(step.stage, step.on) for step in line.steps] == reached
            adopted = figure_of(name="partnership.outcomes_adopted").count(Period(DAY, DAY + dt.timedelta(days=5)))
            within = [1 for stage, on in reached if stage == "adopted" and on < DAY + dt.timedelta(days=5)]
            assert adopted.value == len(within)
            assert adopted.ids == ((str(outcome.pk),) if within else ())
        transaction.set_rollback(True)


def moved(desk, outcome, stage, on):
    try:
        with attempting():
            move_outcome(member=desk, outcome=outcome, stage=stage, on=on, evidence="A gazette")
    except Refusal as refusal:
        assert refusal.where in {"stage", "on"}  # noqa: PT017 -- which refusal it is belongs to the rule
        return False
    return True


def test_an_outcome_without_evidence_is_refused_and_leaves_nothing(desk, do):
    with pytest.raises(Refusal, match="the evidence is missing"):
        do(desk, open_outcome, state="MD", title="A mechanism", stage="interested", on=DAY, evidence="")
    with acting_as(desk):
        assert (outcomes_of("MD"), OutcomeStep.objects.count()) == ([], 0)


def test_figures_are_those_of_the_last_day_with_the_ids_of_what_was_counted(desk, do):
    people = [do(desk, add_contact, name=name) for name in ("Ana", "Boris", "Chai")]
    for person, post, state, until in (
        (people[0], "co_ordinator", "MD", None),
        (people[0], "rapporteur", "UA", None),
        (people[1], "co_ordinator", "GE", dt.date(2017, 12, 30)),
        (people[2], "co_ordinator", "TH", dt.date(2017, 12, 31)),
    ):
        do(desk, designate, contact=person, post=post, state=state, since=DAY, until=until, document="NV")
    year = Period(dt.date(2017, 1, 1), dt.date(2018, 1, 1))
    with acting_as(desk):
        counted = {name: one.count(year) for name, one in figures().items() if name.startswith("partnership.")}
    ids = tuple(sorted((str(people[0].pk), str(people[2].pk))))
    assert (counted["partnership.co_ordinators_and_rapporteurs"].value, ids) == (Decimal(2), ids)
    assert counted["partnership.co_ordinators_and_rapporteurs"].ids == ids
    assert counted["partnership.co_ordinators"].ids == ids
    assert counted["partnership.rapporteurs"].ids == (str(people[0].pk),)
    assert counted["partnership.states_and_partners_with_co_ordinator_or_rapporteur"].ids == ("MD", "TH", "UA")
    assert counted["partnership.states_with_co_ordinator"].ids == ("MD",)
    assert counted["partnership.partners_with_co_ordinator"].ids == ("TH",)


def test_a_corridor_has_countries_evidence_and_an_end(desk, do):
    said = {
        "name": "North",
        "origin": ["uz"],
        "destination": ["RU"],
        "evidence": "Hotlines",
        "source": "S",
        "grade": "B",
    }
    one = do(desk, add_corridor, since=DAY, **said)
    assert one.origin == ["UZ"]
    do(desk, end_corridor, corridor=one, until=dt.date(2018, 1, 1))
    for wrong, where in (({"origin": []}, "origin"), ({"transit": ["XX"]}, "transit"), ({"evidence": ""}, "evidence")):
        with pytest.raises(Refusal) as refused:
            do(desk, add_corridor, since=DAY, **(said | wrong))
        assert refused.value.where == where


def test_only_the_desk_writes(house, do):
    for verb, said in (
        (load_commitments, {}),
        (add_bill, {"state": "MD", "title": "x", "points": [], "stage": "drafted"}),
    ):
        more = {"on": DAY, "source": "x"} if said else {}
        with pytest.raises(NotAllowed):
            do(house.manager, verb, **said, **more)
