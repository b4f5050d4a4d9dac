"""Warnings and notes of a run are told apart, in words, and warnings stand first."""

from palermo.prevention.pages.found import _remarks, group_rows

HIDDEN, FEW = "A hidden group: so it is.", "Few shared persons: 9 of 90."


def told(warnings=(), notes=(), reasons=()):
    return {"warnings": list(warnings), "notes": list(notes), "reasons": list(reasons)}


PARTS = {
    "stepwise": told([HIDDEN], [FEW]),
    "bic": told(reasons=["The search did not end."]),
    "decomposable": told([HIDDEN], [FEW]),
    "groups": {"groups": [], "total": {"warnings": ["A group without an estimate: women."]}},
}


def test_warnings_stand_first_and_notes_last_each_once_with_who_gives_it():
    found = [(str(label), words, kind, names) for label, words, kind, names in _remarks(PARTS)]
    assert found == [
        ("Warning", HIDDEN, "warnings", "Stepwise, Decomposable graphs"),
        ("Warning", "A group without an estimate: women.", "warnings", "Groups together"),
        ("No estimate", "The search did not end.", "reasons", "Best by BIC"),
        ("Note", FEW, "notes", "Stepwise, Decomposable graphs"),
    ]


def test_a_row_of_a_group_says_which_is_which():
    ends = {"estimate": 100.0, "lower": 80.0, "upper": None}
    group = {"group": ["f", "adult"], "observed": 40, "reason": "", **ends, **told([HIDDEN], [FEW])}
    quiet = {"group": ["m", "adult"], "observed": 30, "reason": "", **ends, **told()}
    groups = {"groups": [group, quiet], "total": {**ends, "warnings": [HIDDEN]}}
    assert [row[-1] for row in group_rows(groups)] == [f"Warning: {HIDDEN} Note: {FEW}", "–", f"Warning: {HIDDEN}"]
