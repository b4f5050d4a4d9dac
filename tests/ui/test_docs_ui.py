"""The page about this room tells every tag, filter, frame, column, chart and setting there is."""

import inspect
import re
from pathlib import Path

import pytest

from palermo.ui import tables
from palermo.ui.charts import kinds
from palermo.ui.components.status import TONE_ICONS
from palermo.ui.maps import tiles
from palermo.ui.templatetags.ui import register

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/rooms/ui.md").read_text(encoding="utf-8")


def test_every_tag_and_filter_has_a_line_with_its_call():
    called = set(re.findall(r"^\| `\{% (\w+)", PAGE, re.MULTILINE))
    assert called == {name for name in register.tags if not name.startswith("end")}
    assert set(re.findall(r"^\| `\{\{ \w+\\\|(\w+)", PAGE, re.MULTILINE)) == set(register.filters)


def test_every_tone_is_named():
    assert re.findall(r"`(\w+)`", PAGE.split("## Tones")[1].split(".")[0]) == list(TONE_ICONS)


@pytest.mark.parametrize("module", [kinds, tiles, tables])
def test_every_public_thing_is_named(module):
    public = {
        name
        for name, thing in vars(module).items()
        if (inspect.isfunction(thing) or inspect.isclass(thing)) and thing.__module__ == module.__name__
        if not name.startswith("_") and name != "positions"
    }
    assert {name for name in public if f"`{name}" not in PAGE and f".{name}`" not in PAGE} == set()


def test_every_frame_and_block_is_named():
    frames = {"base", "public", "focus", "print"}
    folder = ROOT / "src/palermo/ui/templates/ui"
    for frame in frames:
        assert f"`ui/{frame}.html`" in PAGE
        blocks = set(re.findall(r"{% block (\w+)", (folder / f"{frame}.html").read_text(encoding="utf-8")))
        assert {block for block in blocks - {"frame", "header"} if f"`{block}`" not in PAGE} == set()


def test_every_setting_that_is_read_is_named():
    code = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "src/palermo/ui").rglob("*.py"))
    asked = set(re.findall(r'settings, "(PALERMO_\w+)"', code))
    assert {name for name in asked if f"`{name}`" not in PAGE} == set()
    assert asked == {"PALERMO_SPACE_NAME", "PALERMO_SPACE_SIMULATED", "PALERMO_QUICK_EXIT_TO"}
