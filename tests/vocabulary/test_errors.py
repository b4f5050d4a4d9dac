"""A refusal reads as sentences, whether or not whoever wrote it set the stop."""

import pytest

from palermo.vocabulary.errors import Refusal


@pytest.mark.parametrize(
    ("refusal", "said"),
    [
        (Refusal("there is no key file", remedy="Restore it."), "there is no key file. Restore it."),
        (Refusal("It is empty.", where="a.csv", remedy="Fill it."), "a.csv: It is empty. Fill it."),
        (Refusal("say why", where="reason"), "reason: say why"),
        (Refusal("Why?", remedy="Say it."), "Why? Say it."),
    ],
)
def test_message_and_remedy_are_two_sentences(refusal, said):
    assert str(refusal) == said
