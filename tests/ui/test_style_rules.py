"""Rules that hold in every room: colours are tokens, sides are logical, templates bring no style or script of their own."""

import re
from pathlib import Path

import pytest

from palermo.ui.components.icons import DRAWINGS

ROOMS = Path(__file__).parents[2] / "src/palermo"
SHEETS = sorted(ROOMS.glob("*/static/**/*.css"))
TEMPLATES = sorted(ROOMS.glob("*/templates/**/*.html"))
# Where colours are decided: for screens and for paper.
DECIDING = {"tokens.css", "print.css"}


def found_in(files, pattern, flags=re.MULTILINE):
    return {
        f"{path.relative_to(ROOMS)}: {found}"
        for path in files
        for found in re.findall(pattern, path.read_text(encoding="utf-8"), flags)
    }


def test_every_colour_is_a_token():
    sheets = [sheet for sheet in SHEETS if sheet.name not in DECIDING]
    assert found_in(sheets, r"#[0-9a-fA-F]{3,8}\b|rgb\(|hsl\(|oklch\(") == set()


def test_nothing_is_tied_to_left_or_right():
    """Logical properties only, so that right-to-left needs no second sheet; what turns is a mirrored icon."""
    tied = r"^\s*((?:(?:margin|padding|border)-)?(?:left|right)|float|text-align: (?:left|right))\s*[:;]"
    assert found_in(SHEETS, tied) == set()


def test_every_token_that_is_used_exists():
    declared = set().union(
        *(re.findall(r"^\s*(--[\w-]+):", s.read_text(encoding="utf-8"), re.MULTILINE) for s in SHEETS)
    )
    used = set().union(*(re.findall(r"var\((--[\w-]+)", s.read_text(encoding="utf-8")) for s in SHEETS))
    assert used - declared == set()


def test_styles_fetch_nothing_from_elsewhere():
    assert found_in(SHEETS, r"url\(|@import") == set()


@pytest.mark.parametrize(
    "inline",
    [
        r"<style\b",
        r"\sstyle=\"",
        # JSON is data: no browser runs it, and no policy has to allow it.
        r"<script(?![^>]*\b(?:src=|type=\"application/json))",
        r"\son[a-z]+=\"",
        r"hx-on",
        r"(?:src|href)=\"https?://[^\"]*",
    ],
)
def test_no_template_brings_style_script_or_strangers(inline):
    assert found_in(TEMPLATES, inline, re.IGNORECASE) == set()


def test_every_icon_that_is_asked_for_is_drawn():
    asked = set().union(*(re.findall(r"{% icon \"([\w-]+)\"", path.read_text(encoding="utf-8")) for path in TEMPLATES))
    assert asked - DRAWINGS.keys() == set()
