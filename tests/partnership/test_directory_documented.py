"""The pages on directory and commitments name every value of their lists, every figure and every address."""

import re
from pathlib import Path

import pytest

from palermo.partnership import enums
from palermo.partnership.figures import FIGURES
from palermo.partnership.pages import commitments_urls, directory_urls

DOCS = Path(__file__).resolve().parents[2] / "docs" / "rooms" / "partnership"
TEXT = "\n".join((DOCS / name).read_text(encoding="utf-8") for name in ("directory.md", "commitments.md"))
LISTS = "OrganisationKind Post Grade Addressee Standing LawPoint Cover Gap Stage OutcomeStage"


@pytest.mark.parametrize("name", LISTS.split())
def test_every_value_is_named(name):
    assert {value for value in getattr(enums, name).values if f"`{value}`" not in TEXT} == set()


def test_every_figure_is_named():
    assert {figure.name for figure in FIGURES if f"`{figure.name}`" not in TEXT} == set()


def test_every_page_that_is_named_is_there():
    there = {
        f"partnership:{pattern.name}" for urls in (directory_urls, commitments_urls) for pattern in urls.urlpatterns
    }
    assert set(re.findall(r"`(partnership:\w+)`", TEXT)) - there == set()
