"""To choose an agency by what it offers; the first step of a referral and of a consent."""

from typing import Any
from uuid import UUID

from django import forms
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from palermo.office.domain.consent import GIVE
from palermo.office.enums import AgencyKind, Purpose
from palermo.office.models import Agency
from palermo.protection.domain.referrals import SEND
from palermo.protection.models import Case
from palermo.protection.pages.doors import reads
from palermo.protection.pages.files import crumbs, own_case

#: Kinds that never receive a person's data.
_NEVER = (AgencyKind.MIGRATION_ENFORCEMENT, AgencyKind.NATIONAL_CO_ORDINATOR)


class Narrow(forms.Form):
    purpose = forms.ChoiceField(label=_("For"), required=False, choices=[("", _("anything")), *Purpose.choices])
    words = forms.CharField(label=_("Name, or what it offers"), required=False, max_length=60)

    def narrow(self, agencies: QuerySet[Agency]) -> QuerySet[Agency]:
        asked = self.cleaned_data if self.is_valid() else {}
        if asked.get("purpose"):
            agencies = agencies.filter(purposes__contains=[asked["purpose"]])
        for word in (asked.get("words") or "").split():
            agencies = agencies.filter(Q(name__icontains=word) | Q(offers__icontains=word))
        return agencies


def recipients(case: Case) -> QuerySet[Agency]:
    """Agencies of the same State that may receive data at all, child protection first for a child."""
    agencies = Agency.objects.filter(state=case.agency.state).exclude(kind__in=_NEVER).exclude(pk=case.agency_id)
    return agencies.exclude(purposes=[]).order_by("name")


def recipient_of(case: Case, pk: UUID) -> Agency:
    """The agency of that id, if it may receive data at all."""
    agency = recipients(case).filter(pk=pk).first()
    if agency is None:
        raise Http404
    return agency


def _entries(case: Case, form: Narrow, onward: str) -> list[dict[str, Any]]:
    purposes = dict(Purpose.choices)
    agencies = list(form.narrow(recipients(case)))
    if case.person.is_child:
        agencies.sort(key=lambda agency: agency.kind != AgencyKind.CHILD_PROTECTION)
    return [
        {
            "agency": agency,
            "url": reverse(onward, args=[case.pk, agency.pk]),
            "purposes": [purposes[code] for code in agency.purposes if code in purposes],
        }
        for agency in agencies
    ]


def _choose(request: HttpRequest, case: Case, onward: str, title: Any, lead: Any) -> HttpResponse:
    form = Narrow(request.GET or None)
    entries = _entries(case, form, onward)
    context = {"form": form, "entries": entries, "title": title, "lead": lead, "crumbs": crumbs(case)}
    return render(request, "protection/directory.html", context)


@reads(SEND)
def refer(request: HttpRequest, pk: UUID) -> HttpResponse:
    case = own_case(request, pk, SEND)
    lead = _("Choose an agency by what it offers. Nothing is sent yet.")
    return _choose(request, case, "protection:refer_to", _("Refer to whom?"), lead)


@reads(GIVE)
def consent_choose(request: HttpRequest, pk: UUID) -> HttpResponse:
    case = own_case(request, pk, GIVE)
    if case.person.is_child:
        lead = _("A child does not carry this decision: the referral records the best interests instead.")
        return _choose(request, case, "protection:refer_to", _("Refer to whom?"), lead)
    lead = _("A consent names one recipient. Ask for each by itself.")
    return _choose(request, case, "protection:consent_add", _("Consent for whom?"), lead)
