"""The five-minute forms as data."""

import pytest

from palermo.protection.methods.concern_forms import load_concern_forms, parse_concern_forms
from palermo.vocabulary.errors import Refusal

HEAD = 'version = "1"\nemergency = "112"\ndo_now = []\ndo_not = []\nchild = []\n'
FORM = '[[profession]]\ncode = "teacher"\ntitle = "t"\nlead = "l"\nplace = "p"\nadvice = []\n'


def test_a_form_takes_no_longer_than_five_minutes():
    forms = load_concern_forms()
    assert {code for code, form in forms.forms.items() if not 6 <= len(form.signs) <= 10} == set()
    for form in forms.forms.values():
        assert len({sign.item for sign in form.signs}) == len(form.signs)
        assert form.advice


def test_what_never_to_do_is_said():
    words = " ".join(load_concern_forms().do_not)
    assert "Never confront" in words
    assert "in front of a companion" in words


def test_a_sign_has_words_even_when_its_form_no_longer_has_it():
    forms = load_concern_forms()
    assert forms.words("teacher", "no_time_to_play").startswith("Falls asleep")
    assert forms.words("teacher", "wages_withheld") == "The person has wages kept back"
    assert forms.words("nobody", "no_such_item") == "no_such_item"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("version = ", "This is not TOML"),
        ("", "The field 'profession' is missing"),
        (HEAD.replace('emergency = "112"\n', "") + FORM + "signs = []", "The field 'emergency' is missing"),
        (HEAD + FORM.replace("teacher", "astronaut") + "signs = []", "There is no profession 'astronaut'"),
        (HEAD + FORM + 'signs = [{ item = "flies", words = "w" }]', "There is no item 'flies'"),
    ],
)
def test_a_file_that_is_wrong_is_refused_with_its_place(text, message):
    with pytest.raises(Refusal) as refused:
        parse_concern_forms(text)
    assert refused.value.message.startswith(message)
    assert refused.value.where.startswith("concerns.toml")
    assert refused.value.remedy
