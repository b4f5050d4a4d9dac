"""The inbox: what the system has to tell the agency. It names no person."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from palermo.office.domain.notices import inbox as notices_of
from palermo.office.domain.notices import read_notice
from palermo.office.pages.links import address
from palermo.office.queries import notices as queries

PAGE = 25


@require_GET
def inbox(request: HttpRequest) -> HttpResponse:
    everything = request.GET.get("all") == "1"
    page = Paginator(notices_of(member=request.user, unread_only=not everything), PAGE).get_page(
        request.GET.get("page")
    )
    letters = [(one, address(one.notice.kind, one.notice.about_id)) for one in queries.letters(list(page))]
    return render(request, "office/notices.html", {"letters": letters, "page": page, "everything": everything})


@require_POST
def read(request: HttpRequest, notice: UUID) -> HttpResponse:
    found = get_object_or_404(notices_of(member=request.user), pk=notice)
    read_notice(member=request.user, notice=found)
    return redirect(address(found.kind, found.about_id) or "office:notices")
