"""docs/rooms/office.md names every role, kind, purpose, basis and verb; its table of rights is that of the code."""

from pathlib import Path

import pytest

from palermo.office import enums
from palermo.office.domain.agencies import MANDATES
from palermo.office.domain.rights import rights
from palermo.office.plain_words import WORDS

DOCS = Path(__file__).resolve().parents[2] / "docs"
PAGE = DOCS / "rooms" / "office.md"


def row(*cells):
    return "| " + " | ".join(map(str, cells)) + " |"


def table_of_rights():
    verbs = {verb: roles for verb, roles in rights().items() if verb.startswith("office.")}
    order = [role for role in enums.Role if any(role in roles for roles in verbs.values())]
    lines = [row("verb", "in the person’s report", *(f"`{role}`" for role in order)), row(*["---"] * (len(order) + 2))]
    for verb, roles in verbs.items():
        lines.append(row(f"`{verb}`", str(WORDS[verb]), *("●" if role in roles else "" for role in order)))
    return "\n".join(lines)


def table_of_mandates():
    return "\n".join(
        row(f"`{kind}`", kind.label, ", ".join(f"`{p}`" for p in purposes) or "nothing")
        for kind, purposes in MANDATES.items()
    )


def test_the_table_of_rights_is_that_of_the_code():
    import importlib
    import pkgutil

    import palermo.office.domain

    for module in pkgutil.iter_modules(palermo.office.domain.__path__):
        importlib.import_module(f"palermo.office.domain.{module.name}")
    assert table_of_rights() in PAGE.read_text(encoding="utf-8")


def test_the_table_of_mandates_is_that_of_the_code():
    assert table_of_mandates() in PAGE.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "kinds",
    [
        enums.Role,
        enums.DataKind,
        enums.Purpose,
        enums.LawfulBasis,
        enums.NoticeKind,
        enums.RightsKind,
        enums.AgePath,
        enums.ObjectKind,
    ],
    ids=lambda kinds: kinds.__name__,
)
def test_every_code_is_explained(kinds):
    text = PAGE.read_text(encoding="utf-8")
    assert [str(code) for code in kinds if f"`{code}`" not in text] == []


def test_what_access_does_not_defend_against_is_said():
    text = (DOCS / "access.md").read_text(encoding="utf-8")
    assert "## What it does not defend against" in text
