"""The words of a report: complete in six languages, numbers and bounds as each writes them."""

import datetime as dt
import re
from decimal import Decimal

import pytest

from palermo.partnership.formats.report_words import LANGUAGES, words_of
from palermo.vocabulary.errors import Refusal
from palermo.vocabulary.states import load_states

MARKS = re.compile(r"\{\w+\}")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_every_word_with_the_same_marks(language):
    english, words = words_of("en"), words_of(language)
    assert words.table.keys() == english.table.keys()
    for key, said in words.table.items():
        assert said.strip() or key == "thousands"
        assert sorted(MARKS.findall(said)) == sorted(MARKS.findall(english.table[key])), key


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "over 1,350.5 (declared)"),
        ("fr", "plus de 1350,5 (déclaré)"),
        ("de", "über 1350,5 (laut Angabe)"),
        ("it", "oltre 1350,5 (dichiarato)"),
        ("ru", "более 1350,5 (по заявленным данным)"),
        ("es", "más de 1350,5 (declarado)"),
    ],
)
def test_a_bounded_figure(language, said):
    assert words_of(language).figure(Decimal("1350.50"), "over", declared=True) == said


@pytest.mark.parametrize(
    ("language", "number", "day"),
    [
        ("en", "24,900,000", "3 April 2017"),
        ("fr", "24\u202f900\u202f000", "3 avril 2017"),
        ("de", "24.900.000", "3. April 2017"),
        ("it", "24.900.000", "3 aprile 2017"),
        ("ru", "24\u00a0900\u00a0000", "3 апреля 2017 г."),
        ("es", "24\u00a0900\u00a0000", "3 de abril de 2017"),
    ],
)
def test_numbers_and_days(language, number, day):
    words = words_of(language)
    assert (words.number(Decimal("24900000.00")), words.day(dt.date(2017, 4, 3))) == (number, day)


def test_names_of_states():
    assert [words_of(language).state("DE") for language in LANGUAGES] == [
        "Germany",
        "Allemagne",
        "Deutschland",
        "Germania",
        "Германия",
        "Alemania",
    ]
    for language in LANGUAGES:
        names = [words_of(language).state(code) for code in load_states()]
        assert len(set(names)) == len(names)


def test_another_language_is_refused():
    with pytest.raises(Refusal, match="no words in “xx”"):
        words_of("xx")


def test_every_registered_figure_has_a_label_and_its_definition_in_six_languages():
    from palermo.office.figures import figures

    english = words_of("en").figures
    assert {name for name, _ in english} == set(figures())
    assert {english[name, "definition"][0] for name in figures()} == {one.definition for one in figures().values()}
    for language in LANGUAGES:
        words = words_of(language)
        for name, one in figures().items():
            assert words.label(name).strip()
            translated = words.definition(name, one.definition)
            assert translated.endswith(".")
            assert (translated == one.definition) == (language == "en"), (language, name)


def test_a_definition_that_changed_since_is_said_in_english():
    words = words_of("fr")
    assert words.definition("findings.practices", "Another meaning.") == "Another meaning."
    assert words.label("event.alliance-17") == "alliance 17"
