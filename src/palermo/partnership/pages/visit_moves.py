"""A visit's moves, its team and its interlocutors."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from palermo.office import clock
from palermo.office.domain.rights import require_any, require_own
from palermo.office.models import Member
from palermo.office.pages.doors import Sheet, acts, form_page, posts, sent
from palermo.partnership.domain import visits
from palermo.partnership.domain.teams import (
    ADD,
    JOIN,
    LEAVE,
    NOTE_MET,
    add_interlocutor,
    join_team,
    leave_team,
    note_met,
)
from palermo.partnership.enums import TeamRole
from palermo.partnership.models import Contact, Interlocutor, TeamMember, Visit
from palermo.partnership.pages.fields import DayField
from palermo.partnership.pages.visit_plan import DaysForm


class Plain(forms.Form):
    """Nothing more is asked."""


class InvitationForm(forms.Form):
    invited_on = DayField(label=_("Invited on"), required=False)
    invitation = forms.CharField(label=_("Invitation or confirmation (document)"), required=False, max_length=200)


class HeldForm(forms.Form):
    report_due = DayField(label=_("Report due"), required=False)


class ReportForm(forms.Form):
    reported_on = DayField(label=_("Sent to the State on"), initial=lambda: clock.now().date())
    report = forms.CharField(label=_("Report (document)"), max_length=200)


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Why?"), widget=forms.Textarea(attrs={"rows": 3}), max_length=1000)


class OtherDays(DaysForm):
    """Other days, where they are known."""

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        return {"span": said["span"]} if "span" in said else said


@dataclass(frozen=True)
class MoveSheet:
    """How a move is asked for."""

    verb: str
    does: Callable[..., None]
    title: Any
    lead: Any
    form: type[forms.Form] = Plain


MOVE_SHEETS = {
    "agree": MoveSheet(visits.AGREE, visits.agree_visit, _("Agree"), _("The office agrees to go as planned.")),
    "confirm": MoveSheet(
        visits.CONFIRM,
        visits.confirm_visit,
        _("Confirm"),
        _("The State confirmed. From now on the days are held for you and for the team."),
        InvitationForm,
    ),
    "done": MoveSheet(visits.HOLD, visits.hold_visit, _("It took place"), _("Its report is awaited now."), HeldForm),
    "report": MoveSheet(
        visits.REPORT, visits.report_visit, _("Reported"), _("The report was sent to the State."), ReportForm
    ),
    "follow-up": MoveSheet(
        visits.FOLLOW_UP,
        visits.follow_up_visit,
        _("Followed up"),
        _("What came of the recommendations was looked at with the State."),
    ),
    "postpone": MoveSheet(
        visits.POSTPONE,
        visits.postpone_visit,
        _("Back to planned"),
        _("The days are free again. Give others where you know them."),
        OtherDays,
    ),
    "close": MoveSheet(visits.CLOSE, visits.close_visit, _("Close"), _("Nothing more is to be done."), ReasonForm),
    "cancel": MoveSheet(visits.CANCEL, visits.cancel_visit, _("Cancel"), _("It will not take place."), ReasonForm),
}


def _own(request: HttpRequest, pk: UUID, verb: str) -> Visit:
    visit = get_object_or_404(visits.read_visits(member=request.user), pk=pk)
    require_own(request.user, visit.office_id, verb, what="this visit")
    return visit


def _crumbs(visit: Visit) -> tuple[tuple[Any, str], ...]:
    return ((_("Visits"), reverse("partnership:visits")), (visit.title, reverse("partnership:visit", args=[visit.pk])))


@acts(*(sheet.verb for sheet in MOVE_SHEETS.values()))
def visit_move(request: HttpRequest, pk: UUID, move: str) -> HttpResponse:
    asked = MOVE_SHEETS.get(move)
    if asked is None:
        raise Http404
    require_any(request.user, asked.verb)
    visit = _own(request, pk, asked.verb)
    sheet = Sheet(
        title=asked.title,
        submit=_("Yes, do it"),
        back=reverse("partnership:visit", args=[pk]),
        crumbs=_crumbs(visit),
        lead=asked.lead,
        done=_("Noted."),
    )

    def act(said: dict[str, Any]) -> None:
        asked.does(member=request.user, visit=visit, **said)

    initial = {
        "invited_on": visit.invited_on,
        "invitation": visit.invitation,
        "starts": visit.starts,
        "ends": visit.ends,
    }
    return form_page(request, sheet, asked.form(sent(request), initial=initial), act)


class TeamForm(forms.Form):
    person = forms.ModelChoiceField(label=_("A colleague"), queryset=Member.objects.none(), required=False)
    contact = forms.ModelChoiceField(
        label=_("Or a contact of the directory"), queryset=Contact.objects.all(), required=False
    )
    name = forms.CharField(label=_("Or somebody else by name"), required=False, max_length=160)
    role = forms.ChoiceField(label=_("Role"), choices=TeamRole.choices, initial=TeamRole.MEMBER)

    def __init__(self, *args: Any, member: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = Member.objects.filter(agency=member.agency, is_active=True, kind=Member.Kind.PERSON)
        self.fields["person"].queryset = people  # type: ignore[attr-defined]


@acts(JOIN)
def team_add(request: HttpRequest, pk: UUID) -> HttpResponse:
    visit = _own(request, pk, JOIN)
    sheet = Sheet(
        title=_("Add to the team"),
        submit=_("Add"),
        back=reverse("partnership:visit", args=[pk]) + "#team",
        crumbs=_crumbs(visit),
        lead=_("Nobody can be on two confirmed visits at the same time."),
        done=_("Added."),
    )

    def act(said: dict[str, Any]) -> None:
        join_team(member=request.user, visit=visit, **said)

    return form_page(request, sheet, TeamForm(sent(request), member=request.user), act)


@posts(LEAVE)
def team_leave(request: HttpRequest, pk: UUID) -> HttpResponse:
    person = get_object_or_404(TeamMember.objects.select_related("visit"), pk=pk)
    leave_team(member=request.user, person=person)
    return redirect(reverse("partnership:visit", args=[person.visit_id]) + "#team")


class InterlocutorForm(forms.Form):
    contact = forms.ModelChoiceField(
        label=_("A contact of the directory"), queryset=Contact.objects.select_related("organisation"), required=False
    )
    organisation = forms.CharField(label=_("Or an organisation"), required=False, max_length=200)
    post = forms.CharField(label=_("Post or name"), required=False, max_length=160)


@acts(ADD)
def interlocutor_add(request: HttpRequest, pk: UUID) -> HttpResponse:
    visit = _own(request, pk, ADD)
    sheet = Sheet(
        title=_("Whom will the team meet?"),
        submit=_("Add"),
        back=reverse("partnership:visit", args=[pk]) + "#interlocutors",
        crumbs=_crumbs(visit),
        lead=_("Officials and organisations only; never anybody whom we protect."),
        done=_("Added."),
    )

    def act(said: dict[str, Any]) -> None:
        add_interlocutor(member=request.user, visit=visit, **said)

    return form_page(request, sheet, InterlocutorForm(sent(request)), act)


@posts(NOTE_MET)
def interlocutor_met(request: HttpRequest, pk: UUID) -> HttpResponse:
    one = get_object_or_404(Interlocutor.objects.select_related("visit"), pk=pk)
    note_met(member=request.user, interlocutor=one, met=request.POST.get("met") == "yes")
    return redirect(reverse("partnership:visit", args=[one.visit_id]) + "#interlocutors")
