"""Work lists: columns that every room needs, sorting that keeps the query, an empty list that says what to do."""

import re
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import django_tables2 as tables
import pytest
from django.test import RequestFactory

from palermo.ui.tables import BadgeColumn, DeadlineColumn, MainColumn, NumberColumn, WorkTable

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


class Work(WorkTable):
    case = MainColumn()
    status = BadgeColumn({"open": "warn"})
    hours = NumberColumn(orderable=False)
    due = DeadlineColumn(done="done")
    caption = "Waiting"
    empty_text = "Nothing waits"
    empty_help = "It fills when an agency refers."


def record(case, **more):
    return {"case": case, "status": "open", "hours": 3, "due": LONG_AGO, "done": None} | more


def html_of(rows, query="", per_page=25, table=Work):
    request = RequestFactory().get(f"/list/?{query}")
    made = table(rows)
    tables.RequestConfig(request, paginate={"per_page": per_page}).configure(made)
    return made.as_html(request)


def text_of(html):
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_each_row_is_read_with_its_headings():
    html = html_of([record("P-1")])
    assert re.findall(r'data-label="(\w+)"', html) == ["Case", "Status", "Hours", "Due"]
    assert "<caption>Waiting</caption>" in html
    assert re.search(r"P-1 open 3 Overdue by \d+ days", text_of(html))
    assert 'aria-label="Waiting"' in html


def test_a_status_takes_the_words_of_its_model():
    shown = SimpleNamespace(
        case="P-1", status="open", hours=1, due=None, done=None, get_status_display=lambda: "Still open"
    )
    html = html_of([shown])
    assert "Still open" in text_of(html)
    assert "tone-warn" in html


def test_what_is_done_is_no_longer_overdue():
    assert "Done in time" in text_of(html_of([record("P-1", done=LONG_AGO - timedelta(hours=1))]))


def test_a_value_without_a_tone_is_neutral():
    assert "tone-neutral" in html_of([record("P-1", status="closed")])


@pytest.mark.parametrize(
    ("query", "address", "sort"),
    [
        ("status=open", "?status=open&amp;sort=case", None),
        ("sort=case", "?sort=-case", "ascending"),
        ("sort=-case", "?sort=case", "descending"),
    ],
)
def test_sorting_keeps_the_query_and_says_its_direction(query, address, sort):
    head = re.search(r"<thead>.*?</thead>", html_of([record("P-1")], query), re.DOTALL).group()
    assert re.search(r'href="([^"]+)">\s*Case', head).group(1) == address
    assert re.findall(r'aria-sort="(\w+)"', head) == ([sort] if sort else [])


def test_a_column_that_cannot_be_sorted_is_no_link():
    head = re.search(r"<thead>.*?</thead>", html_of([record("P-1")]), re.DOTALL).group()
    assert len(re.findall(r"<a ", head)) == 3


def test_long_lists_have_pages():
    rows = [record(f"P-{n}") for n in range(7)]
    html = html_of(rows, "status=open&page=2", per_page=3)
    assert re.findall(r"P-\d", html) == ["P-3", "P-4", "P-5"]
    assert "4 to 6 of 7" in text_of(html)
    assert 'href="?status=open&amp;page=3"' in html


def test_an_empty_list_says_what_to_do():
    assert text_of(html_of([])).endswith("Nothing waits It fills when an agency refers.")


def test_text_in_a_cell_stays_text():
    assert "&lt;b&gt;" in html_of([record("<b>", status="<i>")])
    assert "<b>" not in html_of([record("<b>", status="<i>")])


class Summed(Work):
    hours = NumberColumn(footer=lambda table: sum(row["hours"] for row in table.data))


def test_a_sum_stands_below():
    assert re.search(r"<tfoot>.*\b6\b.*</tfoot>", html_of([record("a"), record("b")], table=Summed), re.DOTALL)
