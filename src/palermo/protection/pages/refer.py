"""To send a referral: on what basis, then what is asked and which data go with it."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from palermo.office import clock
from palermo.office.domain.disclosure import carried
from palermo.office.enums import DataKind, LawfulBasis, Purpose
from palermo.office.models import Agency, Consent
from palermo.protection.domain.referrals import SEND, Basis, Request, send_referral
from palermo.protection.enums import ServiceKind
from palermo.protection.models import Case, GuardianRequest
from palermo.protection.pages.consents import consent_of
from palermo.protection.pages.directory import recipient_of
from palermo.protection.pages.doors import Sheet, acts, form_page, reads, sent
from palermo.protection.pages.files import case_url, crumbs, own_case
from palermo.ui.forms import CheckTiles, RadioTiles

_SERVICES = {
    "label": _("What do you ask for?"),
    "choices": ServiceKind.choices,
    "widget": CheckTiles,
    "error_messages": {"required": _("Choose at least one service.")},
}
_KINDS = {"widget": CheckTiles, "error_messages": {"required": _("Choose at least one kind of data.")}}
_URGENT = {
    "label": _("Urgent: an answer within four hours"),
    "required": False,
    "help_text": _("For danger today. In danger of life call the emergency number first."),
}


class UnderConsent(forms.Form):
    services = forms.MultipleChoiceField(**_SERVICES)
    kinds = forms.MultipleChoiceField(
        label=_("Which data go with it?"),
        help_text=_("Only what the consent covers. Untick what is not needed."),
        **_KINDS,
    )
    urgent = forms.BooleanField(**_URGENT)

    def __init__(self, *args: Any, consent: Consent, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        labels = dict(DataKind.choices)
        kinds = carried(purpose=consent.purpose, kinds=consent.kinds)
        self.fields["kinds"].choices = [(kind, labels[kind]) for kind in kinds]
        self.fields["kinds"].initial = kinds


class OnOtherBasis(forms.Form):
    for_child = False

    basis = forms.ChoiceField(label=_("On what basis?"), widget=RadioTiles)
    reason = forms.CharField(
        label=_("Why"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The danger to life, the duty and its article, or the interests that were weighed."),
    )
    purpose = forms.ChoiceField(label=_("What may the data be used for?"), widget=RadioTiles)
    services = forms.MultipleChoiceField(**_SERVICES)
    kinds = forms.MultipleChoiceField(
        label=_("Which data go with it?"),
        choices=DataKind.choices,
        help_text=_("As little as is needed for this purpose."),
        **_KINDS,
    )
    urgent = forms.BooleanField(**_URGENT)

    def __init__(self, *args: Any, recipient: Agency, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        labels = {code: label for code, label in Purpose.choices if self.for_child or code != Purpose.CHILD_PROTECTION}
        self.fields["purpose"].choices = [(code, labels[code]) for code in recipient.purposes if code in labels]
        self.fields["basis"].choices = self.bases()

    @staticmethod
    def bases() -> list[tuple[str, Any]]:
        return [(b.value, b.label) for b in (LawfulBasis.VITAL_INTERESTS, LawfulBasis.LEGAL_DUTY)]


#: What must be written down in the best interests of a child, and what is said where it is missing.
_CHILD_NEEDS = {
    "child_view": _("Write down what the child says about it. Where it could not be asked, write so, and why."),
    "guardian": _("Write who the guardian is, or of whom one was asked and when."),
    "guardian_not_implicated": _(
        "It was not checked that the guardian is not implicated. Look at it with the child alone, then tick this."
    ),
}


class ForChild(OnOtherBasis):
    for_child = True

    guardian = forms.CharField(
        label=_("Guardian, or the request for one"),
        max_length=200,
        required=False,
        help_text=_("Who it is, or of whom a guardian was asked and when."),
    )
    guardian_not_implicated = forms.BooleanField(
        label=_("It was checked that this person is not implicated"),
        required=False,
        help_text=_("An adult who came along is never the guardian by default."),
    )
    child_view = forms.CharField(
        label=_("What the child says about it"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("In the child’s own words. Where the child could not be asked, write so, and why."),
    )
    field_order = ("basis", "reason", "child_view", "guardian", "guardian_not_implicated")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # What the best interests of the child ask for; where life is in danger, they wait.
        interests = LawfulBasis.CHILD_BEST_INTERESTS
        chosen = self.data.get("basis", interests) if self.is_bound else self.initial.get("basis", interests)
        for name, missing in _CHILD_NEEDS.items():
            self.fields[name].required = chosen == interests
            self.fields[name].error_messages["required"] = missing

    @staticmethod
    def bases() -> list[tuple[str, Any]]:
        kinds = (LawfulBasis.CHILD_BEST_INTERESTS, LawfulBasis.VITAL_INTERESTS, LawfulBasis.LEGAL_DUTY)
        return [(b.value, b.label) for b in kinds]


@reads(SEND)
def refer_to(request: HttpRequest, pk: UUID, agency: UUID) -> HttpResponse:
    """On what basis: a consent that stands, a new one, or another lawful basis. A child's way is its own."""
    case = own_case(request, pk, SEND)
    recipient = recipient_of(case, agency)
    if case.person.is_child:
        return redirect("protection:refer_other", case.pk, recipient.pk)
    consents = Consent.objects.filter(
        person=case.person, recipient=recipient, withdrawn_at=None, expires_at__gt=clock.now()
    )
    context = {"case": case, "recipient": recipient, "consents": consents, "crumbs": crumbs(case)}
    return render(request, "protection/refer_to.html", context)


