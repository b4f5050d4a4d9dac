"""For a provider without an account: a neutral message, a code, then the referral for half an hour.

Nothing about its matter stands in address, title or text before the code is entered. A wrong code is answered by an
ordinary page, so that the count of tries is kept.
"""

from collections.abc import Callable
from functools import wraps
from time import time
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from palermo.office.domain.acting import acting_as
from palermo.office.models import Member
from palermo.protection.domain.links import open_link
from palermo.protection.domain.referrals import accept_referral, decline_referral, finish_referral
from palermo.protection.models import Referral
from palermo.protection.pages.answers import AcceptForm, DeclineForm, DoneForm
from palermo.protection.pages.doors import Sheet, form_page, sent
from palermo.protection.pages.package import package_context
from palermo.protection.pages.referral import frame

#: Seconds for which an opened message can be read.
OPEN_SECONDS = 30 * 60
KEY = "message"

View = Callable[..., HttpResponse]


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("Code"),
        max_length=40,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code", "class": "code-entry"}),
        help_text=_("Eight digits, as they were told to you."),
    )


def _open(request: HttpRequest, token: str, form: CodeForm) -> HttpResponse | None:
    opened = open_link(token=token, code=form.cleaned_data["code"])
    if opened is None:
        form.add_error(
            "code", _("This does not open it. Ask whoever sent it to you; after five wrong codes it closes.")
        )
        return None
    until = time() + OPEN_SECONDS
    request.session[KEY] = {"member": str(opened.guest.pk), "referral": opened.referral_id, "until": until}
    return redirect("protection:message_read")


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def message(request: HttpRequest, token: str) -> HttpResponse:
    """Ask for the code. The page is the same for a link that never was."""
    form = CodeForm(sent(request))
    if request.method == "POST" and form.is_valid() and (opened := _open(request, token, form)):
        return opened
    return render(request, "protection/message.html", {"form": form})


def _entry(request: HttpRequest) -> dict[str, Any] | None:
    entry = request.session.get(KEY)
    return entry if entry and entry["until"] > time() else None


def _guest(view: View) -> View:
    """Read as the guest of the agency that the message was sent to, for as long as the message is open."""

    @login_not_required
    @never_cache
    @wraps(view)
    def entered(request: HttpRequest) -> HttpResponse:
        entry = _entry(request)
        guest = entry and Member.objects.filter(pk=entry["member"], kind=Member.Kind.GUEST, is_active=True).first()
        if not entry or not guest:
            request.session.pop(KEY, None)
            return render(request, "protection/message_over.html", status=410)
        with acting_as(guest):
            found = Referral.objects.select_related("sender", "recipient", "identification")
            referral = found.filter(pk=entry["referral"]).first()
            if referral is None:
                return render(request, "protection/message_over.html", status=410)
            return view(request, guest, referral)

    return entered


def _context(guest: Member, referral: Referral) -> dict[str, Any]:
    return {
        **frame(guest, referral),
        "guest": True,
        "accept_url": reverse("protection:message_accept"),
        "decline_url": reverse("protection:message_decline"),
        "open_url": reverse("protection:message_open"),
        "done_url": reverse("protection:message_done"),
    }


@_guest
@require_safe
def message_read(request: HttpRequest, guest: Member, referral: Referral) -> HttpResponse:
    context = _context(guest, referral)
    if context["steps"]["answer"]:
        context |= {"accept": AcceptForm(), "decline": DeclineForm(auto_id="decline_%s")}
    if context["steps"]["finish"]:
        context |= {"finish": DoneForm(auto_id="done_%s")}
    return render(request, "protection/message_read.html", context)


@_guest
@require_http_methods(["GET", "HEAD", "POST"])
def message_open(request: HttpRequest, guest: Member, referral: Referral) -> HttpResponse:
    if request.method != "POST":
        return redirect("protection:message_read")
    context = _context(guest, referral)
    if context["dark"]:
        return render(request, "protection/message_package.html", {**context, "sections": []}, status=410)
    context |= package_context(guest, referral)
    return render(request, "protection/message_package.html", context)


def _answer(request: HttpRequest, form: forms.Form, verb: View, guest: Member, referral: Referral, **words: Any) -> Any:
    sheet = Sheet(back=reverse("protection:message_read"), **words)

    def act(said: dict[str, Any]) -> None:
        verb(member=guest, referral=referral, **said)

    return form_page(request, sheet, form, act, template="protection/message_form.html")


@_guest
@require_POST
def message_accept(request: HttpRequest, guest: Member, referral: Referral) -> HttpResponse:
    words = {"title": _("Accept"), "submit": _("Accept"), "done": _("Accepted. The sender is told.")}
    return _answer(request, AcceptForm(request.POST), accept_referral, guest, referral, **words)


@_guest
@require_POST
def message_decline(request: HttpRequest, guest: Member, referral: Referral) -> HttpResponse:
    words = {"title": _("Decline"), "submit": _("Decline"), "done": _("Declined. The sender is told.")}
    return _answer(request, DeclineForm(request.POST), decline_referral, guest, referral, **words)


@_guest
@require_POST
def message_done(request: HttpRequest, guest: Member, referral: Referral) -> HttpResponse:
    words = {"title": _("What was asked is done"), "submit": _("It is done"), "done": _("Done. The sender is told.")}
    return _answer(request, DoneForm(request.POST), finish_referral, guest, referral, **words)
