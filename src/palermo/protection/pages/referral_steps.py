"""What is done with a referral: accept, decline, done, withdraw, recall, escalate. Each calls one verb."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from palermo.protection.domain import recalls, referrals
from palermo.protection.models import Referral
from palermo.protection.pages.answers import AcceptForm, DeclineForm, DoneForm, NoForm, RecallForm
from palermo.protection.pages.doors import Sheet, acts, form_page, posts, sent
from palermo.protection.pages.referral import referral_within_reach
from palermo.protection.templatetags.protection import reference

Verb = Callable[..., Any]


def sheet_of(referral: Referral, **more: Any) -> Sheet:
    """A sheet that leads back to the referral."""
    back = reverse("protection:referral", args=[referral.pk])
    return Sheet(back=back, crumbs=((reference(referral), back),), **more)


def step(
    request: HttpRequest, referral: Referral, form_class: type[forms.Form], verb: Verb, **words: Any
) -> HttpResponse:
    """A form of one step whose fields are the verb's arguments."""

    def act(said: dict[str, Any]) -> None:
        verb(member=request.user, referral=referral, **said)

    return form_page(request, sheet_of(referral, **words), form_class(sent(request)), act)


@acts(referrals.ANSWER)
def referral_accept(request: HttpRequest, pk: UUID) -> HttpResponse:
    words = {"title": _("Accept the referral"), "submit": _("Accept"), "done": _("Accepted. The sender is told.")}
    return step(request, referral_within_reach(pk), AcceptForm, referrals.accept_referral, **words)


@acts(referrals.ANSWER)
def referral_decline(request: HttpRequest, pk: UUID) -> HttpResponse:
    words = {"title": _("Decline the referral"), "submit": _("Decline"), "done": _("Declined. The sender is told.")}
    return step(request, referral_within_reach(pk), DeclineForm, referrals.decline_referral, **words)


@acts(referrals.FINISH)
def referral_done(request: HttpRequest, pk: UUID) -> HttpResponse:
    words = {
        "title": _("What was asked is done"),
        "submit": _("It is done"),
        "done": _("Done. The sender is told."),
    }
    return step(request, referral_within_reach(pk), DoneForm, referrals.finish_referral, **words)


@acts(referrals.WITHDRAW)
def referral_withdraw(request: HttpRequest, pk: UUID) -> HttpResponse:
    words = {
        "title": _("Take the referral back"),
        "submit": _("Take it back"),
        "notice": _(
            "The recipient is told that nothing is asked any more, and can open the data no longer. The consent stands"
            " until the person withdraws it as well."
        ),
        "tone": "warn",
        "danger": True,
        "done": _("The referral is taken back."),
    }
    return step(request, referral_within_reach(pk), NoForm, referrals.withdraw_referral, **words)


@acts(recalls.RECALL)
def referral_recall(request: HttpRequest, pk: UUID) -> HttpResponse:
    words = {
        "title": _("Recall the data"),
        "submit": _("Recall the data"),
        "notice": _(
            "The recipient can open the data no longer and is told to stop using them. What it has read cannot be"
            " called back. The referral itself stays open."
        ),
        "tone": "warn",
        "danger": True,
        "done": _("The data are recalled. The recipient is told."),
    }
    return step(request, referral_within_reach(pk), RecallForm, recalls.recall_disclosure, **words)


@posts(referrals.ESCALATE)
def referral_escalate(request: HttpRequest, pk: UUID) -> HttpResponse:
    referral = referral_within_reach(pk)
    referrals.escalate_referral(member=request.user, referral=referral)
    messages.success(request, _("The recipient and the national co-ordinator are told that the answer is overdue."))
    return redirect("protection:referral", referral.pk)
