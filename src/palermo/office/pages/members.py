"""Members of the own agency, for its administrator."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from palermo.office.domain.agencies import APPOINT, appoint_member, dismiss_member, renew_sign_in
from palermo.office.domain.rights import require
from palermo.office.enums import Role
from palermo.office.models import Member
from palermo.office.pages.doors import Sheet, attempt
from palermo.office.pages.forms import AppointForm
from palermo.office.queries.members import members_of


@require_GET
def show(request: HttpRequest) -> HttpResponse:
    require(request.user, APPOINT)
    labels = dict(Role.choices)
    rows = [(one, [labels[role] for role in one.roles]) for one in members_of(request.user.agency)]
    return render(request, "office/members.html", {"rows": rows})


@never_cache
@require_http_methods(["GET", "POST"])
@sensitive_variables()
def appoint(request: HttpRequest) -> HttpResponse:
    require(request.user, APPOINT)
    form = AppointForm(request.POST or None)
    if form.is_valid() and (made := attempt(form, lambda: appoint_member(member=request.user, **form.cleaned_data))):
        member, password = made
        # Shown on this page once; a message would carry it in a cookie.
        return render(request, "office/first_password.html", {"member": member, "password": password})
    sheet = Sheet(
        title=_("Appoint a member"),
        lead=_("The first password is shown once, to be handed over in person."),
        submit=_("Appoint"),
        back=reverse("office:members"),
    )
    return render(request, "office/form.html", {"sheet": sheet, "form": form})


@require_POST
def dismiss(request: HttpRequest, member: UUID) -> HttpResponse:
    dismiss_member(member=request.user, other=get_object_or_404(Member, pk=member))
    return redirect("office:members")


@never_cache
@require_POST
@sensitive_variables()
def renew(request: HttpRequest, member: UUID) -> HttpResponse:
    other = get_object_or_404(Member, pk=member)
    password = renew_sign_in(member=request.user, other=other)
    return render(request, "office/first_password.html", {"member": other, "password": password})
