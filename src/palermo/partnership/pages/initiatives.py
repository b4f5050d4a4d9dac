"""An initiative and a step of another body: the page of each, to enter, change and confirm them by hand."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from palermo.office import clock
from palermo.office.domain.rights import may, require_own
from palermo.office.pages.doors import Sheet, acts, form_page, reads, sent
from palermo.partnership.domain.plans import (
    CHANGE,
    CONFIRM_STEP,
    ENTER,
    NOTE_STEP,
    READ,
    Access,
    change_initiative,
    confirm_step,
    enter_initiative,
    note_step,
    read_calendar,
)
from palermo.partnership.enums import Certainty, ExternalBody, ExternalStepKind, InitiativeKind
from palermo.partnership.formats.plan_rows import InitiativeRow, Said, StepRow, initiative_row, step_row
from palermo.partnership.models import ExternalStep
from palermo.partnership.pages.fields import ClearedForm, DayField, StateField, ThemesField, state_choices
from palermo.partnership.pages.visit_looks import theme_labels
from palermo.vocabulary.errors import Refusal
from palermo.vocabulary.states import load_states
from palermo.vocabulary.structures import load_structures

HOME = ((_("Calendar"), "partnership:calendar"),)


def crumbs() -> tuple[tuple[Any, str], ...]:
    return tuple((label, reverse(name)) for label, name in HOME)


def _text(value: Any) -> str:
    if isinstance(value, list | tuple):
        return " ".join(value)
    return "" if value is None else str(value)


def _row(make: Any, said: dict[str, Any]) -> Any:
    """A row as an import makes it, with the same checks; a refusal names the form's field."""
    try:
        return make(Said("", {name: _text(value) for name, value in said.items()}))
    except Refusal as refusal:
        raise Refusal(refusal.message, where=refusal.where.removeprefix(", "), remedy=refusal.remedy) from refusal


class InitiativeForm(ClearedForm):
    title = forms.CharField(label=_("What is it?"), max_length=200)
    structure = forms.ChoiceField(
        label=_("Structure"),
        choices=lambda: [("", "–"), *((code, f"{code} – {one.name}") for code, one in load_structures().items())],
        required=False,
    )
    other = forms.CharField(label=_("Or another body"), required=False, max_length=60)
    kind = forms.ChoiceField(label=_("Kind"), choices=InitiativeKind.choices, initial=InitiativeKind.OTHER)
    starts = DayField(label=_("First day"))
    ends = DayField(label=_("Last day"), required=False)
    states = forms.MultipleChoiceField(
        label=_("States"), choices=state_choices, required=False, help_text=_("None for no State in particular.")
    )
    themes = ThemesField()
    certainty = forms.ChoiceField(label=_("How sure is it?"), choices=Certainty.choices, initial=Certainty.PLANNED)
    note = forms.CharField(label=_("Note"), required=False, widget=forms.Textarea(attrs={"rows": 3}), max_length=2000)

    def row(self, uid: str = "") -> InitiativeRow:
        """What was said, checked as an import is."""
        said = dict(self.cleaned_data)
        said["structure"] = said["structure"] or said["other"]
        row: InitiativeRow = _row(initiative_row, said | {"uid": uid})
        return row

    def access(self) -> Access:
        return Access(self.cleaned_data["clearance"], self.cleaned_data["readers"])


@reads(READ)
def initiative_page(request: HttpRequest, pk: UUID) -> HttpResponse:
    one = get_object_or_404(read_calendar(member=request.user), pk=pk)
    names = load_states()
    context = {
        "title": one.title,
        "lead": one.get_kind_display(),
        "crumbs": crumbs(),
        "facts": [
            (_("Structure"), one.structure),
            (_("Days"), str(one.span)),
            (_("States"), ", ".join(names[code].name for code in one.states) or "–"),
            (_("Themes"), ", ".join(theme_labels(one.themes)) or "–"),
            (_("How sure"), one.get_certainty_display()),
            (_("Source"), one.source or _("entered by hand")),
            (_("Kept by"), one.office.name),
            (_("Who may read it"), one.get_clearance_display()),
        ],
        "note": one.note,
        "change": reverse("partnership:initiative_change", args=[pk])
        if one.office_id == request.user.agency_id and may(request.user, CHANGE)
        else "",
    }
    return render(request, "partnership/plan.html", context)


@acts(ENTER)
def initiative_add(request: HttpRequest) -> HttpResponse:
    sheet = Sheet(
        title=_("Enter an initiative"),
        submit=_("Enter it"),
        back=reverse("partnership:calendar"),
        crumbs=crumbs(),
        lead=_("Conferences, trainings, publications, campaigns: whatever others should know of before they plan."),
        done=_("It is in the calendar."),
    )
    form = InitiativeForm(sent(request), member=request.user)

    def act(_said: dict[str, Any]) -> str:
        one = enter_initiative(member=request.user, row=form.row(), access=form.access())
        return reverse("partnership:initiative", args=[one.pk])

    return form_page(request, sheet, form, act, template="partnership/plan_form.html")


