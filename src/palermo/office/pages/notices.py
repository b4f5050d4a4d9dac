"""The inbox: what the system has to tell the agency. It names no person."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from palermo.office.domain.notices import inbox as notices_of
from palermo.office.domain.notices import note_notices, read_notice
from palermo.office.enums import NoticeKind
from palermo.office.pages.links import address
from palermo.office.queries import notices as queries

PAGE = 25


class NotedForm(forms.Form):
    shown = forms.TypedMultipleChoiceField(coerce=UUID, required=False)

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        # Any id may be sent; the database knows which are the agency's.
        self.fields["shown"].valid_value = lambda _value: True  # type: ignore[attr-defined]


@require_GET
def inbox(request: HttpRequest) -> HttpResponse:
    everything = request.GET.get("all") == "1"
    page = Paginator(notices_of(member=request.user, unread_only=not everything), PAGE).get_page(
        request.GET.get("page")
    )
    letters = [
        (one, address(one.notice.kind, one.notice.about_id, request.user)) for one in queries.letters(list(page))
    ]
    kinds = [] if request.user.agency.enforces_migration else queries.waiting_by_kind()
    context = {"letters": letters, "page": page, "everything": everything, "kinds": kinds, "first": queries.FIRST}
    return render(request, "office/notices.html", context)


@require_POST
def noted(request: HttpRequest) -> HttpResponse:
    """Mark as read all of a kind, or those that were shown."""
    kind = request.POST.get("kind", "")
    shown = NotedForm(request.POST)
    if kind in NoticeKind.values:
        n = note_notices(member=request.user, kind=kind)
    elif shown.is_valid() and shown.cleaned_data["shown"]:
        n = note_notices(member=request.user, ids=shown.cleaned_data["shown"])
    else:
        raise Http404
    messages.success(request, ngettext("%(n)d notice is noted.", "%(n)d notices are noted.", n) % {"n": n})
    return redirect("office:notices")


@require_POST
def read(request: HttpRequest, notice: UUID) -> HttpResponse:
    found = get_object_or_404(notices_of(member=request.user), pk=notice)
    read_notice(member=request.user, notice=found)
    return redirect(address(found.kind, found.about_id, request.user) or "office:notices")
