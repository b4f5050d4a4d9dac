"""Every status of protection has its line in the room's page."""

import re
from pathlib import Path

import pytest

from palermo.protection import enums

PAGE = Path(__file__).resolve().parents[2] / "docs" / "rooms" / "protection.md"
LISTS = [
    value
    for value in vars(enums).values()
    if isinstance(value, type) and issubclass(value, enums.TextChoices) and value.values
]


@pytest.mark.parametrize("choices", LISTS, ids=lambda choices: choices.__name__)
def test_every_value_is_named_beside_its_list(choices):
    text = PAGE.read_text(encoding="utf-8")
    after = text.split(f"`{choices.__name__}`", 1)[1]
    named = set(re.findall(r"`([a-z0-9_]+)`", after[: after.find("\n## ")]))
    assert set(choices.values) - named == set()
