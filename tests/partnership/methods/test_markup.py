"""The report's markup: figures are called, and what was typed by hand is found."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from palermo.partnership.methods.markup import Block, Call, calls, parse, sentences, unsupported
from palermo.vocabulary.errors import Refusal

TEXT = """# Prevention

The 17th conference on 3 April 2017 brought {{ declared:event.alliance-17.participants }} participants.
It was a success. Some 40 of them stayed.
- {{ findings.recommendations }} recommendations, {{ findings.recommendations @ 2016 }} before
- nothing
{{ chart: findings.recommendations, findings.states | What was found }}
{{ figures: protection }}
{{ declared }}
"""


def test_blocks_and_calls():
    blocks = parse(TEXT)
    assert [block.kind for block in blocks] == ["heading", "text", "list", "chart", "figures", "declared"]
    assert [block.line for block in blocks] == [1, 3, 5, 7, 8, 9]
    assert blocks[3] == Block(
        "chart", 7, names=(Call("findings.recommendations"), Call("findings.states")), caption="What was found"
    )
    assert calls(blocks) == (
        Call("declared:event.alliance-17.participants"),
        Call("findings.recommendations"),
        Call("findings.recommendations", 2016),
        Call("findings.states"),
    )


def test_sentences_without_a_figure_and_numbers_typed_by_hand_are_found():
    found = [(one.text, one.typed, one.dated, one.figures) for one in sentences(parse(TEXT))]
    assert found == [
        (
            "The 17th conference on 3 April 2017 brought {{ declared:event.alliance-17.participants }} participants.",
            (),
            ("17th", "3 April 2017"),
            1,
        ),
        ("It was a success.", (), (), 0),
        ("Some 40 of them stayed.", ("40",), (), 0),
        ("{{ findings.recommendations }} recommendations, {{ findings.recommendations }} before", (), (), 2),
        ("nothing", (), (), 0),
    ]
    assert [one.text for one in unsupported(parse(TEXT))] == ["It was a success.", "Some 40 of them stayed.", "nothing"]


def test_a_typed_number_beside_a_figure_is_found_too():
    [one] = unsupported(parse("Of {{ a.b }} persons 1,250 came, or 12%."))
    assert one.typed == ("1,250", "12%")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a\n{{ no good }}", "line 2: “no good” is no call"),
        ("{{ x", "line 1: a call is not closed"),
        ("x }} y", "line 1: a call is not closed"),
        ("{{ chart: a.b }}", "line 1: a chart needs figures and words"),
        ("{{ map: | words }}", "line 1: a map needs figures and words"),
        ("{{ a.b @ 16 }}", "is no call"),
        ("x" * 20_001, "more than 20000 characters"),
        ("x\n" * 200_001, "more than 400000 characters"),
    ],
)
def test_what_cannot_be_read_is_refused_by_line(text, words):
    with pytest.raises(Refusal, match=words):
        parse(text)


@given(st.text(max_size=200))
def test_any_text_is_read_or_refused(text):
    try:
        blocks = parse(text)
    except Refusal:
        return
    assert all(block.lines or block.kind in {"figures", "declared", "chart", "map"} for block in blocks)
    sentences(blocks)
