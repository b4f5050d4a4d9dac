"""The path for one person and the path for files give the same result, reasons included."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from palermo.protection.methods.frame_score import NO, NOT_ASKED, NOT_KNOWN, YES
from palermo.protection.methods.scheme import default_scheme
from palermo.protection.methods.screening import Screening, screen
from palermo.protection.methods.screening_frame import FrameScreener

SCHEME = default_scheme()
CODES = {NOT_ASKED: "not_asked", NOT_KNOWN: "not_known", NO: "no", YES: "yes"}


def as_row(result: Screening) -> dict[str, str]:
    return {
        "path": result.path,
        "presumption": result.presumption,
        "form": result.form,
        "forms": ";".join(result.forms),
        **{element.value: rule.value for element, rule in result.elements.items()},
        "positive": ";".join(result.positive),
        "classification": result.classification,
        "reasons": " ".join(result.reasons),
        "missing": result.missing,
    }


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_both_paths_agree(data):
    seed = data.draw(st.integers(0, 2**32 - 1))
    share = data.draw(st.sampled_from([0.01, 0.03, 0.1, 0.4, 0.9]))
    people = data.draw(st.integers(1, 12))
    rng = np.random.default_rng(seed)
    shape = (people, len(SCHEME.items))
    codes = np.where(rng.random(shape) < share, YES, rng.integers(NOT_ASKED, YES, shape)).astype(np.uint8)
    codes[rng.random(shape) < data.draw(st.sampled_from([0.0, 0.5, 0.95]))] = NOT_ASKED
    ages = np.where(rng.random(people) < 0.2, -1, rng.integers(0, 60, people)).astype(np.int16)
    frame = FrameScreener(SCHEME).screen(codes.T, ages)
    for row, answers, age in zip(frame.to_dicts(), codes, ages.tolist(), strict=True):
        given_answers = {item: CODES[code] for item, code in zip(SCHEME.items, answers.tolist(), strict=True)}
        assert row == as_row(screen(given_answers, age=None if age < 0 else age))


def test_no_people_is_an_empty_table():
    frame = FrameScreener(SCHEME).screen(np.zeros((len(SCHEME.items), 0), np.uint8), np.zeros(0, np.int16))
    assert frame.height == 0
    assert frame.columns == list(as_row(screen({}, age=20)))
