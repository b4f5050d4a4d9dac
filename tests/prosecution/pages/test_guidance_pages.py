"""Guidance in six languages: the same steps everywhere, one page a language, for the desk alone."""

import re

import pytest
from records import second_factor, sign_in

from palermo.prosecution.formats.guidance import LANGUAGES, load_guidance
from palermo.vocabulary.errors import Refusal

LETTERS = {"ru": r"[А-Яа-яЁё]"}


def test_all_languages_tell_the_same_steps_in_the_same_order():
    english = [step.key for step in load_guidance("en").steps]
    assert len(english) == 10
    for code in LANGUAGES:
        told = load_guidance(code)
        assert [step.key for step in told.steps] == english
        assert len({step.title for step in told.steps} | {step.text for step in told.steps}) == 20
        letters = "".join(step.text for step in told.steps)
        assert len(re.findall(LETTERS.get(code, r"[A-Za-zÀ-ÿ]"), letters)) > 0.7 * len(letters)
    with pytest.raises(Refusal, match="no guidance in 'xx'"):
        load_guidance("xx")


def test_a_page_a_language_and_no_other(client, as_owner, case_of):
    member = case_of().member
    with as_owner():
        second_factor(member)
    browser = sign_in(client, member)
    assert "/investigations/guidance/" in browser.get("/investigations/").content.decode()
    assert 'lang="en"' in browser.get("/investigations/guidance/").content.decode()
    page = browser.get("/investigations/guidance/ru/").content.decode()
    assert '<article class="stack" lang="ru">' in page
    assert "Сначала заплатите потерпевшим" in page
    assert page.count("hreflang=") == 5
    assert browser.get("/investigations/guidance/xx/").status_code == 404