@acts(CHANGE)
def initiative_change(request: HttpRequest, pk: UUID) -> HttpResponse:
    one = get_object_or_404(read_calendar(member=request.user), pk=pk)
    require_own(request.user, one.office_id, CHANGE, what="this initiative")
    back = reverse("partnership:initiative", args=[pk])
    sheet = Sheet(title=_("Change the initiative"), submit=_("Save"), back=back, crumbs=crumbs(), done=_("Saved."))
    names = ("title", "kind", "starts", "ends", "states", "themes", "certainty", "note", "clearance", "readers")
    initial = {name: getattr(one, name) for name in names}
    initial["structure" if one.structure in load_structures() else "other"] = one.structure
    form = InitiativeForm(sent(request), member=request.user, initial=initial)

    def act(_said: dict[str, Any]) -> None:
        change_initiative(member=request.user, initiative=one, row=form.row(one.uid), access=form.access())

    return form_page(request, sheet, form, act, template="partnership/plan_form.html")


class StepForm(ClearedForm):
    body = forms.ChoiceField(label=_("Body"), choices=ExternalBody.choices)
    cycle = forms.CharField(label=_("Round or cycle"), required=False, max_length=60)
    state = StateField()
    step = forms.ChoiceField(label=_("Step"), choices=ExternalStepKind.choices)
    starts = DayField(label=_("First day"))
    ends = DayField(label=_("Last day"), required=False)
    certainty = forms.ChoiceField(label=_("How sure is it?"), choices=Certainty.choices, initial=Certainty.RUMOUR)
    holder = forms.CharField(label=_("Who said so?"), required=False, max_length=200)
    confirmed_on = DayField(label=_("When?"), required=False)
    themes = ThemesField()
    note = forms.CharField(label=_("Note"), required=False, widget=forms.Textarea(attrs={"rows": 3}), max_length=2000)

    def row(self) -> StepRow:
        """What was said, checked as an import is."""
        row: StepRow = _row(step_row, self.cleaned_data)
        return row


@acts(NOTE_STEP)
def step_add(request: HttpRequest) -> HttpResponse:
    sheet = Sheet(
        title=_("Note what another body plans"),
        submit=_("Note it"),
        back=reverse("partnership:calendar"),
        crumbs=crumbs(),
        lead=_("Hearsay counts too: call it a rumour until somebody who knows confirmed it."),
        done=_("Noted. Plans in that State are warned from now on."),
    )
    form = StepForm(sent(request), member=request.user)

    def act(said: dict[str, Any]) -> str:
        step = note_step(member=request.user, row=form.row(), access=Access(said["clearance"], said["readers"]))
        return reverse("partnership:step", args=[step.pk])

    return form_page(request, sheet, form, act, template="partnership/plan_form.html")


@reads(READ)
def step_page(request: HttpRequest, pk: UUID) -> HttpResponse:
    step = get_object_or_404(ExternalStep.objects.select_related("cycle", "office"), pk=pk)
    own = step.office_id == request.user.agency_id
    context = {
        "title": f"{step.cycle}: {step.get_step_display()}",
        "lead": step.state_name,
        "crumbs": crumbs(),
        "facts": [
            (_("Body"), step.cycle.get_body_display()),
            (_("Days"), str(step.span)),
            (_("How sure"), step.get_certainty_display()),
            (_("Holder who confirmed"), step.holder or None, step.confirmed_on or ""),
            (_("Themes"), ", ".join(theme_labels(step.themes)) or "–"),
            (_("Source"), step.source or _("entered by hand")),
            (_("Kept by"), step.office.name),
            (_("Who may read it"), step.get_clearance_display()),
        ],
        "note": step.note,
        "confirm": reverse("partnership:step_confirm", args=[pk]) if own and may(request.user, CONFIRM_STEP) else "",
    }
    return render(request, "partnership/plan.html", context)


class ConfirmForm(forms.Form):
    certainty = forms.ChoiceField(label=_("How sure is it now?"), choices=Certainty.choices)
    holder = forms.CharField(label=_("Who said so?"), required=False, max_length=200)
    on = DayField(label=_("When?"), initial=lambda: clock.now().date())


@acts(CONFIRM_STEP)
def step_confirm(request: HttpRequest, pk: UUID) -> HttpResponse:
    step = get_object_or_404(ExternalStep.objects.select_related("cycle"), pk=pk)
    require_own(request.user, step.office_id, CONFIRM_STEP, what="this entry")
    back = reverse("partnership:step", args=[pk])
    sheet = Sheet(title=_("How sure is it?"), submit=_("Save"), back=back, crumbs=crumbs(), done=_("Noted."))

    def act(said: dict[str, Any]) -> None:
        confirm_step(member=request.user, step=step, **said)

    initial = {"certainty": step.certainty, "holder": step.holder}
    return form_page(request, sheet, ConfirmForm(sent(request), initial=initial), act)
