"""The plan of the house, held by reading its own source."""

import ast
import re
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parents[1] / "src" / "palermo"
FILES = sorted(path for path in SOURCE.rglob("*.py") if "migrations" not in path.parts)
WRITES = {"save", "create", "bulk_create", "update", "bulk_update", "delete", "get_or_create", "update_or_create"}


def room_of(path: Path) -> str:
    return path.relative_to(SOURCE).parts[0]


def orm_writes(tree: ast.AST) -> list[str]:
    """Calls such as `Thing.objects.create(…)`, `….filter(…).update(…)`, `thing.save(…)`."""
    found = []
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in WRITES):
            continue
        text = ast.unparse(node.func.value)
        if (
            ".objects" in text
            or node.func.attr in {"bulk_create", "bulk_update"}
            or (node.func.attr == "save" and "session" not in text)
        ):
            found.append(f"line {node.lineno}: {ast.unparse(node)[:60]}")
    return found


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_records_are_written_in_domain_only(path):
    if "domain" in path.parts or room_of(path) == "ui":
        return
    assert orm_writes(ast.parse(path.read_text(encoding="utf-8"))) == []


def test_that_check_sees_a_write():
    assert orm_writes(ast.parse("Person.objects.filter(pk=1).update(age=3)")) == [
        "line 1: Person.objects.filter(pk=1).update(age=3)"
    ]


def test_no_file_has_grown_too_large_to_live_in():
    assert [str(p.relative_to(SOURCE)) for p in FILES if len(p.read_text(encoding="utf-8").splitlines()) > 400] == []


def test_every_domain_verb_is_keyword_only():
    positional = []
    for path in FILES:
        if "domain" not in path.parts or path.name in {"acting.py", "rights.py"}:  # they are what verbs are made with
            continue
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                names = [a.arg for a in node.args.args]
                if "member" in names:
                    positional.append(f"{path.relative_to(SOURCE)}:{node.name}")
    assert positional == []


def test_no_template_carries_script_or_style():
    # JSON is data: no browser runs it, and no policy has to allow it.
    inline = re.compile(r"<script(?![^>]*\b(?:src=|type=.application/json))|<style|\sstyle=|\son[a-z]+=", re.IGNORECASE)
    found = [
        str(p.relative_to(SOURCE))
        for p in SOURCE.rglob("templates/**/*.html")
        if inline.search(p.read_text(encoding="utf-8"))
    ]
    assert found == []
