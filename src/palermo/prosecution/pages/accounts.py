"""One account of a ledger: its balance over time and its rows. And the graph of all accounts."""

from decimal import Decimal
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from palermo.prosecution.domain.investigations import READ
from palermo.prosecution.enums import BookState
from palermo.prosecution.methods.minor_units import exponent
from palermo.prosecution.models import Book
from palermo.prosecution.pages import cells
from palermo.prosecution.pages.doors import address, crumbs, investigation_of, reads
from palermo.prosecution.pages.findings import people_in
from palermo.prosecution.pages.money import book_of
from palermo.prosecution.pages.pictured import graph, kinds_of
from palermo.prosecution.pages.pictures.flow import flows_of
from palermo.prosecution.pages.spans import Span, span_of
from palermo.prosecution.queries.accounts import changes, moves_in, rows_at
from palermo.prosecution.queries.books import currencies, names_in, rows_of
from palermo.prosecution.queries.investigations import accounts_of
from palermo.prosecution.queries.sealed import opened
from palermo.ui.charts import kinds as charts

_PER_PAGE, _MOST_LINES = 50, 60


def _made(pk: UUID) -> Book:
    one = book_of(pk)
    if one.state not in (BookState.DRAFT, BookState.READY):
        raise Http404
    return one


def _way_back(one: Book) -> tuple[tuple[Any, str], ...]:
    found = one.investigation
    return crumbs(found, (_("Money"), address("money", found.pk)), (_("Ledger"), address("book", one.pk)))


def _between(rows: Any, span: Span) -> Any:
    """The rows of a span of days."""
    days = rows["time"].dt.strftime("%Y-%m-%d")
    if span.since:
        rows, days = rows.filter(days >= span.since), days.filter(days >= span.since)
    return rows.filter(days <= span.until) if span.until else rows


@reads(READ)
def account(request: HttpRequest, pk: UUID, number: int) -> HttpResponse:
    """One account; its number is its place in the order of names, so that no address holds an account number."""
    one = _made(pk)
    every = rows_of(one)
    names = names_in(every)
    if number >= len(names):
        raise Http404
    investigation_of(request, one.investigation_id, "account")
    name, order = names[number], {other: n for n, other in enumerate(names)}
    rows = rows_at(every, name)
    span = span_of(request, rows["time"].dt.strftime("%Y-%m-%d").to_list())
    shown = _between(rows, span)
    page = Paginator(range(shown.height), _PER_PAGE).get_page(request.GET.get("page"))
    part = shown.slice((page.number - 1) * _PER_PAGE, _PER_PAGE)
    report = opened(one.sealed_report)
    about = [known for known in report["accounts"] if known["account"] == name]
    owner = accounts_of(one.investigation_id).get(name)
    context = {
        "book": one,
        "investigation": one.investigation,
        "crumbs": _way_back(one),
        "name": name,
        "owner": owner,
        "about": about,
        "pictures": [_balance(rows, name, known["currency"], report) for known in about],
        "span": span,
        "page": page,
        "columns": [_("Date"), _("Other side"), _("In"), _("Out"), _("Currency"), _("Purpose"), _("File"), _("Line")],
        "lines": [_line(one, row, name, order) for row in part.iter_rows(named=True)],
    }
    return render(request, "prosecution/account.html", context)


def _line(one: Book, row: dict[str, Any], name: str, order: dict[str, int]) -> tuple[Any, ...]:
    into = row["target"] == name
    other = (row["source"] if into else row["target"]) or ""
    far = (
        cells.link(address("account", one.pk, order[other]), cells.whole(other)) if other in order else cells.short("")
    )
    return (
        row["time"],
        far,
        row["amount"] if into else "–",
        "–" if into else row["amount"],
        row["currency"],
        row["text"][:80] or "–",
        row["file"],
        row["line"],
    )


def _balance(rows: Any, name: str, currency: str, report: dict[str, Any]) -> Any:
    """The balance after each day, from the opening balance on; without one it starts from nought and says so."""
    minor = next((value for account, unit, value in report["opening"] if (account, unit) == (name, currency)), None)
    start = Decimal(minor or 0) / 10 ** exponent(currency)
    running, points = start, []
    for day, change in changes(rows, currency):
        running += change
        points.append({"day": day.isoformat(), "balance": float(running)})
    lead = "" if minor is not None else _("The opening balance is not known: the line starts from nought.")
    return charts.lines(
        points,
        time="day",
        value="balance",
        title=_("Balance in %(unit)s") % {"unit": currency},
        labels={"day": _("Day"), "balance": currency},
        lead=str(lead),
        source=str(_("Statements of the investigation")),
    )


@reads(READ)
def money_graph(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Who pays whom within a span of days: the largest flows between accounts."""
    one = _made(pk)
    investigation_of(request, one.investigation_id, "graph")
    units = currencies(opened(one.sealed_report))
    unit = request.GET.get("currency", units[0])
    unit = unit if unit in units else units[0]
    rows = rows_of(one)
    rows = rows.filter(rows["currency"] == unit)
    span = span_of(request, rows["time"].dt.strftime("%Y-%m-%d").to_list())
    moves = moves_in(_between(rows, span), exponent(unit))
    flows = flows_of(moves, most=_MOST_LINES)
    owners = accounts_of(one.investigation_id)
    label = str(_("Payments between accounts"))
    context = {
        "book": one,
        "investigation": one.investigation,
        "crumbs": _way_back(one),
        "span": span,
        "picture": graph(flows, label=label, currency=unit, kinds=kinds_of(owners)),
        "people": people_in(owners, {name for flow in flows for name in (flow.source, flow.target)}),
        "shown": len(flows),
    }
    return render(request, "prosecution/graph.html", context)
