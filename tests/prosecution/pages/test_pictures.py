"""Pictures of money: every flow is drawn, hostile names are words, many ends of one account are one point."""

import xml.etree.ElementTree as ET

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from palermo.prosecution.pages.pictures import flow, web
from palermo.prosecution.pages.pictures.flow import Flow

names = st.text(min_size=1, max_size=6, alphabet="AB<&\"'>é")
flows = st.lists(
    st.builds(Flow, source=names, target=st.one_of(names, st.just("")), amount=st.integers(1, 10**9)), max_size=8
)


def drawings(given_flows):
    words = {"label": 'of "all" <money>', "written": str}
    yield flow.draw(given_flows, outside="outside", **words)
    yield web.draw(given_flows, others=str, **words)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(flows)
def test_any_names_and_amounts_give_whole_drawings_without_style_or_script(given_flows):
    for drawn in drawings([one for one in given_flows if one.source != one.target]):
        if drawn:
            root = ET.fromstring(drawn)
            assert {node.tag.rsplit("}")[-1] for node in root.iter()} <= {
                "svg",
                "g",
                "title",
                "path",
                "rect",
                "text",
                "circle",
            }
            assert not any("style" in node.attrib for node in root.iter())


def test_the_largest_flows_of_the_days_are_put_together():
    moves = [["2026-01-01", "A", "B", 5, "r1"], ["2026-01-09", "A", "B", 7, "r2"], ["2026-02-01", "A", "", 1, "r3"]]
    assert flow.flows_of(moves) == [Flow("A", "B", 12), Flow("A", "", 1)]
    assert flow.flows_of(moves, since="2026-01-02", until="2026-01-31") == [Flow("A", "B", 7)]


@pytest.mark.parametrize(("ends", "points"), [(5, 7), (6, 3)])
def test_many_ends_are_one_point(ends, points):
    some = [Flow(f"client {n}", "hub", 10) for n in range(ends)] + [Flow("hub", "shell", 9)]
    drawn = ET.fromstring(web.draw(some, label="x", written=str, others=lambda n: f"{n} others"))
    texts = [node.text for node in drawn.iter() if node.tag.endswith("text")]
    assert len(texts) == points
