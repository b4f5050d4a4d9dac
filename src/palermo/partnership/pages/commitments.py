"""Commitments: the list, one with its provisions, texts and gaps; to load those of the vocabulary; to add a text."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from palermo.office.domain.rights import may
from palermo.office.pages.doors import Sheet, acts, form_page, posts, reads, sent
from palermo.partnership.domain.commitments import (
    ADD_INSTRUMENT,
    ADD_PROVISION,
    ADD_TEXT,
    LOAD,
    READ,
    add_instrument,
    add_provision,
    add_text_version,
    load_commitments,
)
from palermo.partnership.enums import Addressee, Grade, Standing
from palermo.partnership.models import Instrument, Provision
from palermo.partnership.pages.fields import ClearedForm, DayField, language_choices
from palermo.partnership.pages.states import GAP_TONES
from palermo.partnership.queries.commitments import commitment, commitments
from palermo.partnership.queries.law import current_gaps
from palermo.vocabulary.commitments import GRADES
from palermo.vocabulary.places import languages
from palermo.vocabulary.states import load_states
from palermo.vocabulary.themes import load_themes

GRADE_TONES = {Grade.A: "safe", Grade.B: "info", Grade.C: "warn"}


def crumbs(instrument: Instrument | None = None) -> tuple[tuple[Any, str], ...]:
    """The way back from a page of commitments."""
    first = (_("Commitments"), reverse("partnership:commitments"))
    if instrument is None:
        return (first,)
    return (first, (instrument.symbol, reverse("partnership:commitment", args=[instrument.pk])))


class Narrow(forms.Form):
    addressee = forms.ChoiceField(label=_("Addressed to"), required=False, choices=[("", _("all")), *Addressee.choices])
    theme = forms.ChoiceField(
        label=_("Theme"),
        required=False,
        choices=lambda: [("", _("all")), *sorted((code, one.label) for code, one in load_themes().items())],
    )
    grade = forms.ChoiceField(label=_("Grade"), required=False, choices=[("", _("all")), *Grade.choices])

    def keeps(self, instrument: Instrument) -> bool:
        """Whether the list shows it."""
        asked = self.cleaned_data if self.is_valid() else {}
        provisions = [
            one
            for one in instrument.provisions.all()
            if (asked.get("addressee") or one.addressee) == one.addressee
            and (not asked.get("theme") or asked["theme"] in one.themes)
        ]
        return bool(provisions) and (asked.get("grade") or instrument.grade) == instrument.grade


@reads(READ)
def commitment_list(request: HttpRequest) -> HttpResponse:
    """Every commitment that the reader's clearance opens, by date. Three statements."""
    form = Narrow(request.GET or None)
    found = [one for one in commitments() if form.keeps(one)]
    themes = load_themes()
    lines = [(one, [themes[code].label for code in _themes(one) if code in themes]) for one in found]
    context = {
        "form": form,
        "lines": lines,
        "grades": GRADES,
        "tones": GRADE_TONES,
        "may_load": may(request.user, LOAD),
    }
    return render(request, "partnership/commitments.html", context)


def _themes(instrument: Instrument) -> list[str]:
    return list(dict.fromkeys(code for one in instrument.provisions.all() for code in one.themes))


