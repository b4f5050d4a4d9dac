"""To add a risk to a case and to say what was done about one."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from palermo.protection.domain.cases import RESOLVE, RISK, add_risk, resolve_risk
from palermo.protection.enums import RiskKind, RiskLevel
from palermo.protection.models import Risk
from palermo.protection.pages.doors import Sheet, acts, form_page, sent
from palermo.protection.pages.files import case_url, crumbs, own_case
from palermo.ui.forms import RadioTiles


class RiskForm(forms.Form):
    kind = forms.ChoiceField(label=_("What threatens?"), choices=RiskKind.choices, widget=RadioTiles)
    level = forms.ChoiceField(
        label=_("How soon must somebody act?"), choices=RiskLevel.choices, widget=RadioTiles, initial=RiskLevel.URGENT
    )
    note = forms.CharField(
        label=_("What is known"),
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("No names: a referral may carry this line."),
    )


class ResolveForm(forms.Form):
    resolution = forms.CharField(
        label=_("What was done about it?"), max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )


@acts(RISK)
def risk_add(request: HttpRequest, pk: UUID) -> HttpResponse:
    case = own_case(request, pk, RISK)
    sheet = Sheet(
        title=_("Add a risk"),
        submit=_("Add the risk"),
        back=case_url(case) + "#risks",
        crumbs=crumbs(case),
        lead=_("An urgent risk puts the case first on every list until it is resolved."),
        done=_("The risk is noted."),
    )

    def act(said: dict[str, Any]) -> None:
        add_risk(member=request.user, case=case, **said)

    return form_page(request, sheet, RiskForm(sent(request)), act)


@acts(RESOLVE)
def risk_resolve(request: HttpRequest, pk: UUID) -> HttpResponse:
    risk = get_object_or_404(Risk, pk=pk)
    case = own_case(request, risk.case_id, RESOLVE)
    sheet = Sheet(
        title=_("Resolve a risk"),
        submit=_("It is resolved"),
        back=case_url(case) + "#risks",
        crumbs=crumbs(case),
        lead=risk.get_kind_display(),
        done=_("The risk is resolved."),
    )

    def act(said: dict[str, Any]) -> None:
        resolve_risk(member=request.user, risk=risk, **said)

    return form_page(request, sheet, ResolveForm(sent(request)), act)
