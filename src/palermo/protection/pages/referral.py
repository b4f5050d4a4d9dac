"""One referral: the sender's side, the recipient's side, and what each may do next."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_list_or_404, get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from palermo.office import clock
from palermo.office.domain.notices import inbox
from palermo.office.domain.rights import may
from palermo.office.enums import LawfulBasis, Purpose
from palermo.office.models import Disclosure, Member
from palermo.protection.domain import identification, links, packages, recalls, referrals
from palermo.protection.enums import OPEN_REFERRALS, IdentificationOutcome, ReferralState
from palermo.protection.models import Case, Package, Referral
from palermo.protection.pages.answers import AcceptForm, DeclineForm
from palermo.protection.pages.doors import reads
from palermo.protection.templatetags.protection import reference


def referral_within_reach(pk: UUID) -> Referral:
    """The referral with both agencies and its decision; 404 where the database shows none."""
    found = Referral.objects.select_related("sender", "recipient", "identification")
    return get_object_or_404(found, pk=pk)


def _recallable(disclosure: Disclosure | None) -> bool:
    # What rests on consent is ended by withdrawing the consent, with the person.
    return bool(disclosure and disclosure.recalled_at is None and disclosure.basis != LawfulBasis.CONSENT)


def steps_of(member: Member, referral: Referral, disclosure: Disclosure | None) -> dict[str, bool]:
    """What the member may do with a referral as it stands. A courtesy: the verbs check it again.

    Args:
        disclosure: what went with it, for a member of the sender.
    """
    received, sent = member.agency_id == referral.recipient_id, member.agency_id == referral.sender_id
    waits, open_ = referral.state == ReferralState.SENT, referral.state in OPEN_REFERRALS
    decision = getattr(referral, "identification", None)
    for_identification = (
        referral.purpose == Purpose.IDENTIFICATION and member.agency.kind in identification.DECIDING and received
    )
    appealable = bool(
        decision and decision.outcome == IdentificationOutcome.NOT_IDENTIFIED and decision.appealed_at is None
    )
    to_decide = referral.state == ReferralState.ACCEPTED and for_identification and decision is None
    appealed = bool(decision and decision.appealed_at and not decision.appeal_outcome)
    overdue = waits and referral.due_at < clock.now() and referral.escalated_at is None
    return {
        "answer": received and waits and may(member, referrals.ANSWER),
        "finish": received and referral.state == ReferralState.ACCEPTED and may(member, referrals.FINISH),
        "open_package": received and open_ and may(member, packages.OPEN),
        "decide": to_decide and may(member, identification.DECIDE),
        "decide_appeal": for_identification
        and appealed
        and may(member, identification.DECIDE_APPEAL)
        # Another decision maker than the first.
        and decision.decided_by != member.pk,
        "appeal_waits": for_identification and appealed,
        "withdraw": sent and open_ and may(member, referrals.WITHDRAW),
        "recall": sent and open_ and may(member, recalls.RECALL) and _recallable(disclosure),
        "escalate": sent and overdue and may(member, referrals.ESCALATE),
        "link": sent and open_ and not referral.recipient.has_account and may(member, links.SEND),
        "appeal": sent and appealable and may(member, identification.APPEAL),
    }


def frame(member: Member, referral: Referral) -> dict[str, Any]:
    """What the pages of a referral show on either side."""
    sent = member.agency_id == referral.sender_id
    # What went, on what basis, and whether it still may be used: the sender's to know.
    disclosure = Disclosure.objects.filter(pk=referral.disclosure_id).first() if sent else None
    # The package is hidden by the database once its basis is gone or the referral was taken back or declined.
    bright = Package.objects.filter(pk=referral.package_id).exists()
    return {
        "referral": referral,
        "number": reference(referral),
        "sent": sent,
        "disclosure": disclosure,
        "case": Case.objects.select_related("person").filter(person_id=referral.person_id).first() if sent else None,
        "dark": not bright and not sent,
        "steps": steps_of(member, referral, disclosure),
        "decision": getattr(referral, "identification", None),
        "now": clock.now(),
        "accept_url": reverse("protection:referral_accept", args=[referral.pk]),
        "decline_url": reverse("protection:referral_decline", args=[referral.pk]),
        "open_url": reverse("protection:package_open", args=[referral.pk]),
    }


@reads(referrals.ANSWER)
def data_ended(request: HttpRequest, pk: UUID) -> HttpResponse:
    """From the notice to stop using data, which names their disclosure, to the referral that they came with."""
    referral = Referral.objects.filter(disclosure_id=pk, recipient=request.user.agency).first()
    if referral:
        return redirect("protection:referral", referral.pk)
    # A request for a guardian is gone as a whole once what it told was called back.
    get_list_or_404(inbox(member=request.user), about_id=pk)
    messages.warning(
        request,
        _("What was sent is closed to you as a whole. Delete what you noted from it; the sender answers questions."),
    )
    return redirect("office:notices")


@reads(referrals.ANSWER, referrals.SEND)
def referral_page(request: HttpRequest, pk: UUID) -> HttpResponse:
    referral = referral_within_reach(pk)
    context = frame(request.user, referral)
    if context["steps"]["answer"]:
        context |= {"accept": AcceptForm(), "decline": DeclineForm(auto_id="decline_%s")}
    up = ("sent", _("Referrals sent")) if context["sent"] else ("inbox", _("Referrals received"))
    context |= {"title": _("Referral"), "crumbs": ((up[1], reverse(f"protection:{up[0]}")),)}
    return render(request, "protection/referral.html", context)