@reads(READ)
def commitment_page(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One commitment: provisions with their texts, and how each State stands to them."""
    instrument = commitment(pk)
    if instrument is None:
        raise Http404
    states, words, themes = load_states(), languages(), load_themes()
    gaps = current_gaps(instrument.provisions.all())
    provisions = [
        {
            "provision": one,
            "themes": [themes[code].label for code in one.themes if code in themes],
            "texts": [(text, words.get(text.language, text.language)) for text in one.texts.all()],
            "gaps": [(gap, states[gap.state].name) for gap in gaps[one.pk]],
        }
        for one in instrument.provisions.all()
    ]
    context = {
        "instrument": instrument,
        "grade": GRADES[instrument.grade],
        "tones": GRADE_TONES,
        "gap_tones": GAP_TONES,
        "provisions": provisions,
        "may_write": instrument.office_id == request.user.agency_id and may(request.user, ADD_TEXT),
        "crumbs": crumbs(),
    }
    return render(request, "partnership/commitment.html", context)


@posts(LOAD)
def commitments_load(request: HttpRequest) -> HttpResponse:
    """Enter the commitments that ship with Palermo."""
    new = load_commitments(member=request.user)
    messages.success(request, _("%(n)d commitments were new.") % {"n": new})
    return redirect("partnership:commitments")


class TextForm(forms.Form):
    language = forms.ChoiceField(label=_("Language"), choices=language_choices)
    standing = forms.ChoiceField(label=_("Standing"), choices=Standing.choices, widget=forms.RadioSelect)
    text = forms.CharField(label=_("Text"), widget=forms.Textarea(attrs={"rows": 8}))
    source = forms.CharField(label=_("Source"), max_length=400)


@acts(ADD_TEXT)
def text_add(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Add the text of a provision in a language."""
    provision = get_object_or_404(Provision.objects.select_related("instrument"), pk=pk)
    sheet = Sheet(
        title=_("Add a text"),
        submit=_("Add"),
        back=reverse("partnership:commitment", args=[provision.instrument_id]),
        crumbs=crumbs(provision.instrument),
        lead=provision.instrument.title,
        done=_("The text is added."),
    )

    def act(said: dict[str, Any]) -> None:
        add_text_version(member=request.user, provision=provision, **said)

    return form_page(request, sheet, TextForm(sent(request), initial={"language": "eng"}), act)


class InstrumentForm(ClearedForm):
    symbol = forms.CharField(label=_("Symbol"), max_length=80)
    title = forms.CharField(label=_("Title"), max_length=300)
    body = forms.CharField(label=_("Adopted by"), max_length=120)
    meeting = forms.CharField(label=_("Meeting"), max_length=120, required=False)
    adopted_on = DayField(label=_("Adopted on"))
    source = forms.CharField(label=_("Source"), max_length=400)
    grade = forms.ChoiceField(label=_("How well was the source read?"), choices=Grade.choices, widget=forms.RadioSelect)
    grade_note = forms.CharField(label=_("To check"), max_length=300, required=False)


@acts(ADD_INSTRUMENT)
def instrument_add(request: HttpRequest) -> HttpResponse:
    """Enter an instrument."""
    sheet = Sheet(
        title=_("Add an instrument"),
        submit=_("Add"),
        back=reverse("partnership:commitments"),
        crumbs=crumbs(),
        done=_("The instrument is entered. Add its paragraphs."),
    )

    def act(said: dict[str, Any]) -> str:
        return reverse("partnership:commitment", args=[add_instrument(member=request.user, **said).pk])

    return form_page(request, sheet, InstrumentForm(sent(request), member=request.user), act)


class ProvisionForm(TextForm):
    field_order = ("paragraph", "addressee", "themes")

    paragraph = forms.CharField(label=_("Paragraph"), max_length=40, required=False)
    addressee = forms.ChoiceField(label=_("Addressed to"), choices=Addressee.choices, widget=forms.RadioSelect)
    themes = forms.MultipleChoiceField(
        label=_("Themes"), required=False, choices=lambda: [(code, one.label) for code, one in load_themes().items()]
    )


@acts(ADD_PROVISION)
def provision_add(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Enter a paragraph of an instrument."""
    instrument = get_object_or_404(Instrument, pk=pk)
    sheet = Sheet(
        title=_("Add a paragraph"),
        submit=_("Add"),
        back=reverse("partnership:commitment", args=[pk]),
        crumbs=crumbs(instrument),
        lead=instrument.title,
        done=_("The paragraph is entered."),
    )

    def act(said: dict[str, Any]) -> None:
        add_provision(member=request.user, instrument=instrument, **said)

    return form_page(request, sheet, ProvisionForm(sent(request), initial={"language": "eng"}), act)
