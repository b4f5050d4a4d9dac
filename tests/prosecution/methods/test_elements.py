"""The elements rule: against a second statement of it, over all that evidence may say."""

from hypothesis import given
from hypothesis import strategies as st

from palermo.prosecution.methods.elements import Consent, Held, Supported, assess

ELEMENTS = ("act", "means", "purpose")
supports = st.lists(
    st.builds(
        Supported,
        element=st.sampled_from(ELEMENTS),
        code=st.sampled_from(["recruitment", "fraud", "labour"]),
        item=st.sampled_from(["E-1", "E-2", "E-3"]),
        usable=st.booleans(),
    ),
    max_size=8,
)
ages = st.sampled_from(["adult", "child", "not_sure"])


@given(supports, ages, st.booleans())
def test_an_element_is_held_by_usable_evidence_alone(told, age, claimed):
    found = assess(told, age=age, consent_claimed=claimed)
    for one in found.findings:
        items = {s.item for s in told if s.element == one.element and s.usable}
        assert set(one.items) == items
        assert (one.held is Held.HELD) == bool(items)


@given(supports, ages, st.booleans())
def test_means_are_not_needed_for_a_child_and_for_nobody_else(told, age, claimed):
    found = assess(told, age=age, consent_claimed=claimed)
    assert (found.means.held is Held.NOT_NEEDED) == (age == "child" and not found.means.items)
    needed = ("act", "purpose") if age == "child" else ELEMENTS
    shown = {s.element for s in told if s.usable}
    assert found.complete == shown.issuperset(needed)
    assert set(found.missing) == set(needed) - shown


@given(supports, ages)
def test_consent_changes_no_element_and_is_told_apart(told, age):
    without, claimed = assess(told, age=age), assess(told, age=age, consent_claimed=True)
    assert without.findings == claimed.findings
    assert without.consent is Consent.NOT_RAISED
    means = any(s.usable and s.element == "means" for s in told)
    expected = Consent.IRRELEVANT_MEANS if means else Consent.MEANS_MISSING
    assert claimed.consent is (Consent.IRRELEVANT_CHILD if age == "child" else expected)


@given(supports, ages)
def test_more_evidence_never_takes_an_element_away(told, age):
    before = assess(told, age=age)
    after = assess([*told, Supported("means", "fraud", "E-9")], age=age)
    assert not before.complete or after.complete