def _send(request: HttpRequest, case: Case, asked: Request, basis: Basis) -> str:
    referral = send_referral(member=request.user, person=case.person, request=asked, basis=basis)
    return reverse("protection:referral", args=[referral.pk])


def _sheet(case: Case, recipient: Agency, back: str, lead: Any) -> Sheet:
    notice = "" if recipient.has_account else _("This agency has no account: after sending, make its sealed link.")
    return Sheet(
        title=_("Refer to %(agency)s") % {"agency": recipient},
        submit=_("Send the referral"),
        back=back,
        crumbs=crumbs(case),
        lead=lead,
        notice=notice,
        done=_("The referral is sent."),
    )


@acts(SEND)
def refer_under(request: HttpRequest, pk: UUID) -> HttpResponse:
    consent, case = consent_of(request, pk, SEND)
    sheet = _sheet(case, consent.recipient, case_url(case), consent.get_purpose_display())

    def act(said: dict[str, Any]) -> str:
        asked = Request(recipient=consent.recipient, purpose=consent.purpose, **said)
        return _send(request, case, asked, Basis(LawfulBasis.CONSENT, consent=consent))

    return form_page(request, sheet, UnderConsent(sent(request), consent=consent), act)


@acts(SEND)
def refer_other(request: HttpRequest, pk: UUID, agency: UUID) -> HttpResponse:
    case = own_case(request, pk, SEND)
    recipient = recipient_of(case, agency)
    child = case.person.is_child
    back = reverse("protection:refer" if child else "protection:refer_to", args=[pk] if child else [pk, agency])
    lead = _("Best interests of the child") if child else _("Without consent: the basis and its reasons are recorded.")
    sheet = _sheet(case, recipient, back, lead)
    form_class = ForChild if child else OnOtherBasis
    form = form_class(sent(request), recipient=recipient, initial=_initial(case) if child else {})

    def act(said: dict[str, Any]) -> str:
        asked = Request(recipient, said["purpose"], said["services"], said["kinds"], urgent=said["urgent"])
        childs = ("guardian", "guardian_not_implicated", "child_view")
        basis = Basis(said["basis"], reason=said["reason"], **{name: said[name] for name in childs if name in said})
        return _send(request, case, asked, basis)

    return form_page(request, sheet, form, act)


def _initial(case: Case) -> dict[str, Any]:
    asked = GuardianRequest.objects.filter(person_id=case.person_id).select_related("asked_of").first()
    said = ""
    if asked:
        words = {"agency": asked.asked_of, "day": asked.asked_at.date()}
        said = asked.guardian or _("Asked of %(agency)s on %(day)s") % words
    return {"basis": LawfulBasis.CHILD_BEST_INTERESTS, "guardian": said}
