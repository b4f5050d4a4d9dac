"""docs/mission.tsv: every sentence of the report is there, and whatever it claims exists."""

import ast
import csv
import os
import pkgutil
import re
from functools import cache
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[1]
MISSION = CHECKOUT / "docs" / "mission.tsv"
COLUMNS = ["number", "page", "anchor", "asks_for", "room", "verb_or_page", "test", "state"]
REPORT = Path(os.environ.get("PALERMO_SHARED") or CHECKOUT.parent / "shared") / "reference" / "SEC.GAL-182-17.txt"

#: Headings run into the sentence that follows them in the transcription; the one missing space is there as well.
HEADINGS = (
    "Latest Trends in Combating Trafficking in Human Beings",
    "Cross-cutting Issues",
    "Partnership and Co-ordination",
    "Outlook 2018",
)
END = re.compile(r"(?<=[A-Za-z0-9)])\. (?=[A-Z0-9])|\.(?=this year s)")


def sentences(transcription):
    """Pages are paragraphs that end with their number; the first is the cover. A sentence stands where it begins."""
    paragraphs = [part.strip() for part in transcription.split("\n\n")]
    pages = [part for part in paragraphs if part and part != "Transcription:"][1:]
    text, begins = "", []
    for page in pages:
        body, number = " ".join(page.split()).rsplit(maxsplit=1)
        begins.append((len(text), int(number)))
        for heading in HEADINGS:
            body = body.replace(f"{heading} ", "", 1)
        text += body + " "
    found, start = [], 0
    for end in [match.end() for match in END.finditer(text)] + [len(text)]:
        said = text[start:end]
        first = start + len(said) - len(said.lstrip())
        found.append((max(page for at, page in begins if at <= first), said.strip()))
        start = end
    return found


@cache
def rows():
    with MISSION.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def ids(row):
    return f"sentence {row['number']}"


def each(column):
    """One parameter for each claim of a column."""
    return [
        pytest.param(claim.strip(), id=f"{row['number']} {claim.strip()}")
        for row in rows()
        for claim in row[column].split(";")
        if claim.strip() not in {"", "open"}
    ]


def test_the_table_is_whole():
    with MISSION.open(encoding="utf-8") as file:
        assert file.readline().rstrip("\n").split("\t") == COLUMNS
    assert [int(row["number"]) for row in rows()] == list(range(1, len(rows()) + 1))
    assert {row["state"] for row in rows()} == {"done", "open", "frame"}
    assert [row["number"] for row in rows() if None in row or None in row.values() or not row["asks_for"]] == []


@pytest.mark.skipif(
    not REPORT.exists(), reason="the report is not part of the project; name its folder with PALERMO_SHARED"
)
def test_every_sentence_of_the_report_is_there():
    said = [(page, " ".join(sentence.split()[:4])) for page, sentence in sentences(REPORT.read_text(encoding="utf-8"))]
    assert [(int(row["page"]), row["anchor"]) for row in rows()] == said


@pytest.mark.skipif(
    not REPORT.exists(), reason="the report is not part of the project; name its folder with PALERMO_SHARED"
)
def test_no_sentence_is_carried_over():
    whole = {sentence for _, sentence in sentences(REPORT.read_text(encoding="utf-8"))}
    assert [row["number"] for row in rows() if row["asks_for"] in whole or len(row["asks_for"]) > 130] == []


@pytest.mark.parametrize("row", rows(), ids=ids)
def test_a_row_claims_what_its_state_says(row):
    claims = (row["verb_or_page"], row["test"])
    if row["state"] == "frame":
        assert (row["room"], *claims) == ("", "", "")
        return
    assert (CHECKOUT / "src" / "palermo" / row["room"] / "__init__.py").exists()
    if row["state"] == "done":
        assert "" not in claims
        assert "open" not in claims
    else:  # what is there already may be named, and then a test of it
        assert row["test"] == "open" or "" not in claims


@pytest.mark.parametrize("claim", each("verb_or_page"))
def test_a_claimed_verb_page_or_command_exists(claim):
    if claim.startswith("palermo "):
        import typer.main

        from palermo.cli import make_app

        command = typer.main.get_command(make_app())
        for word in claim.split()[1:]:
            command = command.commands[word]
    elif ":" in claim:
        assert claim in page_names()
    else:
        assert callable(pkgutil.resolve_name(claim))


@pytest.mark.parametrize("claim", each("test"))
def test_a_claimed_test_exists(claim):
    path, _, name = claim.partition("::")
    assert name in functions_in(CHECKOUT / path)


@cache
def page_names():
    from django.urls import get_resolver

    def names(resolver, space):
        for pattern in resolver.url_patterns:
            if hasattr(pattern, "url_patterns"):
                yield from names(pattern, f"{space}{pattern.namespace}:" if pattern.namespace else space)
            elif pattern.name:
                yield f"{space}{pattern.name}"

    return set(names(get_resolver(), ""))


@cache
def functions_in(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")}
