"""What came of it in a State: to enter what it takes up, and how far it has come."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from palermo.office.pages.doors import Sheet, acts, form_page, sent
from palermo.partnership.domain.outcomes import MOVE, OPEN, move_outcome, open_outcome
from palermo.partnership.enums import OutcomeStage
from palermo.partnership.models import StateOutcome
from palermo.partnership.pages.fields import ClearedForm, DayField
from palermo.partnership.pages.law import crumbs
from palermo.partnership.pages.states import state_or_404, state_url
from palermo.ui.forms import RadioTiles
from palermo.vocabulary.themes import load_themes


class StepForm(forms.Form):
    stage = forms.ChoiceField(label=_("How far has it come?"), choices=OutcomeStage.choices, widget=RadioTiles)
    on = DayField(label=_("On"))
    evidence = forms.CharField(
        label=_("Evidence"), max_length=300, help_text=_("A letter, a draft, a gazette: what shows it.")
    )


class OutcomeForm(ClearedForm, StepForm):
    field_order = ("title", "project", "themes", "stage", "on", "evidence")

    title = forms.CharField(label=_("What does the State take up?"), max_length=200)
    project = forms.CharField(label=_("Project or recommendation"), max_length=200, required=False)
    themes = forms.MultipleChoiceField(
        label=_("Themes"), required=False, choices=lambda: [(code, one.label) for code, one in load_themes().items()]
    )


@acts(OPEN)
def outcome_add(request: HttpRequest, code: str) -> HttpResponse:
    """Enter what a State takes up."""
    state = state_or_404(code)
    sheet = Sheet(
        title=_("Add an outcome"),
        submit=_("Add"),
        back=state_url(code) + "#outcomes",
        crumbs=crumbs(code),
        lead=state.name,
        done=_("The outcome is entered."),
    )

    def act(said: dict[str, Any]) -> None:
        open_outcome(member=request.user, state=code, **said)

    return form_page(request, sheet, OutcomeForm(sent(request), member=request.user), act)


@acts(MOVE)
def outcome_move(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say that a State came further."""
    outcome = get_object_or_404(StateOutcome, pk=pk)
    sheet = Sheet(
        title=_("How far the State has come"),
        submit=_("Enter"),
        back=state_url(outcome.state) + "#outcomes",
        crumbs=crumbs(outcome.state),
        lead=outcome.title,
        done=_("The stage is entered with its evidence."),
    )

    def act(said: dict[str, Any]) -> None:
        move_outcome(member=request.user, outcome=outcome, **said)

    return form_page(request, sheet, StepForm(sent(request)), act)
