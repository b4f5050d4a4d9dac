"""What was found: rules side by side, the flow under each, paths with rows, what to freeze, patterns, flags."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _
from django_htmx.http import HttpResponseClientRefresh

from palermo.prosecution.domain.investigations import READ
from palermo.prosecution.enums import AnalysisKind, AnalysisState
from palermo.prosecution.methods.tracing import RULES, Rule
from palermo.prosecution.models import Analysis, Party
from palermo.prosecution.pages import cells
from palermo.prosecution.pages.doors import address, crumbs, investigation_of, reads
from palermo.prosecution.pages.pictured import kinds_of, sankey
from palermo.prosecution.pages.pictures.flow import flows_of
from palermo.prosecution.pages.spans import span_of
from palermo.prosecution.queries.books import part_of
from palermo.prosecution.queries.freezing import with_holders
from palermo.prosecution.queries.investigations import accounts_of
from palermo.prosecution.queries.sealed import opened
from palermo.ui.components.status import badge

_MOST_PATHS = 40
ROW_COLUMNS = [_("Row"), _("Date"), _("From"), _("To"), _("Amount"), _("Purpose"), _("File"), _("Line"), "SHA-256"]


def analysis_of(request: HttpRequest, pk: UUID, part: str) -> Analysis:
    """A question with its ledger; reading the answer is logged."""
    one = get_object_or_404(Analysis.objects.select_related("investigation", "investigation__agency", "book"), pk=pk)
    investigation_of(request, one.investigation_id, part)
    return one


def frame(one: Analysis) -> dict[str, Any]:
    """What stands around every answer."""
    found = one.investigation
    return {
        "analysis": one,
        "investigation": found,
        "question": opened(one.sealed_question),
        "problem": opened(one.sealed_problem).get("message", ""),
        "crumbs": crumbs(found, (_("Money"), address("money", found.pk)), (_("Ledger"), address("book", one.book_id))),
    }


def row_lines(ids: list[str], rows: dict[str, list[Any]]) -> list[tuple[Any, ...]]:
    """The rows of the ledger behind a finding."""
    return [
        (name, day, cells.whole(source), cells.whole(target), amount, text or "–", file, line, sha256[:12])
        for name in ids
        if name in rows
        for day, source, target, amount, text, file, line, sha256 in [rows[name]]
    ]


@reads(READ)
def analysis(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The answer, or how far the work is."""
    one = analysis_of(request, pk, "analysis")
    if one.state in (AnalysisState.QUEUED, AnalysisState.WORKING, AnalysisState.FAILED):
        if getattr(request, "htmx", False) and one.state == AnalysisState.FAILED:
            return HttpResponseClientRefresh()
        return render(request, "prosecution/waiting.html", frame(one))
    if getattr(request, "htmx", False):
        return HttpResponseClientRefresh()
    if one.kind == AnalysisKind.TRACE:
        return _rules(request, one)
    if one.kind == AnalysisKind.BACK:
        return _back(request, one)
    return _patterns(request, one) if one.kind == AnalysisKind.PATTERNS else _flags(request, one)


def _back(request: HttpRequest, one: Analysis) -> HttpResponse:
    told = part_of(one, AnalysisKind.BACK)
    words = {
        "outside": _("came in from outside to"),
        "opening": _("was there before the ledger begins, in"),
        "overdraft": _("was lent by the bank of"),
    }
    context = {
        **frame(one),
        "told": told,
        "columns": [_("What it was"), _("Account"), told["currency"]],
        "sums": [(words[kind], cells.whole(account), amount) for kind, account, amount in told["sums"]],
        "row_columns": ROW_COLUMNS,
        "payment": row_lines([told["row"]], told["rows"]),
        "left_out": told["total"] - len(told["origins"]),
        "origins": [
            {
                "amount": part["amount"],
                "words": words[part["kind"]],
                "account": cells.whole(part["account"]),
                "rows": row_lines(part["rows"], told["rows"]),
            }
            for part in told["origins"]
        ],
    }
    return render(request, "prosecution/back.html", context)


def trace_tabs(one: Analysis, current: str) -> list[dict[str, Any]]:
    """The parts of a trace."""
    parts = [
        ("analysis", _("Rules side by side"), address("analysis", one.pk)),
        ("flow", _("Flow and paths"), address("flow", one.pk, Rule.FIFO.value)),
        ("freeze", _("What to freeze"), address("freeze", one.pk)),
    ]
    return [{"label": label, "url": url, "current": name == current, "count": None} for name, label, url in parts]


def _rules(request: HttpRequest, one: Analysis) -> HttpResponse:
    told = part_of(one, "survivors")
    rows = [
        (
            cells.link(address("flow", one.pk, name), rule["title"]),
            rule["traced"],
            rule["held"],
            rule["dissipated"],
            rule["unidentified"],
            rule["rows_touched"],
            badge(_("decides"), "info") if rule["decides"] else badge(_("beside"), "neutral"),
        )
        for name, rule in told["rules"].items()
    ]
    context = {
        **frame(one),
        "told": told,
        "tabs": trace_tabs(one, "analysis"),
        "columns": [_("Rule"), _("Traced"), _("Held now"), _("Gone"), _("Not identified"), _("Rows"), ""],
        "rows": rows,
        "survives_columns": [_("Account"), told["currency"], _("Balance after the last row")],
        "survives": [
            (cells.whole(part["account"]), part["amount"], told["balances"].get(part["account"], "–"))
            for part in told["survives"]
        ],
    }
    return render(request, "prosecution/trace.html", context)


