"""The forms are short where they must be, complete where they must be, and kind throughout."""

import re

import pytest

from palermo.protection.methods.answers import Answer, Path
from palermo.protection.methods.forms import (
    FORMS,
    OBSERVATION,
    load_conditions,
    load_form,
    read_form,
)
from palermo.protection.methods.gate import ENOUGH, Presumption
from palermo.protection.methods.scheme import default_scheme
from palermo.protection.methods.screening import screen
from palermo.vocabulary.errors import Refusal
from palermo.vocabulary.indicators import FORMS as FORMS_OF_EXPLOITATION
from palermo.vocabulary.indicators import Dimension, Element, load_indicators, load_items


@pytest.mark.parametrize("path", Path)
def test_intake_has_at_most_sixteen_questions_on_each_path(path):
    assert len(load_form("intake").asked(path)) == 16


def test_the_interview_asks_every_item_of_each_path():
    for path in Path:
        items = {i.item for i in load_indicators() if i.profile.startswith(path)}
        asked = [item for question in load_form("interview").asked(path) for item in question.items]
        assert sorted(asked) == sorted(items)


@pytest.mark.parametrize("path", Path)
def test_intake_can_show_each_element_and_ask_enough_to_say_not_indicated(path):
    items = {item for question in load_form("intake").asked(path) for item in question.items}
    for element in Element:
        assert len(items & default_scheme().answering[path, element]) >= ENOUGH[element]


@pytest.mark.parametrize("form", [f for f in FORMS_OF_EXPLOITATION if f not in ("labour", "armed_groups", "other")])
def test_intake_names_each_form_of_exploitation_that_the_issue_asks_for(form):
    naming = {
        question.code
        for question in load_form("intake").questions
        for item in question.items
        if item in default_scheme().table[Path.ADULT, form][Dimension.PURPOSE]
    } - {"made_to_do_unwanted"}
    assert naming, form


@pytest.mark.parametrize("name", FORMS)
def test_words(name):
    form = load_form(name)
    assert form.language == "en"
    for question in form.questions:
        assert question.text.endswith("?"), question.code
        assert len(question.text) <= 130, question.code
        assert question.kind == load_items()[question.items[0]].kind
        # The officer's own observations are never spoken to the person.
        spoken = {"you", "your", "yours"} & set(re.findall(r"[a-z]+", question.text.lower()))
        assert not (question.kind == OBSERVATION and spoken), question.code
        for word in ("traffick", "victim", "why did", "isn't it", "don't you"):
            assert word not in question.text.lower()


def test_what_is_intimate_is_marked_sensitive():
    sensitive = {
        "sexual_services_for_another",
        "married_against_will",
        "organ_removal_proposed",
        "made_to_do_unwanted",
        "begging_for_another",
    }
    for name in FORMS:
        assert sensitive <= {q.code for q in load_form(name).questions if q.sensitive}


def test_a_short_question_covers_many_items_and_records_what_they_have_in_common():
    form = load_form("intake")
    hurt = next(question for question in form.questions if question.code == "violence_or_threats")
    assert hurt.covers[0] == "violence_or_threats"
    assert {"violence_at_destination", "threats_at_recruitment"} < set(hurt.covers)
    assert form.items({"violence_or_threats": Answer.YES}) == {"violence_or_threats": Answer.YES}
    assert all(question.covers == question.items for question in load_form("interview").questions)


def test_conditions_come_first_and_a_child_has_one_more():
    codes = [condition.code for condition in load_conditions()]
    assert codes == [
        "urgent_needs_met",
        "alone",
        "vetted_interpreter",
        "choice_of_sex",
        "services_to_offer",
        "may_stop",
        "child_safeguards",
    ]
    assert [c.code for c in load_conditions() if Path.ADULT not in c.paths] == ["child_safeguards"]


def test_a_screening_is_paused_and_resumed():
    form = load_form("intake")
    answers: dict[str, Answer] = {}
    for question in form.asked(Path.ADULT)[:5]:
        assert form.due(Path.ADULT, answers) is question
        answers[question.code] = Answer.NOT_KNOWN
    assert form.due(Path.ADULT, answers) is form.asked(Path.ADULT)[5]
    answers = {question.code: Answer.NO for question in form.asked(Path.ADULT)}
    assert form.due(Path.ADULT, answers) is None
    assert screen(form.items(answers), age=30).presumption is Presumption.NOT_INDICATED


def test_what_follows_a_yes_is_asked_only_then():
    form = load_form("interview")
    answers = {question.code: Answer.NO for question in form.asked(Path.ADULT) if not question.after}
    assert form.due(Path.ADULT, answers) is None
    due = form.due(Path.ADULT, answers | {"organ_removed": Answer.YES})
    assert due is not None
    assert due.code == "organ_payment_promised_not_made"


HEAD = 'id="x"\nversion="1"\nlanguage="ro"\ntitle="x"\nminutes=5\nsource="x"\n'
ONE = '[[questions]]\ncode="a"\nkind="question"\ntext="?"\nitems=["works_against_will"]\n'


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("id = ", "not TOML"),
        (ONE, "lacks 'id'"),
        (HEAD + ONE.replace("works_against_will", "nothing"), "unknown"),
        (HEAD + ONE + ONE, "twice"),
        (HEAD + ONE + 'after = "b"\n', "not before it"),
        (HEAD + ONE.replace('"question"', '"riddle"'), "kind"),
    ],
)
def test_a_bad_form_is_refused(text, told):
    with pytest.raises(Refusal, match=told):
        read_form(text)


def test_a_translation_is_read():
    assert read_form(HEAD + ONE).language == "ro"


def test_unknown_names_are_refused():
    with pytest.raises(Refusal):
        load_form("border")
    with pytest.raises(Refusal):
        load_form("intake").items({"nothing": Answer.YES})
