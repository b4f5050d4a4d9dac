"""Statements in: upload under an authority, mend how a bank is read, make the ledger, accept what was merged."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django_htmx.http import HttpResponseClientRefresh

from palermo.prosecution.domain.analyses import SEARCH, TRACE, ask_search, ask_trace
from palermo.prosecution.domain.books import ACCEPT, ASK, accept_book, ask_book
from palermo.prosecution.domain.investigations import READ
from palermo.prosecution.domain.statements import (
    KEEP,
    MEND,
    MOST,
    Upload,
    keep_statements,
    mend_reading,
    save_bank_reading,
)
from palermo.prosecution.enums import AnalysisKind, BookState
from palermo.prosecution.formats.statements import FIELDS
from palermo.prosecution.formats.statements.peek import Peek, is_table, peek
from palermo.prosecution.models import Analysis, BankReading, Book, Investigation, LawfulAuthority, StatementFile
from palermo.prosecution.pages import cells, tones
from palermo.prosecution.pages.doors import (
    Sheet,
    acts,
    address,
    crumbs,
    form_page,
    investigation_of,
    posts,
    reads,
    sent,
    tabs,
)
from palermo.prosecution.queries.books import names_in, newest_book, rows_of, units_of
from palermo.prosecution.queries.sealed import content_of, opened
from palermo.prosecution.queries.statements import Said, reading_of
from palermo.ui.components.status import badge
from palermo.ui.forms import FilesField
from palermo.vocabulary.errors import Refusal

FIELD_WORDS = {
    "date": _("Date"),
    "amount": _("Amount, with its sign"),
    "debit": _("Paid out"),
    "credit": _("Paid in"),
    "balance": _("Balance after it"),
    "party": _("Name of the other side"),
    "party_account": _("Account of the other side"),
    "text": _("Purpose"),
    "account": _("Own account"),
    "currency": _("Currency"),
    "bank_id": _("The bank's own number of the entry"),
}


class UploadForm(forms.Form):
    authority = forms.ModelChoiceField(label=_("Under which authority"), queryset=LawfulAuthority.objects.none())
    bank = forms.CharField(
        label=_("Bank"), max_length=80, help_text=_("How its files are read is kept under this name.")
    )
    files = FilesField(label=_("Files"), help_text=_("CSV, XLSX, camt.052/053/054, MT940/942 or OFX; 50 MB each."))

    def __init__(self, *args: Any, investigation: Investigation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = LawfulAuthority.objects.filter(investigation=investigation)
        self.fields["authority"].queryset = found  # type: ignore[attr-defined]


class MendForm(forms.Form):
    """Which column is which, and what this one file does not say."""

    dates = forms.ChoiceField(
        label=_("Dates are written"),
        required=False,
        choices=[
            ("", _("as they show themselves")),
            ("dmy", "31.12.2026"),
            ("mdy", "12/31/2026"),
            ("ymd", "2026-12-31"),
        ],
    )
    decimal = forms.ChoiceField(
        label=_("Mark before decimals"), required=False, choices=[("", _("as it shows itself")), (",", ","), (".", ".")]
    )
    currency = forms.CharField(label=_("Currency, if no column says it"), required=False, max_length=5)
    account = forms.CharField(label=_("Whose account, if no column says it"), required=False, max_length=80)
    opening = forms.CharField(
        label=_("Opening balance, from paper"),
        required=False,
        max_length=20,
        help_text=_("Only where the file has no balances; with a point: 1234.50"),
    )
    closing = forms.CharField(label=_("Closing balance, from paper"), required=False, max_length=20)

    def __init__(self, *args: Any, header: tuple[str, ...], guessed: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = [("", _("no column")), *((name, name) for name in dict.fromkeys(header) if name)]
        for field in reversed(FIELDS):
            self.fields[f"column_{field}"] = forms.ChoiceField(
                label=FIELD_WORDS[field], required=False, choices=names, initial=guessed.get(field, "")
            )
            self.order_fields([f"column_{field}", *(name for name in self.fields if name != f"column_{field}")])


def _file_rows(found: Investigation) -> list[tuple[Any, ...]]:
    rows = []
    for one in StatementFile.objects.filter(investigation=found).select_related("authority", "item"):
        report = opened(one.sealed_report)
        said = (
            "; ".join(
                f"{cells.short(part['account'])} {part['currency']}: {part['entries']}"
                for part in report.get("accounts", [])
            )
            or report["problem"]["message"]
        )
        rows.append(
            (
                cells.link(address("file", one.pk), opened(one.sealed_name)["name"]),
                one.bank,
                badge(one.get_state_display(), tones.FILE[one.state]),  # type: ignore[index]
                said,
                cells.secret() if one.authority.secret else one.authority.reference,
                one.item.label,
            )
        )
    return rows


@reads(READ)
def money(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = investigation_of(request, pk, "money")
    book = newest_book(found)
    asked = Analysis.objects.filter(investigation=found).select_related("book")[:20]
    context = {
        "investigation": found,
        "tabs": tabs(found, "money"),
        "files": _file_rows(found),
        "file_columns": [_("File"), _("Bank"), _("State"), _("What it holds"), _("Authority"), _("Item")],
        "book": book,
        "book_badge": badge(book.get_state_display(), tones.BOOK[book.state]) if book else "",  # type: ignore[index]
        "ready": newest_book(found, ready=True),
        "analyses": [
            (
                cells.link(address("analysis", one.pk), one.get_kind_display()),
                ", ".join(map(cells.short, opened(one.sealed_question).get("accounts", []))) or "–",
                one.asked_at,
                badge(one.get_state_display(), tones.ANALYSIS[one.state]),  # type: ignore[index]
            )
            for one in asked
        ],
        "analysis_columns": [_("Question"), _("Accounts"), _("Asked"), _("State")],
    }
    return render(request, "prosecution/money.html", context)


@acts(KEEP)
def upload(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = investigation_of(request, pk)
    sheet = Sheet(
        title=_("Upload statements"),
        submit=_("Keep and read them"),
        back=address("money", found.pk),
        crumbs=crumbs(found, (_("Money"), address("money", found.pk))),
        lead=_("Every file is sealed, and becomes an item of evidence with its SHA-256."),
    )

    def act(said: dict[str, Any]) -> str | None:
        large = next((one.name for one in said["files"] if one.size > MOST), None)
        if large:
            raise Refusal(f"{large} is larger than 50 MB", where="files", remedy="Split it by account or year.")
        files = [Upload(one.name, one.read()) for one in said.pop("files")]
        kept = keep_statements(member=request.user, investigation=found, files=files, **said)
        return address("file", kept[0].pk) if len(kept) == 1 else None

    form = UploadForm(sent(request), request.FILES or None, investigation=found)
    return form_page(request, sheet, form, act)


def _peeked(file: StatementFile, said: Said, saved: BankReading | None) -> tuple[Peek | None, Refusal | None]:
    data = content_of(file.pk)
    if not is_table(data):
        return None, None
    try:
        return peek(data, said.name, reading_of(said, saved)), None
    except Refusal as refusal:
        return None, refusal


@acts(MEND)
def file(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One file: its first rows, how they are read, and what comes of it; the columns are mended here."""
    one = get_object_or_404(StatementFile.objects.select_related("investigation", "authority", "item"), pk=pk)
    found = investigation_of(request, one.investigation_id, "file")
    said = Said.of(opened(one.sealed_name)["name"], opened(one.sealed_reading))
    saved = BankReading.objects.filter(bank=one.bank).first()
    seen, _wrong = _peeked(one, said, saved)
    initial = {**said.as_json(), "dates": saved.dates if saved else "", "decimal": saved.decimal if saved else ""}
    initial["currency"] = said.currency or (saved.currency if saved else "")
    form = MendForm(
        sent(request), header=seen.header if seen else (), guessed=seen.columns if seen else {}, initial=initial
    )
    sheet = Sheet(
        title=said.name,
        submit=_("Read it so, and keep this for the bank"),
        back=address("file", one.pk),
        crumbs=crumbs(found, (_("Money"), address("money", found.pk))),
        done=_("Read again."),
    )

    def act(values: dict[str, Any]) -> None:
        columns = {field: values[f"column_{field}"] for field in FIELDS if values[f"column_{field}"]}
        rest = {name: values[name] for name in ("dates", "decimal", "currency")}
        save_bank_reading(member=request.user, bank=one.bank, columns=columns, **rest)
        own = {name: values[name].strip() for name in ("account", "opening", "closing")}
        mend_reading(member=request.user, file=one, said=own)

    report = opened(one.sealed_report)
    context = {
        "file": one,
        "investigation": found,
        "peek": seen,
        "report": report,
        "state": badge(one.get_state_display(), tones.FILE[one.state]),  # type: ignore[index]
        "secret": cells.secret() if one.authority.secret else "",
        "entry_columns": [_("Date"), _("Amount"), _("Other side"), _("Account"), _("Purpose"), _("Row")],
    }
    return form_page(request, sheet, form, act, template="prosecution/file.html", **context)


