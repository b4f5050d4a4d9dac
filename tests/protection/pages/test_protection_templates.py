"""What holds for every template of protection."""

import re
from pathlib import Path

import pytest

import palermo.protection

ROOM = Path(palermo.protection.__file__).parent
TEMPLATES = sorted((ROOM / "templates").rglob("*.html"))


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_no_script_and_no_style_inside(path):
    text = path.read_text(encoding="utf-8")
    assert re.findall(r"<script|<style|\sstyle=|\son[a-z]+=|javascript:", text) == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_every_form_that_posts_has_its_token(path):
    text = path.read_text(encoding="utf-8")
    for form in re.findall(r"<form\b.*?</form>", text, flags=re.DOTALL):
        assert ('method="post"' not in form) or "{% csrf_token %}" in form
