"""Formal identification: the decision, the appeal, the decision on the appeal."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import formats
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from palermo.office.domain.rights import NotAllowed
from palermo.protection.domain.identification import (
    APPEAL,
    DECIDE,
    DECIDE_APPEAL,
    appeal_identification,
    decide_appeal,
    decide_identification,
)
from palermo.protection.enums import IdentificationOutcome
from palermo.protection.models import Identification, Referral
from palermo.protection.pages.answers import AppealDecisionForm, AppealForm, DecisionForm
from palermo.protection.pages.doors import acts, form_page, sent
from palermo.protection.pages.referral import referral_within_reach
from palermo.protection.pages.referral_steps import sheet_of, step


def _decision_of(referral: Referral) -> Identification:
    decision = getattr(referral, "identification", None)
    if decision is None:
        raise Http404
    return decision


@acts(DECIDE)
def identification_decide(request: HttpRequest, pk: UUID) -> HttpResponse:
    referral = referral_within_reach(pk)
    if getattr(referral, "identification", None):
        messages.info(request, _what_waits(referral.identification))
        return redirect("protection:referral", referral.pk)
    words = {
        "title": _("Decide on identification"),
        "submit": _("Decide"),
        "lead": _("A person decides, with reasons. The result of a screening is one of them and decides nothing."),
        "done": _("The decision reached the case; its agency is told."),
    }
    return step(request, referral, DecisionForm, decide_identification, **words)


def _what_waits(decision: Identification) -> str:
    if decision.appeal_outcome:
        return now_("This was decided, and so was the appeal. Nothing is open.")
    if decision.appealed_at:
        return now_("This was decided and appealed. The appeal waits for a decision maker who did not decide first.")
    if decision.outcome == IdentificationOutcome.IDENTIFIED:
        return now_("This was decided already. Nothing is open.")
    until = formats.date_format(decision.appeal_until, "DATE_FORMAT")
    return now_("This was decided already. An appeal is possible until %(day)s.") % {"day": until}


@acts(APPEAL)
def identification_appeal(request: HttpRequest, pk: UUID) -> HttpResponse:
    referral = referral_within_reach(pk)
    decision = _decision_of(referral)
    sheet = sheet_of(
        referral,
        title=_("Appeal for the person"),
        submit=_("Appeal"),
        lead=_("Another decision maker looks at it. Protection goes on meanwhile."),
        done=_("The appeal is with the authority."),
    )

    def act(said: dict[str, Any]) -> None:
        appeal_identification(member=request.user, decision=decision, **said)

    return form_page(request, sheet, AppealForm(sent(request)), act)


@acts(DECIDE_APPEAL)
def identification_appeal_decide(request: HttpRequest, pk: UUID) -> HttpResponse:
    referral = referral_within_reach(pk)
    decision = _decision_of(referral)
    if decision.appeal_outcome or not decision.appealed_at:
        messages.info(request, _what_waits(decision))
        return redirect("protection:referral", referral.pk)
    if decision.decided_by == request.user.pk:
        raise NotAllowed(DECIDE_APPEAL, "who decided first does not decide on the appeal")
    sheet = sheet_of(
        referral,
        title=_("Decide on the appeal"),
        submit=_("Decide"),
        lead=decision.appeal_ground,
        notice=_("Who decided first does not decide on the appeal."),
        done=_("The decision on the appeal reached the case."),
    )

    def act(said: dict[str, Any]) -> None:
        decide_appeal(member=request.user, decision=decision, **said)

    return form_page(request, sheet, AppealDecisionForm(sent(request)), act)
