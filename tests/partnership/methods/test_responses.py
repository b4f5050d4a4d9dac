"""Rounds of questionnaires: not known is not no, and neither is silence."""

from palermo.partnership.methods.responses import Asked, Change, Tally, compare, tally

LAW = Asked("law", "yes_no", "Is there a law?")
FORM = Asked("form", "choice", "Which form?", ("labour", "sexual"))
CASES = Asked("cases", "number", "How many?")


def test_a_round_is_counted():
    said = {
        "A": {"law": ("yes", "Act 1"), "form": ("labour", ""), "cases": ("3", "")},
        "B": {"law": ("not_known", ""), "cases": ("0", "")},
        "C": {"law": ("no", "")},
    }
    found = tally([LAW, FORM, CASES], said, asked=4)
    assert found.rate == 0.75
    assert found.tallies == (
        Tally(LAW, {"yes": 1, "no": 1}, not_known=1, unanswered=0, with_evidence=1),
        Tally(FORM, {"labour": 1, "sexual": 0}, not_known=0, unanswered=2, with_evidence=0),
        Tally(CASES, {"given": 2}, not_known=0, unanswered=1, with_evidence=0),
    )
    assert found.gaps == {
        "B": [("law", "not_known"), ("form", "unanswered")],
        "C": [("form", "unanswered"), ("cases", "unanswered")],
    }


def test_nobody_asked_has_no_rate():
    assert tally([LAW], {}, asked=0).rate is None


def test_two_rounds_compare_by_who_answered_both():
    before = {"A": {"law": ("no", "")}, "B": {"law": ("no", "")}, "C": {"law": ("yes", "")}}
    after = {"A": {"law": ("yes", "")}, "B": {"law": ("no", "")}, "D": {"law": ("yes", "")}}
    assert compare([LAW, CASES], before, after) == (Change(LAW, {("no", "no"): 1, ("no", "yes"): 1}, 2),)
