"""Proceedings against each suspect with their delays, the check on victims, and letters to banks."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from palermo.office import clock
from palermo.prosecution.domain.investigations import READ
from palermo.prosecution.domain.proceedings import (
    DECIDE,
    RELEASES,
    STEP,
    decide_non_punishment,
    record_step,
)
from palermo.prosecution.domain.requests import NOTE, SEND, note_reply, send_request
from palermo.prosecution.enums import Decision, StepKind
from palermo.prosecution.methods.course import Taken, allowed_next
from palermo.prosecution.models import BankRequest, Investigation, LawfulAuthority, Step
from palermo.prosecution.pages import cells
from palermo.prosecution.pages.doors import (
    Sheet,
    acts,
    address,
    crumbs,
    form_page,
    investigation_of,
    party_of,
    reads,
    sent,
    tabs,
)
from palermo.prosecution.queries.investigations import courses, parties
from palermo.prosecution.queries.sealed import opened
from palermo.ui.forms import DateInput, RadioTiles


class StepForm(forms.Form):
    kind = forms.ChoiceField(label=_("Step"), choices=StepKind.choices)
    on = forms.DateField(label=_("On"), widget=DateInput)
    court = forms.CharField(label=_("Court or office"), required=False, max_length=160)
    note = forms.CharField(
        label=_("Offence, sentence, ground"), required=False, max_length=300, help_text=_("Without names.")
    )

    def __init__(self, *args: Any, allowed: frozenset[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [choice for choice in StepKind.choices if choice[0] in allowed]
        self.fields["kind"].choices = choices  # type: ignore[attr-defined]


class DecisionForm(forms.Form):
    decision = forms.ChoiceField(label=_("Decision"), choices=Decision.choices, widget=RadioTiles)
    reason = forms.CharField(
        label=_("Reasons"), widget=forms.Textarea(attrs={"rows": 4}), help_text=_("Without names.")
    )


class LetterForm(forms.Form):
    authority = forms.ModelChoiceField(label=_("Under which authority"), queryset=LawfulAuthority.objects.none())
    bank = forms.CharField(label=_("Bank"), max_length=120)
    accounts = forms.CharField(label=_("Accounts"), max_length=1000, widget=forms.Textarea(attrs={"rows": 2}))
    asked = forms.CharField(
        label=_("What is asked for"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        initial=_("Statements with opening and closing balances, in a machine-readable form if there is one."),
    )
    days = forms.IntegerField(label=_("Answer within (days)"), min_value=1, max_value=365, initial=14)

    def __init__(self, *args: Any, investigation: Investigation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # A letter under a report would tell that there is one.
        found = LawfulAuthority.objects.filter(investigation=investigation, secret=False)
        self.fields["authority"].queryset = found  # type: ignore[attr-defined]


class ReplyForm(forms.Form):
    reply = forms.CharField(label=_("What came back"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))


@reads(READ)
def proceedings(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = investigation_of(request, pk, "proceedings")
    runs = courses(found.pk, parties(found.pk), today=clock.now().date())
    told = [
        {
            "course": run,
            "roles": cells.roles(run.party),
            "waits": [
                (
                    StepKind(wait.before).label,
                    StepKind(wait.after).label if wait.after else _("still open"),
                    wait.since,
                    wait.until or "–",
                    wait.days,
                )
                for wait in run.waits
            ],
        }
        for run in runs
    ]
    context = {
        "investigation": found,
        "tabs": tabs(found, "proceedings"),
        "runs": told,
        "columns": [_("From"), _("To"), _("Since"), _("Until"), _("Days")],
    }
    return render(request, "prosecution/proceedings.html", context)


@acts(STEP)
def step_add(request: HttpRequest, pk: UUID) -> HttpResponse:
    party = party_of(pk)
    found = party.investigation
    taken = [Taken(step.kind, step.on) for step in Step.objects.filter(party=party).order_by("on", "recorded_at")]
    sheet = Sheet(
        title=_("Record a step"),
        submit=_("Record it"),
        back=address("proceedings", found.pk),
        crumbs=crumbs(found, (_("Proceedings"), address("proceedings", found.pk))),
        lead=party.label,
        notice=_("Bail and release leave a safety notice with those who protect linked victims. It names nobody."),
    )

    def act(said: dict[str, Any]) -> None:
        step, warned = record_step(member=request.user, party=party, **said)
        if step.kind in RELEASES:
            text = ngettext("%(n)d agency was warned.", "%(n)d agencies were warned.", warned) % {"n": warned}
            none = _now("No victim of this investigation is linked, or the links are dark: nobody was warned.")
            messages.warning(request, text if warned else none)

    form = StepForm(sent(request), allowed=allowed_next(taken), initial={"on": clock.now().date()})
    return form_page(request, sheet, form, act)


@acts(DECIDE)
def decision_add(request: HttpRequest, pk: UUID) -> HttpResponse:
    party = party_of(pk)
    found = party.investigation
    sheet = Sheet(
        title=_("Was this victim compelled to what they are suspected of?"),
        submit=_("Record the decision"),
        back=address("proceedings", found.pk),
        crumbs=crumbs(found, (_("Proceedings"), address("proceedings", found.pk))),
        lead=_("CoE Convention, Art. 26; Directive 2011/36/EU, Art. 8. Nobody is charged before this is decided."),
    )

    def act(said: dict[str, Any]) -> None:
        decide_non_punishment(member=request.user, party=party, **said)

    return form_page(request, sheet, DecisionForm(sent(request)), act)


@reads(READ)
def letters(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = investigation_of(request, pk, "letters")
    sent_out = BankRequest.objects.filter(investigation=found).select_related("authority")
    context = {"investigation": found, "tabs": tabs(found, "letters"), "letters": sent_out, "now": clock.now()}
    return render(request, "prosecution/letters.html", context)


@acts(SEND)
def letter_add(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = investigation_of(request, pk)
    sheet = Sheet(
        title=_("Write to a bank"),
        submit=_("Record the letter"),
        back=address("letters", found.pk),
        crumbs=crumbs(found, (_("Letters"), address("letters", found.pk))),
        lead=_("The letter rests on an order or a consent. It never mentions a report."),
    )

    def act(said: dict[str, Any]) -> str:
        return address("letter", send_request(member=request.user, investigation=found, **said).pk)

    return form_page(request, sheet, LetterForm(sent(request), investigation=found), act)


def _letter(pk: UUID) -> BankRequest:
    return get_object_or_404(
        BankRequest.objects.select_related("investigation", "investigation__agency", "authority"), pk=pk
    )


@reads(READ)
def letter(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The letter, for paper."""
    one = _letter(pk)
    investigation_of(request, one.investigation_id, "letter")
    return render(request, "prosecution/letter.html", {"letter": one, "said": opened(one.sealed_asked)})


@acts(NOTE)
def letter_reply(request: HttpRequest, pk: UUID) -> HttpResponse:
    one = _letter(pk)
    found = one.investigation
    sheet = Sheet(
        title=_("Note the answer"),
        submit=_("Note it"),
        back=address("letters", found.pk),
        crumbs=crumbs(found, (_("Letters"), address("letters", found.pk))),
        lead=one.bank,
    )

    def act(said: dict[str, Any]) -> None:
        note_reply(member=request.user, request=one, **said)

    return form_page(request, sheet, ReplyForm(sent(request)), act)
