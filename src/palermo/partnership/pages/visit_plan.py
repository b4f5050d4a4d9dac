"""To plan a visit and to change one: who else is there shows while the form is filled, and before it is saved."""

import hashlib
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from palermo.office.domain.rights import require_own
from palermo.office.pages.doors import Sheet, acts, form_page, reads, sent
from palermo.partnership.domain.visits import CHANGE, PLAN, Outline, change_visit, plan_visit, read_visits
from palermo.partnership.enums import VisitStatus
from palermo.partnership.methods.deconfliction import Alert, Level
from palermo.partnership.methods.ids import uuid_of
from palermo.partnership.methods.spans import Span
from palermo.partnership.models import Visit
from palermo.partnership.pages.fields import ClearedForm, DayField, StateField, ThemesField
from palermo.partnership.pages.visit_looks import alerts_of
from palermo.partnership.queries.neighbours import warnings_for

#: Levels that are seen before a plan is saved.
PRESSING = {Level.RED, Level.AMBER}


class DaysForm(forms.Form):
    """First and last day; one day where only the first is given."""

    starts = DayField(label=_("First day"), required=False)
    ends = DayField(label=_("Last day"), required=False)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        first, last = said.get("starts"), said.get("ends")
        if last and not first and "starts" not in self.errors:
            self.add_error("starts", _("Give the first day too."))
        elif first and last and last < first:
            self.add_error("ends", _("It ends before it begins."))
        else:
            said["span"] = Span(first, last or first) if first else None
        return said


class PlaceForm(DaysForm):
    """What deconfliction needs to know."""

    state = StateField()
    themes = ThemesField()


class PlanForm(ClearedForm, DaysForm):
    field_order = (
        "title",
        "state",
        "starts",
        "ends",
        "themes",
        "aims",
        "jointly_with",
        "invited_on",
        "invitation",
        "follows",
    )

    title = forms.CharField(label=_("What is it for?"), max_length=200, help_text=_("A few words, without names."))
    state = StateField()
    themes = ThemesField()
    aims = forms.CharField(label=_("Aims"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 4}))
    jointly_with = forms.CharField(label=_("Jointly with"), required=False, max_length=200)
    invited_on = DayField(label=_("Invited on"), required=False)
    invitation = forms.CharField(
        label=_("Invitation"), required=False, max_length=200, help_text=_("The document, such as a note verbale.")
    )
    follows = forms.ModelChoiceField(label=_("Follows up"), queryset=Visit.objects.none(), required=False)

    def __init__(self, *args: Any, member: Any, visit: Visit | None = None, **kwargs: Any) -> None:
        super().__init__(*args, member=member, **kwargs)
        earlier = Visit.objects.filter(office=member.agency, status__in=(VisitStatus.REPORTED, VisitStatus.FOLLOWED_UP))
        self.fields["follows"].queryset = earlier.exclude(pk=visit.pk if visit else None)  # type: ignore[attr-defined]

    @property
    def outline(self) -> Outline:
        """What was said, for the verb."""
        names = ("title", "state", "span", "themes", "aims", "jointly_with", "invited_on", "invitation", "follows")
        return Outline(**{name: self.cleaned_data[name] for name in names})


def found_for(request: HttpRequest, said: dict[str, Any], visit: UUID | None = None) -> list[Alert] | None:
    """Warnings on what is said so far; None while State or days are missing."""
    if not said.get("state") or not said.get("span"):
        return None
    return warnings_for(
        member=request.user, state=said["state"], span=said["span"], themes=said.get("themes") or (), visit=visit
    )


def digest(alerts: Sequence[Alert] | None) -> str:
    """What was shown: changed warnings are shown again before the plan is saved."""
    said = "\n".join(f"{alert.level} {alert.reason}" for alert in alerts or () if alert.level in PRESSING)
    return hashlib.sha256(said.encode()).hexdigest()[:32] if said else ""


def shown(alerts: Sequence[Alert] | None) -> dict[str, Any]:
    """The part of the form that says who else is there."""
    return {"alerts": alerts_of(alerts or ()), "asked": alerts is not None, "seen": digest(alerts)}


@reads(PLAN)
def visit_check(request: HttpRequest) -> HttpResponse:
    """The warnings alone, for the form while it is filled."""
    form = PlaceForm(request.GET)
    form.is_valid()
    visit = uuid_of(request.GET.get("visit", ""))
    return render(request, "partnership/parts/alerts.html", shown(found_for(request, form.cleaned_data, visit)))


def _page(request: HttpRequest, sheet: Sheet, form: PlanForm, act: Any, visit: Visit | None) -> HttpResponse:
    context: dict[str, Any] = {"visit": visit} | shown(None)
    if form.is_bound and form.is_valid():
        found = found_for(request, form.cleaned_data, visit.pk if visit else None)
        context |= shown(found)
        if context["seen"] and request.POST.get("seen") != context["seen"]:
            return render(
                request, "partnership/visit_form.html", {"sheet": sheet, "form": form, "stop": True, **context}
            )
    elif visit and visit.span and not form.is_bound:
        said = {"state": visit.state, "span": visit.span, "themes": visit.themes}
        context |= shown(found_for(request, said, visit.pk))
    return form_page(request, sheet, form, act, template="partnership/visit_form.html", **context)


@acts(PLAN)
def visit_add(request: HttpRequest) -> HttpResponse:
    back = reverse("partnership:visits")
    sheet = Sheet(
        title=_("Plan a visit"),
        submit=_("Plan it"),
        back=back,
        crumbs=((_("Visits"), back),),
        lead=_("Without days it is kept as an idea."),
        done=_("The visit is planned."),
    )
    initial = {name: request.GET[name] for name in ("state", "starts", "ends") if name in request.GET}
    form = PlanForm(sent(request), member=request.user, initial=initial)

    def act(said: dict[str, Any]) -> str:
        visit = plan_visit(
            member=request.user, outline=form.outline, clearance=said["clearance"], readers=said["readers"]
        )
        return reverse("partnership:visit", args=[visit.pk])

    return _page(request, sheet, form, act, None)


@acts(CHANGE)
def visit_change(request: HttpRequest, pk: UUID) -> HttpResponse:
    visit = get_object_or_404(read_visits(member=request.user), pk=pk)
    require_own(request.user, visit.office_id, CHANGE, what="this visit")
    back = reverse("partnership:visit", args=[pk])
    sheet = Sheet(
        title=_("Change the visit"),
        submit=_("Save"),
        back=back,
        crumbs=((_("Visits"), reverse("partnership:visits")), (visit.title, back)),
        done=_("The visit is up to date."),
    )
    names = ("title", "state", "starts", "ends", "themes", "aims", "jointly_with", "invited_on", "invitation")
    initial = {name: getattr(visit, name) for name in (*names, "follows", "clearance", "readers")}
    form = PlanForm(sent(request), member=request.user, visit=visit, initial=initial)

    def act(said: dict[str, Any]) -> None:
        change_visit(
            member=request.user,
            visit=visit,
            outline=form.outline,
            clearance=said["clearance"],
            readers=said["readers"],
        )

    return _page(request, sheet, form, act, visit)
