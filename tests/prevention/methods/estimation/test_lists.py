"""Counts of histories, their changes, and when they are refused."""

import numpy as np
import pytest

from palermo.prevention.methods.estimation import Lists, from_histories, require_usable
from palermo.vocabulary.errors import Refusal

NAMES = ("police", "shelter", "labour inspectorate", "hotline")


def build(**cells: int) -> Lists:
    histories = np.array([[int(c) for c in cell[1:]] for cell in cells], dtype=np.int64)
    names = NAMES[: histories.shape[1]]
    return from_histories(names, histories, np.array(list(cells.values()), dtype=np.int64))


SOUND = build(_1000=50, _0100=40, _0010=30, _0001=20, _1100=5, _1010=4, _0101=3, _0011=2, _1110=1)


def test_histories_not_given_count_nought():
    """Point 1: a missing row is a count of 0 among 2^t - 1 cells, not missing data."""
    assert SOUND.counts.size == 16
    assert int((SOUND.counts == 0).sum()) - 1 == 15 - 9
    assert (SOUND.observed, SOUND.shared) == (155, 15)


def test_rows_of_one_history_add_up():
    twice = from_histories(("a", "b"), np.array([[1, 0], [1, 0], [1, 1]]), np.array([2, 3, 4]))
    assert twice.counts.tolist() == [0, 5, 0, 4]


def test_a_list_left_out():
    fewer = SOUND.without("hotline")
    assert fewer.names == NAMES[:3]
    assert fewer.observed == SOUND.observed - 20
    assert fewer.counts[[0b010, 0b100]].tolist() == [43, 32]


def test_two_lists_merged():
    merged = SOUND.merged("police", "shelter")
    assert merged.names == ("police+shelter", "labour inspectorate", "hotline")
    assert merged.observed == SOUND.observed
    assert merged.counts[[0b001, 0b011, 0b101]].tolist() == [95, 5, 3]


@pytest.mark.parametrize(
    ("lists", "message"),
    [
        (build(_10=5, _01=6, _11=3), "2 lists cannot show whether they depend on each other; three are the least."),
        (build(_100=5, _010=6, _110=3), "Nobody is on the list 'labour inspectorate'."),
        (build(_100=5, _010=6, _001=3), "No person is on two lists, so nothing tells how many are on none."),
        (
            build(_100=50, _010=60, _001=30, _110=2),
            "Only 2 persons are on two lists or more; any number could be behind them.",
        ),
        (
            build(_100=50, _110=6, _001=30, _101=2),
            "Everybody on 'shelter' is also on 'police': it is a part or a copy of it.",
        ),
    ],
)
def test_lists_that_support_nothing_are_refused(lists: Lists, message: str):
    with pytest.raises(Refusal) as refused:
        require_usable(lists)
    assert refused.value.message == message
    assert refused.value.remedy != ""


def test_sound_lists_pass():
    assert require_usable(SOUND) is None


def test_persons_on_no_list_and_too_many_lists():
    with pytest.raises(Refusal, match="7 persons are on no list"):
        build(_000=7, _100=1)
    with pytest.raises(Refusal, match="There are 13 lists; at most 12"):
        from_histories([str(k) for k in range(13)], np.ones((1, 13), dtype=np.int64), np.ones(1, dtype=np.int64))
