"""The course of a case: more time to recover, and its close."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from palermo.protection.domain.cases import CLOSE, EXTEND, close_case, extend_reflection
from palermo.protection.pages.doors import Sheet, acts, form_page, sent
from palermo.protection.pages.files import case_url, crumbs, own_case


class ExtendForm(forms.Form):
    days = forms.IntegerField(label=_("Days more"), initial=30, min_value=1, max_value=365)


class CloseForm(forms.Form):
    reason = forms.CharField(
        label=_("Why is it closed?"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("For example: the person moved to another State and is in touch with a provider there."),
    )


@acts(EXTEND)
def reflection_extend(request: HttpRequest, pk: UUID) -> HttpResponse:
    case = own_case(request, pk, EXTEND)
    sheet = Sheet(
        title=_("More time to recover and reflect"),
        submit=_("Give more time"),
        back=case_url(case) + "#reflection",
        crumbs=crumbs(case),
        lead=_("The period is never shortened, and it does not depend on whether the person co-operates."),
        done=_("The person has more time."),
    )

    def act(said: dict[str, Any]) -> None:
        extend_reflection(member=request.user, case=case, **said)

    return form_page(request, sheet, ExtendForm(sent(request)), act)


@acts(CLOSE)
def case_close(request: HttpRequest, pk: UUID) -> HttpResponse:
    case = own_case(request, pk, CLOSE)
    sheet = Sheet(
        title=_("Close the case"),
        submit=_("Close it"),
        back=case_url(case),
        crumbs=crumbs(case),
        notice=_("A closed case never bars a new screening. What was sent to others stays with them."),
        done=_("The case is closed."),
        danger=True,
    )

    def act(said: dict[str, Any]) -> None:
        close_case(member=request.user, case=case, **said)

    return form_page(request, sheet, CloseForm(sent(request)), act)
