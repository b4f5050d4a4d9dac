"""To record what an adult agreed to, and to take it back with words that can be read to the person."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from palermo.office import clock
from palermo.office.domain.consent import GIVE, WITHDRAW, give_consent, withdraw_consent
from palermo.office.domain.rights import may
from palermo.office.enums import DataKind, Purpose
from palermo.office.models import Agency, Consent, Disclosure
from palermo.protection.domain.cases import read_case
from palermo.protection.models import Case
from palermo.protection.pages.directory import recipient_of
from palermo.protection.pages.doors import Sheet, acts, form_page, posts, reads, sent
from palermo.protection.pages.files import crumbs, own_case
from palermo.protection.pages.languages import language_choices
from palermo.ui.forms import CheckTiles, RadioTiles
from palermo.vocabulary.places import languages

_HOW = (
    ("spoken", _("Spoken")),
    ("signed", _("Signed on paper")),
    ("gesture", _("By a sign or gesture")),
)


class ConsentForm(forms.Form):
    purpose = forms.ChoiceField(label=_("What may the data be used for?"), widget=RadioTiles)
    kinds = forms.MultipleChoiceField(
        label=_("Which data?"),
        choices=DataKind.choices,
        widget=CheckTiles(hints={DataKind.SCREENING: _("only to protect, to identify, or for legal aid")}),
        help_text=_("Explain each by itself. Fewer is better."),
        error_messages={"required": _("Choose at least one kind of data.")},
    )
    language = forms.ChoiceField(label=_("Explained in"), choices=language_choices)
    interpreter = forms.CharField(
        label=_("Interpreter"), required=False, max_length=120, help_text=_("A vetted one, never a companion.")
    )
    how = forms.ChoiceField(label=_("How was it given?"), choices=_HOW, widget=RadioTiles, initial="spoken")
    days = forms.IntegerField(
        label=_("For how many days?"), initial=90, min_value=1, max_value=365, help_text=_("It ends by itself.")
    )

    def __init__(self, *args: Any, recipient: Agency, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Only adults are asked: the protection of a child is none of theirs.
        labels = {code: label for code, label in Purpose.choices if code != Purpose.CHILD_PROTECTION}
        self.fields["purpose"].choices = [(code, labels[code]) for code in recipient.purposes if code in labels]


@acts(GIVE)
def consent_add(request: HttpRequest, pk: UUID, agency: UUID) -> HttpResponse:
    case = own_case(request, pk, GIVE)
    recipient = recipient_of(case, agency)
    if case.person.is_child:
        return redirect("protection:refer_to", case.pk, recipient.pk)
    sheet = Sheet(
        title=_("What the person agrees to"),
        submit=_("Record the consent"),
        back=reverse("protection:refer_to", args=[case.pk, recipient.pk]),
        crumbs=crumbs(case),
        lead=recipient,
        notice=_(
            "Say first: help does not depend on this answer, it can be taken back at any time, and what was read by"
            " then cannot be called back."
        ),
        done=_("The consent is recorded. Now the referral can be sent under it."),
    )

    def act(said: dict[str, Any]) -> str:
        consent = give_consent(member=request.user, person=case.person, recipient=recipient, **said)
        return reverse("protection:refer_under", args=[consent.pk])

    form = ConsentForm(sent(request), recipient=recipient, initial={"language": case.person.language})
    return form_page(request, sheet, form, act)


def consent_of(request: HttpRequest, pk: UUID, verb: str) -> tuple[Consent, Case]:
    """A consent and the case it belongs to; 404 where the database shows none."""
    consent = get_object_or_404(Consent.objects.select_related("recipient", "person"), pk=pk)
    case = get_object_or_404(Case, person_id=consent.person_id)
    return consent, own_case(request, case.pk, verb)


@reads(WITHDRAW)
def consent_page(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What was agreed, what rests on it, what was read by now; and the way to take it back."""
    consent, case = consent_of(request, pk, WITHDRAW)
    read_case(member=request.user, case=case)
    disclosures = list(Disclosure.objects.filter(consent=consent).select_related("recipient"))
    context = {
        "consent": consent,
        "case": case,
        "crumbs": crumbs(case),
        "stands": consent.withdrawn_at is None and consent.expires_at > clock.now(),
        "language": languages().get(consent.language, consent.language),
        "how": dict(_HOW).get(consent.how, consent.how),
        "opened": [d for d in disclosures if d.opened_at],
        "unopened": [d for d in disclosures if not d.opened_at],
        "may_withdraw": may(request.user, WITHDRAW),
    }
    return render(request, "protection/consent.html", context)


@posts(WITHDRAW)
def consent_withdraw(request: HttpRequest, pk: UUID) -> HttpResponse:
    consent, _case = consent_of(request, pk, WITHDRAW)
    if consent.withdrawn_at is None:
        withdraw_consent(member=request.user, consent=consent)
        messages.success(request, _("The consent is withdrawn. Use of the data stopped at once."))
    return redirect("protection:consent", consent.pk)
