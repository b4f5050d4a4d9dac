"""Parts of a page: what they say, and that what they are given cannot become markup."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.core.paginator import Paginator
from hypothesis import given
from hypothesis import strategies as st

from palermo.ui.components import icons, status

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
HOSTILE = "<script>alert(1)</script>\"'"


def text_of(html):
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def after(**span):
    return NOW + timedelta(**span)


DEADLINES = [
    (after(days=8), None, "Due in 8 days", "neutral"),
    (after(hours=25), None, "Due in 25 hours", "neutral"),
    (after(hours=23), None, "Due in 23 hours", "warn"),
    (after(minutes=1), None, "Due in 1 minute", "warn"),
    (after(minutes=-30), None, "Overdue by 30 minutes", "danger"),
    (after(days=-3), None, "Overdue by 3 days", "danger"),
    (after(hours=-1), after(hours=-2), "Done in time", "safe"),
    (after(hours=-1), after(hours=-1), "Done in time", "safe"),
    (after(hours=-1), after(hours=4), "Done 5 hours late", "warn"),
    (None, None, "No deadline", "neutral"),
]


@pytest.mark.parametrize(("due", "done", "words", "tone"), DEADLINES)
def test_deadline_says_how_long(render, due, done, words, tone):
    html = render("{% deadline due done=done now=now %}", due=due, done=done, now=NOW)
    assert text_of(html) == words
    assert f"tone-{tone}" in html


@given(st.integers(0, 3600 * 24 * 400))
def test_a_span_never_says_more_than_there_is(seconds):
    number, unit = status.span_in_words(seconds).split()
    size = {"minute": 60, "hour": 3600, "day": 86400}[unit.removesuffix("s")]
    assert int(number) * size <= seconds < (int(number) + 1) * size


def test_badge_has_icon_and_word(render):
    html = render('{% badge "urgent" "danger" %}')
    assert text_of(html) == "urgent"
    assert html.count('<svg class="icon"') == 1


def test_an_unknown_tone_or_icon_is_refused(render):
    with pytest.raises(ValueError, match="There is no tone 'pink'"):
        render('{% badge "x" "pink" %}')
    with pytest.raises(KeyError, match="unicorn"):
        render('{% icon "unicorn" %}')


def test_every_icon_is_one_drawing_of_plain_shapes():
    for name, drawing in icons.DRAWINGS.items():
        assert re.fullmatch(r"(<(path|circle)( (d|cx|cy|r)=\"[^\"]*\")+/>)+", drawing), name
    assert icons.DRAWINGS.keys() >= icons.DIRECTIONAL


@pytest.mark.parametrize(
    ("value", "words"), [(True, "yes"), (False, "no"), (None, "not known"), ("", "not known"), (0, "0"), ("el", "el")]
)
def test_an_absence_is_never_an_empty_place(render, value, words):
    assert text_of(render("{{ value|known }}", value=value)) == words


def test_tile_tells_nought_from_not_known(render):
    assert text_of(render('{% tile "Overdue" 0 %}')) == "Overdue 0"
    assert text_of(render('{% tile "Overdue" None reason="nobody counted" %}')) == "Overdue not known nobody counted"
    assert text_of(render('{% tile "Screened" 1284 source="Screenings" url="/x/" %}')) == "Screened 1,284 Screenings"


HOSTILE_PARTS = [
    "{% badge bad %}",
    "{% tile bad bad unit=bad reason=bad source=bad %}",
    "{% notice title=bad %}{{ bad }}{% endnotice %}",
    "{% page_header bad lead=bad crumbs=crumbs %}{{ bad }}{% endpage_header %}",
    "{% card bad aside=bad %}{{ bad }}{% endcard %}",
    "{% facts crumbs %}",
    "{% timeline events %}",
    "{% empty bad bad action=bad url=bad %}",
    "{% steps labels current=2 %}",
    "{% progress 1 2 bad %}",
    "{% tabs events label=bad %}",
    "{% confirm bad title=bad trigger=bad submit=bad action=bad csrf=bad %}{{ bad }}{% endconfirm %}",
    "{% plain_table labels rows caption=bad note=bad %}",
    "{% answers name=bad current=bad %}",
    "{% back_link bad bad %}",
    "{{ bad|known }}{{ bad|number }}",
]


@pytest.mark.parametrize("part", HOSTILE_PARTS)
def test_no_part_lets_text_become_markup(render, part):
    event = {"title": HOSTILE, "when": NOW, "who": HOSTILE, "text": HOSTILE, "label": HOSTILE, "url": HOSTILE}
    html = render(
        part, bad=HOSTILE, crumbs=[(HOSTILE, HOSTILE)], events=[event], labels=[HOSTILE] * 2, rows=[[HOSTILE] * 2]
    )
    assert "<script>" not in html
    assert "&lt;script&gt;" in html


def test_page_header_is_the_only_h1(render):
    html = render('{% page_header "P-1" crumbs=crumbs %}{% endpage_header %}', crumbs=[("Cases", "/cases/")])
    assert re.findall(r"<h1>(.*?)</h1>", html) == ["P-1"]
    assert "page-header__actions" not in html
    assert '<a href="/cases/">Cases</a>' in html


def test_steps_say_which_is_current(render):
    html = render("{% steps labels current=2 %}", labels=["Ask", "Consent", "Refer"])
    assert text_of(html) == "Ask (done) 2 Consent 3 Refer"
    assert html.count('aria-current="step"') == 1


def test_pages_keep_the_rest_of_the_query(render):
    page = Paginator(range(100), 10).page(5)
    html = render("{% pages page %}", page=page, query={"status": "open", "page": "5"})
    assert set(re.findall(r'href="([^"]*)"', html)) == {f"?status=open&amp;page={number}" for number in (1, 4, 6, 10)}
    assert text_of(html).startswith("41 to 50 of 100")


def test_answers_carry_their_value_and_yes_stands_no_larger_than_no(render):
    html = render('{% answers current="no" %}')
    assert re.findall(r'value="(\w+)"', html) == ["yes", "no", "not_known", "not_asked"]
    assert html.count("answer--main") == 2
    assert re.findall(r'value="(\w+)"\s+aria-pressed', html) == ["no"]


def test_plain_table_refuses_a_row_of_another_length(render):
    with pytest.raises(ValueError, match="zip"):
        render("{% plain_table columns rows %}", columns=["a", "b"], rows=[[1]])


def test_plain_table_names_each_cell_for_narrow_screens(render):
    html = render(
        '{% plain_table columns rows numeric="2" %}', columns=["Agency", "Count"], rows=[["A", 3], ["B", None]]
    )
    assert html.count('data-label="Count"') == 2
    assert html.count('class="num"') == 3
    assert "not known" in html
