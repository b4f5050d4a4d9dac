"""The law register: States compared point by point; to enter what is in force, its end, a gap, a bill, its stages."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from palermo.office import clock
from palermo.office.pages.doors import Sheet, acts, form_page, reads, sent
from palermo.partnership.domain.commitments import READ
from palermo.partnership.domain.law import (
    ADD_BILL,
    ADD_LAW,
    ASSESS,
    END_LAW,
    MOVE_BILL,
    add_bill,
    add_law_record,
    assess_gap,
    end_law_record,
    move_bill,
)
from palermo.partnership.enums import Addressee, Cover, Gap, Grade, LawPoint, Stage
from palermo.partnership.models import Bill, LawRecord, Provision
from palermo.partnership.pages.fields import ClearedForm, DayField, DayForm
from palermo.partnership.pages.states import COVER_TONES, state_or_404, state_url
from palermo.partnership.queries.law import by_state_and_point
from palermo.ui.forms import RadioTiles
from palermo.vocabulary.states import load_states


def crumbs(code: str) -> tuple[tuple[Any, str], ...]:
    """The way back to a State's page."""
    return ((_("States"), reverse("partnership:states")), (load_states()[code].name, state_url(code)))


class Narrow(DayForm):
    """Which States stand in the comparison."""

    of = forms.ChoiceField(
        label=_("Of"),
        required=False,
        choices=[("", _("States with a law known")), ("states", _("all participating States")), ("all", _("all 68"))],
    )


@reads(READ)
def comparison(request: HttpRequest) -> HttpResponse:
    """States by points of law as they are in force on a day; printable. One statement."""
    form = Narrow(request.GET or None)
    day = form.chosen
    if not request.GET.get("day"):
        form = Narrow({**request.GET.dict(), "day": day})
    of = form.cleaned_data.get("of") if form.is_valid() else ""
    known = by_state_and_point(day)
    shown = [
        state
        for state in sorted(load_states().values(), key=lambda state: state.name)
        if of == "all" or state.iso2 in known or (of == "states" and state.kind == "participating_state")
    ]
    rows = [(state, [known.get(state.iso2, {}).get(point, []) for point in LawPoint]) for state in shown]
    context = {"form": form, "day": day, "points": list(LawPoint), "rows": rows, "tones": COVER_TONES}
    return render(request, "partnership/law.html", context)


class LawForm(ClearedForm):
    point = forms.ChoiceField(label=_("Point"), choices=LawPoint.choices)
    covers = forms.ChoiceField(label=_("Does the law cover it?"), choices=Cover.choices, widget=RadioTiles)
    act = forms.CharField(label=_("Law and article"), max_length=200)
    says = forms.CharField(label=_("What it says, in short"), widget=forms.Textarea(attrs={"rows": 4}))
    since = DayField(label=_("In force from"))
    until = DayField(label=_("In force until (the last day)"), required=False)
    source = forms.CharField(label=_("Source"), max_length=300)
    grade = forms.ChoiceField(label=_("Grade"), choices=Grade.choices)


@acts(ADD_LAW)
def law_add(request: HttpRequest, code: str) -> HttpResponse:
    """Enter what a State's law says on a point."""
    state = state_or_404(code)
    sheet = Sheet(
        title=_("Add to the law register"),
        submit=_("Add"),
        back=state_url(code),
        crumbs=crumbs(code),
        lead=state.name,
        notice=_("Nothing is overwritten: a law that changed is ended, and what came after it is entered anew."),
        done=_("It stands in the register."),
    )

    def act(said: dict[str, Any]) -> None:
        add_law_record(member=request.user, state=code, **said)

    return form_page(request, sheet, LawForm(sent(request), member=request.user), act)


class EndForm(forms.Form):
    until = DayField(label=_("The last day in force"))


@acts(END_LAW)
def law_end(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say until when a law was in force."""
    law = get_object_or_404(LawRecord, pk=pk)
    sheet = Sheet(
        title=_("End of a law"),
        submit=_("Enter the last day"),
        back=state_url(law.state),
        crumbs=crumbs(law.state),
        lead=law.act,
        done=_("The last day is entered."),
    )

    def act(said: dict[str, Any]) -> None:
        end_law_record(member=request.user, law=law, **said)

    return form_page(request, sheet, EndForm(sent(request)), act)


class GapForm(ClearedForm):
    gap = forms.ChoiceField(label=_("How does it stand?"), choices=Gap.choices, widget=RadioTiles)
    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs={"rows": 4}))
    law = forms.ModelChoiceField(
        label=_("The law that was looked at"), queryset=LawRecord.objects.none(), required=False
    )
    assessed_on = DayField(label=_("Assessed on"))

    def __init__(self, *args: Any, code: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["law"]
        field.queryset = LawRecord.objects.filter(state=code)  # type: ignore[attr-defined]
        field.label_from_instance = lambda law: f"{law.act} ({law.get_point_display()})"  # type: ignore[attr-defined]


@acts(ASSESS)
def gap_add(request: HttpRequest, code: str, pk: UUID) -> HttpResponse:
    """Judge how a State stands to a provision."""
    state = state_or_404(code)
    provisions = Provision.objects.filter(addressee=Addressee.STATES).select_related("instrument")
    provision = get_object_or_404(provisions, pk=pk)
    sheet = Sheet(
        title=_("Assess the gap"),
        submit=_("Enter"),
        back=state_url(code) + "#gaps",
        crumbs=crumbs(code),
        lead=f"{state.name}: {provision.instrument.symbol} {provision.paragraph}",
        done=_("The judgement is entered; earlier ones stay."),
    )

    def act(said: dict[str, Any]) -> None:
        assess_gap(member=request.user, state=code, provision=provision, **said)

    form = GapForm(
        sent(request), member=request.user, code=code, initial={"assessed_on": clock.now().date(), "gap": Gap.NOT_KNOWN}
    )
    return form_page(request, sheet, form, act)


class StageForm(forms.Form):
    stage = forms.ChoiceField(label=_("Stage"), choices=Stage.choices)
    on = DayField(label=_("Reached on"))
    source = forms.CharField(label=_("Source"), max_length=300)


class BillForm(ClearedForm, StageForm):
    field_order = ("title", "points", "stage", "on", "source")

    title = forms.CharField(label=_("Title"), max_length=300)
    points = forms.MultipleChoiceField(
        label=_("On which points?"), choices=LawPoint.choices, widget=forms.CheckboxSelectMultiple
    )


@acts(ADD_BILL)
def bill_add(request: HttpRequest, code: str) -> HttpResponse:
    """Enter a bill."""
    state = state_or_404(code)
    sheet = Sheet(
        title=_("Add a bill"),
        submit=_("Add"),
        back=state_url(code) + "#bills",
        crumbs=crumbs(code),
        lead=state.name,
        done=_("The bill is entered."),
    )

    def act(said: dict[str, Any]) -> None:
        add_bill(member=request.user, state=code, **said)

    return form_page(request, sheet, BillForm(sent(request), member=request.user), act)


@acts(MOVE_BILL)
def bill_move(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say that a bill reached a stage."""
    bill = get_object_or_404(Bill, pk=pk)
    sheet = Sheet(
        title=_("A stage of the bill"),
        submit=_("Enter"),
        back=state_url(bill.state) + "#bills",
        crumbs=crumbs(bill.state),
        lead=bill.title,
        done=_("The stage is entered."),
    )

    def act(said: dict[str, Any]) -> None:
        move_bill(member=request.user, bill=bill, **said)

    return form_page(request, sheet, StageForm(sent(request)), act)
