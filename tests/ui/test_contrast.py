"""WCAG 2.2 AA, computed from the one token file: 1.4.3 (text 4.5:1) and 1.4.11 (what one must see 3:1)."""

import re
from itertools import combinations

import pytest

from palermo.ui.charts.theme import TOKENS

TEXT_ON = {
    "paper": ("ink", "ink-soft", "accent", "accent-strong", "danger", "warn", "safe"),
    "surface": ("ink", "ink-soft", "accent", "accent-strong", "danger", "warn", "safe"),
    "sunken": ("ink", "ink-soft"),
    "accent-soft": ("ink", "accent", "accent-strong"),
    "danger-soft": ("ink", "danger"),
    "warn-soft": ("ink", "warn"),
    "safe-soft": ("ink", "safe"),
    "sim-soft": ("sim",),
    "accent": ("on-accent",),
    "accent-strong": ("on-accent",),
    "danger": ("surface",),
    "seq-0": ("ink-soft",),
    "seq-1": ("on-seq-low",),
    "seq-2": ("on-seq-low",),
    "seq-3": ("on-seq-low",),
    "seq-4": ("on-seq-high",),
    "seq-5": ("on-seq-high",),
}
SEEN_ON = {
    "paper": ("edge", "focus"),
    "surface": ("edge", "focus", *(f"series-{n}" for n in range(1, 7))),
    "sunken": ("focus",),
}


def colours_in(css):
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", css))


def themes():
    css = TOKENS.read_text(encoding="utf-8")
    light = colours_in(css.split("@media", 1)[0])
    dark = colours_in(re.search(r'\n:root\[data-theme="dark"\] \{(.*?)\n\}', css, re.DOTALL).group(1))
    paper = colours_in((TOKENS.parent / "print.css").read_text(encoding="utf-8"))
    assert light.keys() == dark.keys()
    return {"light": light, "dark": dark, "print": light | paper}


def luminance(colour):
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_known_contrasts():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("theme", ["light", "dark", "print"])
def test_text_is_readable_in_every_theme(theme):
    colours = themes()[theme]
    weak = {
        f"{ink} on {ground}": round(contrast(colours[ink], colours[ground]), 2)
        for ground, inks in TEXT_ON.items()
        for ink in inks
        if contrast(colours[ink], colours[ground]) < 4.5
    }
    assert weak == {}


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_borders_focus_and_series_are_seen_in_every_theme(theme):
    colours = themes()[theme]
    weak = {
        f"{mark} on {ground}": round(contrast(colours[mark], colours[ground]), 2)
        for ground, marks in SEEN_ON.items()
        for mark in marks
        if contrast(colours[mark], colours[ground]) < 3
    }
    assert weak == {}


def test_series_differ_in_grey_on_paper():
    greys = [luminance(themes()["print"][f"series-{n}"]) + 0.05 for n in range(1, 7)]
    close = [(a, b) for a, b in combinations(sorted(greys), 2) if b / a < 1.25]
    assert close == []


@pytest.mark.parametrize("theme", ["light", "dark", "print"])
def test_shades_of_a_map_rise_in_steps(theme):
    shades = [luminance(themes()[theme][f"seq-{n}"]) for n in range(1, 6)]
    assert shades in (sorted(shades), sorted(shades, reverse=True))


def test_the_device_and_the_person_choose_the_same_dark():
    css = TOKENS.read_text(encoding="utf-8")
    by_device = re.search(r'not\(\[data-theme="light"\]\) \{(.*?)\n  \}', css, re.DOTALL).group(1)
    by_person = re.search(r'\n:root\[data-theme="dark"\] \{(.*?)\n\}', css, re.DOTALL).group(1)
    assert by_device.split() == by_person.split()