@posts(ASK)
def book_ask(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = investigation_of(request, pk)
    return redirect(address("book", ask_book(member=request.user, investigation=found).pk))


def book_of(pk: UUID) -> Book:
    """A ledger by its address."""
    return get_object_or_404(Book.objects.select_related("investigation", "investigation__agency"), pk=pk)


@reads(READ)
def book(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A ledger: made or not, what was found wrong, what was merged, and what may be asked of it."""
    one = book_of(pk)
    found = investigation_of(request, one.investigation_id, "book")
    if getattr(request, "htmx", False) and one.state != BookState.QUEUED:
        return HttpResponseClientRefresh()
    report = opened(one.sealed_report)
    context = {
        "book": one,
        "investigation": found,
        "crumbs": crumbs(found, (_("Money"), address("money", found.pk))),
        "report": report,
        "state": badge(one.get_state_display(), tones.BOOK[one.state]),  # type: ignore[index]
    }
    if one.state in (BookState.DRAFT, BookState.READY):
        order = {name: n for n, name in enumerate(names_in(rows_of(one)))}
        context["account_columns"] = [_("Account"), _("Entries"), _("From"), _("Until"), _("Opens"), _("Closes"), ""]
        context["accounts"] = [
            (
                cells.link(address("account", one.pk, order[part["account"]]), cells.whole(part["account"]))
                if part["account"] in order
                else part["account"],
                part["entries"],
                part["from"],
                part["to"],
                part["opening"] or "–",
                part["closing"] or "–",
                badge(_("proven"), "safe") if part["proven"] else badge(_("not proven: closed to tracing"), "warn"),
            )
            for part in report["accounts"]
        ]
        context["merges"] = report["merges"]
    return render(request, "prosecution/book.html", context)


@posts(ACCEPT)
def book_accept(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Accept the merges that stay ticked; the others are kept apart in a new ledger."""
    one = book_of(pk)
    merged = {part["id"] for part in opened(one.sealed_report).get("merges", [])}
    apart = merged - set(request.POST.getlist("merge"))
    return redirect(address("book", accept_book(member=request.user, book=one, apart=sorted(apart)).pk))


class TraceForm(forms.Form):
    accounts = forms.MultipleChoiceField(
        label=_("Whose payments are followed?"), help_text=_("Everything that these accounts paid is one claim each.")
    )
    currency = forms.ChoiceField(label=_("Currency"), required=False)
    opening_enough = forms.BooleanField(
        label=_("Accounts whose statements nobody holds were never overdrawn"), required=False, initial=True
    )
    through_unproven = forms.BooleanField(
        label=_("Follow also through accounts that are not proven"),
        required=False,
        help_text=_("The finding then rests on the assumption that no statement of theirs is missing."),
    )

    def __init__(self, *args: Any, names: list[str], units: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["accounts"].choices = [(name, name) for name in names]  # type: ignore[attr-defined]
        self.fields["currency"].choices = [(unit, unit) for unit in units]  # type: ignore[attr-defined]


class SearchForm(forms.Form):
    kind = forms.ChoiceField(
        label=_("Look for"),
        choices=[choice for choice in AnalysisKind.choices if choice[0] in (AnalysisKind.PATTERNS, AnalysisKind.FLAGS)],
    )
    currency = forms.ChoiceField(label=_("Currency"), required=False)
    threshold = forms.CharField(
        label=_("Reporting duty of the country"), required=False, max_length=12, help_text=_("10000 if left empty.")
    )

    def __init__(self, *args: Any, units: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["currency"].choices = [(unit, unit) for unit in units]  # type: ignore[attr-defined]


def asking(one: Book, title: Any, submit: Any) -> Sheet:
    """What stands around a question to a ledger."""
    back = address("book", one.pk)
    return Sheet(title=title, submit=submit, back=back, crumbs=crumbs(one.investigation, (_("Ledger"), back)))


@acts(TRACE)
def trace_ask(request: HttpRequest, pk: UUID) -> HttpResponse:
    one = book_of(pk)
    units = units_of(one)

    def act(said: dict[str, Any]) -> str:
        return address("analysis", ask_trace(member=request.user, book=one, **said).pk)

    form = TraceForm(sent(request), names=names_in(rows_of(one)), units=units, initial={"currency": units[0]})
    return form_page(request, asking(one, _("Follow the money"), _("Follow it under every rule")), form, act)


@acts(SEARCH)
def search_ask(request: HttpRequest, pk: UUID) -> HttpResponse:
    one = book_of(pk)
    units = units_of(one)

    def act(said: dict[str, Any]) -> str:
        return address("analysis", ask_search(member=request.user, book=one, **said).pk)

    form = SearchForm(sent(request), units=units, initial={"currency": units[0]})
    return form_page(request, asking(one, _("Look for patterns and red flags"), _("Look")), form, act)
