"""Codes of countries and languages, and names for those that no list has."""

import pytest

from palermo.vocabulary.places import country_name, language_code, languages


@pytest.mark.parametrize(
    ("text", "code"), [("en", "eng"), ("EN", "eng"), ("eng", "eng"), ("English", "eng"), ("fr", "fra"), ("fre", "fra")]
)
def test_a_code_is_a_code_before_it_is_a_name(text, code):
    assert language_code(text) == code
    assert language_code("En") == "eng"
    assert languages()["eng"] == "English"


def test_an_invented_country_is_no_bare_code():
    assert [country_name(code) for code in ("SY", "QW", "XA", "")] == [
        "Syria",
        "invented country QW",
        "invented country XA",
        "",
    ]