@reads(READ)
def flow(request: HttpRequest, pk: UUID, rule: str) -> HttpResponse:
    """The flow under one rule within a span of days; another rule is one click away."""
    if rule not in list(Rule):
        raise Http404
    one = analysis_of(request, pk, "flow")
    told = part_of(one, rule)
    span = span_of(request, [move[0] for move in told["moves"]])
    owners = accounts_of(one.investigation_id)
    flows = flows_of(told["moves"], since=span.since, until=span.until)
    title = RULES[Rule(rule)].title
    words = {"outside": _("went outside"), "held": _("still held"), "overdraft": _("repaid an overdraft")}
    context = {
        **frame(one),
        "told": told,
        # The command line names a field of its answer; here the range stands on the page.
        "warnings": [warning.replace("; see `order`.", ".") for warning in told["warnings"]],
        "tabs": trace_tabs(one, "flow"),
        "span": span,
        "rules": [
            {
                "label": RULES[other].title,
                "url": f"{address('flow', one.pk, other.value)}?{request.GET.urlencode()}",
                "current": other.value == rule,
                "count": None,
            }
            for other in Rule
        ],
        "picture": sankey(flows, label=title, currency=told["currency"], kinds=kinds_of(owners)),
        "people": people_in(owners, {name for one in flows for name in (one.source, one.target)}),
        "left_out": max(told["moves_total"] - len(told["moves"]), 0),
        "paths": [
            {
                "amount": path["amount"],
                "ends": words.get(path["ends"], path["ends"]),
                "accounts": [cells.whole(name) for name in path["accounts"]],
                "rows": row_lines(path["rows"], told["rows"]),
            }
            for path in told["paths"][:_MOST_PATHS]
        ],
        "row_columns": ROW_COLUMNS,
    }
    return render(request, "prosecution/flow.html", context)


def people_in(owners: dict[str, Party], names: set[str]) -> list[tuple[Any, ...]]:
    """Whose the accounts of a picture are, as far as it is noted."""
    return [
        (cells.whole(name), cells.link(address("party", party.pk), party.label), cells.roles(party))
        for name, party in sorted(owners.items())
        if name in names
    ]


@reads(READ)
def freeze(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Accounts by what is still there under every deciding rule. A victim's account is protected, not frozen."""
    one = analysis_of(request, pk, "freeze")
    told = part_of(one, "survivors")
    held = {part["account"] for part in opened(one.book.sealed_report)["accounts"]}
    listed = with_holders(told["freeze"], accounts_of(one.investigation_id))
    rows = [
        (
            n,
            cells.whole(line.account),
            cells.link(address("party", line.party.pk), line.party.label) if line.party else _("not known"),
            line.sure,
            line.most,
            line.balance,
            line.leaving,
            badge(_("victim’s: protect, do not freeze"), "safe")
            if line.protected
            else ("–" if line.account in held else badge(_("no statement held: ask its bank"), "warn")),
            "–"
            if line.protected
            else cells.link(
                f"{address('asset_add', one.investigation_id)}?from={one.pk}&line={n}", _("Record as asset")
            ),
        )
        for n, line in enumerate(listed, 1)
    ]
    columns = [
        "",
        _("Account"),
        _("Holder"),
        _("Every rule"),
        _("Some rule, at most"),
        _("Balance"),
        _("Leaves a day"),
        "",
        "",
    ]
    context = {**frame(one), "told": told, "tabs": trace_tabs(one, "freeze"), "columns": columns, "rows": rows}
    return render(request, "prosecution/freeze.html", context)


def _patterns(request: HttpRequest, one: Analysis) -> HttpResponse:
    told = part_of(one, AnalysisKind.PATTERNS)
    owners = accounts_of(one.investigation_id)
    kinds = [
        {
            **text,
            "count": told["counts"][kind],
            "found": [
                {
                    **pattern,
                    "account": cells.whole(pattern["account"]),
                    "holder": owners.get(pattern["account"]),
                    "lines": row_lines(pattern["rows"][:50], told["rows"]),
                }
                for pattern in told["patterns"]
                if pattern["kind"] == kind
            ][:20],
        }
        for kind, text in told["kinds"].items()
        if told["counts"][kind]
    ]
    context = {**frame(one), "kinds": kinds, "caution": told["caution"], "row_columns": ROW_COLUMNS}
    return render(request, "prosecution/patterns.html", context)


def _flags(request: HttpRequest, one: Analysis) -> HttpResponse:
    told = part_of(one, AnalysisKind.FLAGS)
    owners = accounts_of(one.investigation_id)
    victims = {account for account, party in owners.items() if party.is_victim}

    def shown(sign: dict[str, Any]) -> dict[str, Any]:
        subjects = [name for name in sign["subjects"] if name not in victims]
        protect = [*sign["protect"], *(name for name in sign["subjects"] if name in victims)]
        return {
            **sign,
            "text": told["flags"][sign["flag"]],
            "subjects": [cells.whole(name) for name in subjects],
            "protect": [cells.whole(name) for name in dict.fromkeys(protect)],
            "lines": row_lines(sign["rows"][:50], told["rows"]),
        }

    context = {
        **frame(one),
        "alerts": [
            {**alert, "subject": cells.whole(alert["subject"]), "signs": [shown(sign) for sign in alert["signs"]]}
            for alert in told["alerts"]
            if alert["subject"] not in victims
        ],
        "signs": [shown(sign) for sign in told["signs"][:100]],
        "more": max(len(told["signs"]) - 100, 0),
        "needs": [(name, ", ".join(one["missing"])) for name, one in sorted(told["not_looked_for"].items())],
        "caution": told["caution"],
        "row_columns": ROW_COLUMNS,
    }
    return render(request, "prosecution/flags.html", context)
