"""What leaves the room: ask for an evidence file, a goAML report, entities or rows, and take out what was made."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _

from palermo.prosecution.domain.exports import ASK, FORMS, TAKE, ask_export, take_export
from palermo.prosecution.domain.investigations import READ
from palermo.prosecution.enums import ExportKind, ExportState
from palermo.prosecution.formats.goaml import read_profile
from palermo.prosecution.formats.goaml.profile import profile_names
from palermo.prosecution.models import Export, Investigation
from palermo.prosecution.pages import tones
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
    words_of,
)
from palermo.prosecution.queries.books import accepted_book, names_in, newest_book, rows_of, units_of
from palermo.prosecution.queries.sealed import opened
from palermo.ui.components.status import badge
from palermo.vocabulary.errors import Refusal

#: What a report says of the reporter, kept from the last one.
_KEPT = ("profile", "entity_id", "branch", "reporter", "address", "city", "country")


class EvidenceForm(forms.Form):
    accounts = forms.MultipleChoiceField(
        label=_("Whose payments are followed?"), help_text=_("Everything that these accounts paid is one claim each.")
    )
    currency = forms.ChoiceField(label=_("Currency"))
    through_unproven = forms.BooleanField(
        label=_("Follow also through accounts that are not proven"),
        required=False,
        help_text=_("The finding then rests on the assumption that no statement of theirs is missing."),
    )
    exchanges = forms.CharField(
        label=_("Changes of currency, if claims are followed through them"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_(
            "A line: the row of the payment out and of the payment in, apart by a space. All currencies count."
        ),
    )
    rates = forms.CharField(
        label=_("Dated rates to hold them to"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("A line: 2026-01-31 EUR USD 1.0842. A rate checks a pair; it is no source of amounts."),
    )

    def __init__(self, *args: Any, names: list[str], units: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["accounts"].choices = [(name, name) for name in names]  # type: ignore[attr-defined]
        self.fields["currency"].choices = [(unit, unit) for unit in units]  # type: ignore[attr-defined]


class GoamlForm(forms.Form):
    """What the unit asks for and no record holds."""

    profile = forms.ChoiceField(label=_("Profile of the unit"))
    report_code = forms.CharField(label=_("Report code"), max_length=12, help_text=_("As the unit lists them: STR …"))
    entity_id = forms.CharField(label=_("Number of the reporting office at the unit"), max_length=20)
    branch = forms.CharField(label=_("Branch"), max_length=80)
    reporter = forms.CharField(label=_("Who reports: first and last name"), max_length=120)
    address = forms.CharField(label=_("Address"), max_length=100)
    city = forms.CharField(label=_("City"), max_length=80)
    country = forms.CharField(label=_("Country, two letters"), min_length=2, max_length=2)
    currency = forms.ChoiceField(label=_("Currency"))
    indicators = forms.CharField(label=_("The unit’s codes of indicators, with commas"), max_length=300)
    reason = forms.CharField(
        label=_("Reason"),
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Name no victim. The elements that are held are added, by number."),
    )
    action = forms.CharField(label=_("What was done"), required=False, max_length=300)
    only_suspects = forms.BooleanField(label=_("Only rows at the accounts of suspects"), required=False, initial=True)

    def __init__(self, *args: Any, units: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = [(name, read_profile(name).words["title"]) for name in profile_names()]
        self.fields["profile"].choices = names  # type: ignore[attr-defined]
        self.fields["currency"].choices = [(unit, unit) for unit in units]  # type: ignore[attr-defined]


@reads(READ)
def leaving(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What was made, with its state, and what may be asked for."""
    found = investigation_of(request, pk, "leaving")
    made = [
        {
            "export": one,
            "badge": badge(one.get_state_display(), tones.EXPORT[one.state]),  # type: ignore[index]
            "problem": opened(one.sealed_problem).get("message", ""),
        }
        for one in Export.objects.filter(investigation=found)[:50]
    ]
    context = {
        "investigation": found,
        "tabs": tabs(found, "leaving"),
        "made": made,
        "waits": any(one["export"].state == ExportState.QUEUED for one in made),
        "ready": newest_book(found, ready=True),
    }
    return render(request, "prosecution/leaving.html", context)


def _sheet(found: Investigation, title: Any, lead: Any) -> Sheet:
    back = address("leaving", found.pk)
    return Sheet(title=title, submit=_("Make it"), back=back, lead=lead, crumbs=crumbs(found, (_("What leaves"), back)))


@acts(ASK)
def evidence_ask(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = investigation_of(request, pk)
    book = accepted_book(found)
    units = units_of(book)
    lead = _("Report (PDF/UA), rows, findings and a signed manifest that a stranger can make again.")

    def act(said: dict[str, Any]) -> None:
        ask_export(member=request.user, investigation=found, kind=ExportKind.EVIDENCE, asked=said)

    form = EvidenceForm(sent(request), names=names_in(rows_of(book)), units=units, initial={"currency": units[0]})
    return form_page(request, _sheet(found, _("Evidence file"), lead), form, act)


@acts(ASK)
def goaml_ask(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = investigation_of(request, pk)
    units = units_of(accepted_book(found))
    last = Export.objects.filter(kind=ExportKind.GOAML).order_by("-asked_at").first()
    before = opened(last.sealed_asked) if last else {}
    lead = _("A victim is never named in it, and nothing of a secret report stands in it.")

    def act(said: dict[str, Any]) -> None:
        ask_export(member=request.user, investigation=found, kind=ExportKind.GOAML, asked=said)

    initial = {"currency": units[0], **{key: before[key] for key in _KEPT if key in before}}
    form = GoamlForm(sent(request), units=units, initial=initial)
    return form_page(request, _sheet(found, _("goAML report"), lead), form, act)


@posts(ASK)
def rows_ask(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask for what needs no more said: every row as a workbook, or entities."""
    found = investigation_of(request, pk)
    kind = request.POST.get("kind", ExportKind.ROWS)
    if kind in (ExportKind.ROWS, ExportKind.ENTITIES):
        try:
            ask_export(member=request.user, investigation=found, kind=kind, asked={})
        except Refusal as refusal:
            messages.error(request, words_of(refusal))
    return redirect(address("leaving", found.pk))


@posts(TAKE)
def export_take(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The file itself. Its name tells the investigation's code and no person."""
    one = get_object_or_404(Export.objects.select_related("investigation__agency"), pk=pk)
    try:
        data = take_export(member=request.user, export=one)
    except Refusal as refusal:
        messages.error(request, words_of(refusal))
        return redirect(address("leaving", one.investigation_id))
    ending, kind = FORMS[ExportKind(one.kind)]
    headers = {"Content-Disposition": f'attachment; filename="{one.investigation.code}-{one.kind}.{ending}"'}
    return HttpResponse(data, content_type=kind, headers=headers)
