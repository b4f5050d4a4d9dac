"""Formal identification: the decision, the appeal, the decision on the appeal."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from palermo.protection.domain.identification import (
    APPEAL,
    DECIDE,
    DECIDE_APPEAL,
    appeal_identification,
    decide_appeal,
    decide_identification,
)
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
    words = {
        "title": _("Decide on identification"),
        "submit": _("Decide"),
        "lead": _("A person decides, with reasons. The result of a screening is one of them and decides nothing."),
        "done": _("The decision reached the case; its agency is told."),
    }
    return step(request, referral_within_reach(pk), DecisionForm, decide_identification, **words)


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
