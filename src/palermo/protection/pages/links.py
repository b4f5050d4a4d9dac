"""The sealed link of a referral: shown once, with the code that goes another way."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from palermo.protection.domain.links import LINK_HOURS, SEND, send_link
from palermo.protection.pages.doors import posts
from palermo.protection.pages.referral import referral_within_reach
from palermo.protection.templatetags.protection import reference


@posts(SEND)
def link_make(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Shown in the answer itself and kept nowhere; making another does not close the first."""
    referral = referral_within_reach(pk)
    made = send_link(member=request.user, referral=referral)
    context = {
        "referral": referral,
        "number": reference(referral),
        "made": made,
        "url": request.build_absolute_uri(reverse("protection:message", args=[made.token])),
        "hours": LINK_HOURS,
    }
    return render(request, "protection/link.html", context)
