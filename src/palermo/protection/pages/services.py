"""To plan a service or a remedy in a case, and to say that it has begun or ended."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from palermo.office.enums import AgencyKind
from palermo.office.models import Agency
from palermo.protection.domain.services import MOVE, PLAN, move_service, plan_service
from palermo.protection.enums import ServiceKind, ServiceState
from palermo.protection.models import Service
from palermo.protection.pages.doors import Sheet, acts, form_page, sent
from palermo.protection.pages.files import case_url, crumbs, own_case
from palermo.ui.forms import RadioTiles


class PlanForm(forms.Form):
    kind = forms.ChoiceField(label=_("Service or remedy"), choices=ServiceKind.choices, widget=RadioTiles)
    provider = forms.ModelChoiceField(
        label=_("Who gives it?"),
        queryset=Agency.objects.exclude(kind__in=(AgencyKind.MIGRATION_ENFORCEMENT, AgencyKind.NATIONAL_CO_ORDINATOR)),
        help_text=_("Your own agency, or one that accepted a referral."),
    )


class MoveForm(forms.Form):
    state = forms.ChoiceField(
        label=_("Where does it stand?"),
        choices=[(value, label) for value, label in ServiceState.choices if value != ServiceState.PLANNED],
        widget=RadioTiles,
    )
    result = forms.CharField(
        label=_("With what result?"),
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Needed when it ended."),
    )


@acts(PLAN)
def service_add(request: HttpRequest, pk: UUID) -> HttpResponse:
    case = own_case(request, pk, PLAN)
    sheet = Sheet(
        title=_("Plan a service or a remedy"),
        submit=_("Plan it"),
        back=case_url(case) + "#services",
        crumbs=crumbs(case),
        lead=_("This notes what is planned. To ask another agency for it, refer."),
        done=_("It is planned."),
    )

    def act(said: dict[str, Any]) -> None:
        plan_service(member=request.user, case=case, **said)

    return form_page(request, sheet, PlanForm(sent(request), initial={"provider": request.user.agency_id}), act)


@acts(MOVE)
def service_move(request: HttpRequest, pk: UUID) -> HttpResponse:
    service = get_object_or_404(Service.objects.select_related("provider"), pk=pk)
    case = own_case(request, service.case_id, MOVE)
    sheet = Sheet(
        title=service.get_kind_display(),
        submit=_("Save"),
        back=case_url(case) + "#services",
        crumbs=crumbs(case),
        lead=service.provider,
        done=_("The service is up to date."),
    )

    def act(said: dict[str, Any]) -> None:
        move_service(member=request.user, service=service, **said)

    return form_page(request, sheet, MoveForm(sent(request), initial={"state": ServiceState.UNDER_WAY}), act)
