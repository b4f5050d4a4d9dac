import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from palermo.vocabulary.indicators import load_items
from palermo.world import CODES
from palermo.world.answers import (
    NO,
    NOT_KNOWN,
    YES,
    draw_answers,
    draw_facts,
    item_sources,
    reticence_after,
)
from palermo.world.figures import read_table
from palermo.world.happenings import Happenings, kind_numbers, kinds, trafficked
from palermo.world.streams import Streams


def as_array(table):
    return np.array([table[item].to_numpy(zero_copy_only=False) for item in table.column_names[1:]])


@pytest.fixture(scope="module")
def intake(world):
    return as_array(world.answers)


@pytest.fixture(scope="module")
def interview(world):
    return as_array(world.answers_interview)


@pytest.fixture(scope="module")
def facts(world):
    return as_array(world.truth["facts"])


def test_every_item_of_the_vocabulary_has_a_source_or_says_that_it_has_none():
    rows = {row["item"]: row for row in read_table("event_items.tsv")}
    assert set(rows) == set(load_items())
    nothing = [source.item for source in item_sources() if not source.kinds]
    assert all(source.reason for source in item_sources() if not source.kinds)
    assert len(nothing) == 8
    assert {row["sensitivity"] for row in rows.values()} == {"low", "medium", "high"}


def test_every_item_with_a_source_is_true_of_somebody_and_no_other(facts):
    for source, fact in zip(item_sources(), facts, strict=True):
        assert fact.any() == bool(source.kinds), source.item


def test_every_kind_of_event_happens_and_all_but_the_hidden_purpose_show(world):
    assert set(world.truth["events"]["kind"].to_pylist()) == set(kinds())
    shown = {kind for source in item_sources() for kind, _ in source.kinds}
    hidden = set(kind_numbers()) - {list(kinds())[number] for number in shown}
    assert hidden == {"purpose_formed"}


def test_answers_are_wide_tables_with_documented_codes(world, intake, interview):
    for table in (world.answers, world.answers_interview):
        assert table.column_names == ["person_id", *load_items()]
        assert {str(column.type) for column in table.columns[1:]} == {"int8"}
        assert table.schema.metadata == {b"codes": b"0 no, 1 yes, 2 not_known"}
    assert CODES == {"no": NO, "yes": YES, "not_known": NOT_KNOWN}
    assert set(np.unique(intake)) == set(np.unique(interview)) == set(CODES.values())


def test_the_label_never_reaches_an_answer():
    """Turning every label round, by its one hidden event, leaves facts and answers as they were."""
    rng = np.random.default_rng(0)
    happened = Happenings(3000)
    happened.flags[:] = rng.random(happened.flags.shape) < 0.2
    child = np.zeros(3000, dtype=bool)
    before = trafficked(happened, child)
    facts = draw_facts(Streams(1), happened, 1.0)
    happened.flags[kind_numbers()["purpose_formed"]] ^= True
    after = trafficked(happened, child)
    assert (before != after).mean() > 0.6
    assert np.array_equal(facts, draw_facts(Streams(1), happened, 1.0))


def test_same_events_and_reticence_give_the_same_distribution_of_answers(world, persons):
    """A victim's events given to 30,000 people: whoever they are, each answer has one distribution."""
    victim = np.flatnonzero(persons["victim"])[3]
    events = world.truth["events"]
    mine = np.array(events["person_id"].to_pylist()) == persons["person_id"][victim]
    happened = Happenings(30_000)
    for kind in np.array(events["kind"].to_pylist())[mine]:
        happened.flags[kind_numbers()[kind]] = True
    facts = draw_facts(Streams(9), happened, 1.0)
    reticence, interpreter = np.full(30_000, 0.4), np.zeros(30_000, dtype=bool)
    answers = np.array(
        draw_answers(Streams(9), "intake", facts, reticence=reticence, interpreter=interpreter, noise=1.0)
    )
    for code in CODES.values():
        first, second = (answers[:, ::2] == code).mean(axis=1), (answers[:, 1::2] == code).mean(axis=1)
        error = np.sqrt(2 * first * (1 - first) / 15_000) + 1e-3
        assert np.all(np.abs(first - second) < 4.5 * error)


def auc(score, label):
    """Area under the curve by ranks, ties shared."""
    _, position, count = np.unique(score, return_inverse=True, return_counts=True)
    rank = (np.cumsum(count) - (count - 1) / 2)[position]
    positive = label.sum()
    return (rank[label].sum() - positive * (positive + 1) / 2) / (positive * (len(label) - positive))


def test_counting_answers_finds_victims_and_collapses_when_labels_are_shuffled(intake, persons):
    score = (intake == YES).sum(axis=0)
    assert auc(score, persons["victim"]) > 0.9
    shuffled = np.random.default_rng(5).permutation(persons["victim"])
    assert abs(auc(score, shuffled) - 0.5) < 0.03


def test_reticence_hides_what_happened(intake, facts, persons):
    victim = persons["victim"]
    told = (intake == YES).sum(axis=0) / np.maximum(facts.sum(axis=0), 1)
    quarters = [
        told[victim & (persons["reticence_intake"] >= low) & (persons["reticence_intake"] < low + 0.25)].mean()
        for low in (0.0, 0.25, 0.5, 0.75)
    ]
    assert quarters == sorted(quarters, reverse=True)
    assert quarters[0] - quarters[-1] > 0.2


def test_what_fear_did_not_hold_back_at_intake_it_does_not_at_the_interview(intake, interview, facts, persons):
    assert np.allclose(persons["reticence_interview"], persons["reticence_intake"] / 2)
    taken_back = (intake == YES) & (interview == NO) & facts
    assert not taken_back.any()
    assert (interview == YES)[facts].sum() > (intake == YES)[facts].sum()


def test_denial_and_not_known_both_hide_a_yes(intake, facts):
    asked = np.array([not source.observed for source in item_sources()])
    hidden = intake[asked][facts[asked]]
    denied, not_known = (hidden == NO).mean(), (hidden == NOT_KNOWN).mean()
    assert denied > 0.1
    assert not_known > 0.08


def test_people_without_any_event_say_yes_only_in_error():
    happened = Happenings(20_000)
    facts = draw_facts(Streams(2), happened, 1.0)
    assert not np.any(facts)
    everybody = np.zeros(20_000)
    answers = np.array(
        draw_answers(Streams(2), "intake", facts, reticence=everybody, interpreter=everybody > 0, noise=1.0)
    )
    assert 0.002 < (answers == YES).mean() < 0.005


def test_people_who_were_not_trafficked_have_signs_from_what_happened_to_them(intake, persons, world):
    """Debts to smugglers, bad jobs and violence on the way look like trafficking in part."""
    items = list(load_items())
    others = ~persons["victim"]
    for item in ("debt_bondage_at_recruitment", "low_or_no_pay", "confined_at_recruitment", "violence_or_threats"):
        assert 0.01 < (intake[items.index(item)][others] == YES).mean() < 0.15, item


def test_noise_turns_what_ordinary_hardship_looks_like():
    quiet, loud = item_sources(0.0), item_sources(3.0)
    for item, low, high in zip(item_sources(), quiet, loud, strict=True):
        for (_, weight), (_, less), (_, more) in zip(item.kinds, low.kinds, high.kinds, strict=True):
            assert less <= weight <= more


@given(st.floats(0.0, 1.0), st.integers(0, 6))
def test_reticence_falls_with_each_contact_and_never_below_nothing(level, contacts):
    start = np.array([level])
    assert 0.0 <= reticence_after(start, contacts + 1)[0] <= reticence_after(start, contacts)[0] <= level
