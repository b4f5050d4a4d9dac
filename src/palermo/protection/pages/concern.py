"""The public door: a concern in five minutes, without an account; later, what became of it."""

from typing import Any

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from palermo.office.models import Agency, Site
from palermo.protection.domain.concerns import Account, concern_status, raise_concern
from palermo.protection.enums import ConcernState
from palermo.protection.methods.concern_forms import ConcernForm, load_concern_forms
from palermo.protection.pages.doors import attempt, sent
from palermo.protection.queries.recipients import nearest, places, takers
from palermo.protection.rate import CONCERNS_AN_HOUR, QUESTIONS_AN_HOUR, within_limit
from palermo.ui.forms import CheckTiles, RadioTiles
from palermo.vocabulary.errors import Refusal

_YES_NO = (("yes", _("Yes")), ("no", _("No")), ("", _("Not known")))


class ConcernFields(forms.Form):
    signs = forms.MultipleChoiceField(label=_("What did you notice?"), widget=CheckTiles, required=False)
    seen = forms.CharField(
        label=_("In your own words: what you saw and heard, where and when"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    child = forms.ChoiceField(
        label=_("Is it a child?"),
        choices=[("yes", _("Yes, or I am not sure")), ("no", _("No"))],
        widget=RadioTiles(hints={"yes": _("Child protection gets it.")}),
        error_messages={"required": _("Choose one; where you are not sure, the first.")},
    )
    urgent = forms.BooleanField(
        label=_("Somebody is in danger now"),
        required=False,
        help_text=_("An agency answers within four hours. For help in minutes call the emergency number."),
    )
    agrees = forms.ChoiceField(
        label=_("Does the person agree that somebody gets in touch?"),
        choices=_YES_NO,
        widget=RadioTiles,
        required=False,
        help_text=_("Do not ask it if it could put them in danger."),
    )
    place = forms.ModelChoiceField(
        label=_("Near which place?"), queryset=Site.objects.none(), required=False, empty_label=_("none of these")
    )
    recipient = forms.ModelChoiceField(
        label=_("Who should get it?"),
        queryset=Agency.objects.none(),
        required=False,
        empty_label=_("Choose for me: nearest, child protection for a child"),
    )
    contact = forms.CharField(
        label=_("How can you be asked back?"),
        required=False,
        max_length=200,
        help_text=_("Telephone or e-mail. You may leave it empty; then only your receipt leads back to you."),
    )
    safe_to_contact = forms.BooleanField(label=_("It is safe to contact me there"), required=False)

    def __init__(self, *args: Any, form: ConcernForm, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["signs"].choices = [(sign.item, sign.words) for sign in form.signs]
        self.fields["seen"].help_text = form.place
        self.fields["recipient"].queryset = takers()
        self.fields["place"].queryset = places()


def _raise(form: ConcernFields, profession: str) -> tuple[Agency, str]:
    said = form.cleaned_data
    child = said["child"] == "yes"
    recipient = said["recipient"] or nearest(list(takers()), child=child, place=said["place"])
    if recipient is None:
        raise Refusal("no agency takes concerns here yet", remedy="In danger call the emergency number.")
    _id, receipt = raise_concern(
        recipient=recipient,
        profession=profession,
        account=Account(said["seen"], said["contact"], said["safe_to_contact"]),
        signs=said["signs"],
        child=child,
        urgent=said["urgent"],
        agrees={"yes": True, "no": False}.get(said["agrees"]),
    )
    return recipient, receipt


@login_not_required
@require_safe
def concern_start(request: HttpRequest) -> HttpResponse:
    """Who are you? Each profession has its own words."""
    data = load_concern_forms()
    return render(request, "protection/concern_start.html", {"data": data, "choices": data.forms.values()})


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def concern(request: HttpRequest, profession: str) -> HttpResponse:
    data = load_concern_forms()
    if profession not in data.forms:
        raise Http404
    own = data.forms[profession]
    form = ConcernFields(sent(request), form=own)
    context = {"data": data, "own": own, "form": form}
    if request.method == "POST" and form.is_valid():
        if not within_limit(request, "concern", CONCERNS_AN_HOUR):
            return render(request, "protection/concern_limit.html", context, status=429)
        raised = attempt(form, lambda: _raise(form, profession), {"what you saw": "seen"})
        if raised:
            recipient, receipt = raised
            # Shown in the answer itself: the receipt is kept nowhere, not even in a cookie of a shared device.
            return render(
                request, "protection/concern_sent.html", {**context, "recipient": recipient, "receipt": receipt}
            )
    return render(request, "protection/concern.html", context, status=422 if form.errors else 200)


class ReceiptForm(forms.Form):
    receipt = forms.CharField(
        label=_("Receipt"), max_length=40, help_text=_("Three groups of letters and digits, such as 3F0A-91BC-77D2.")
    )


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def concern_answer(request: HttpRequest) -> HttpResponse:
    """What the sender may be told, for whoever holds the receipt."""
    form = ReceiptForm(sent(request))
    context: dict[str, Any] = {"form": form}
    if request.method == "POST" and form.is_valid():
        if not within_limit(request, "receipt", QUESTIONS_AN_HOUR):
            return render(request, "protection/concern_limit.html", {"data": load_concern_forms()}, status=429)
        status = concern_status(receipt=form.cleaned_data["receipt"])
        if status is None:
            form.add_error("receipt", _("There is no concern with this receipt. Look at it again."))
        else:
            context |= {"status": status, "state": ConcernState(status.state)}
    return render(request, "protection/concern_answer.html", context, status=422 if form.errors else 200)
