"""The list of investigations, and to open one."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from palermo.prosecution.domain.investigations import CLOSE, OPEN, READ, close_investigation, open_investigation
from palermo.prosecution.pages import tones
from palermo.prosecution.pages.cells import link
from palermo.prosecution.pages.doors import Sheet, acts, address, crumbs, form_page, investigation_of, reads, sent
from palermo.prosecution.queries.investigations import investigations
from palermo.ui.components.status import badge


class OpenForm(forms.Form):
    title = forms.CharField(
        label=_("Name of the operation"), max_length=120, help_text=_("It names no person and no place.")
    )


class CloseForm(forms.Form):
    reason = forms.CharField(label=_("Why is it closed?"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))


@reads(READ)
def investigation_list(request: HttpRequest) -> HttpResponse:
    rows = [
        (
            link(address("board", one.pk), one.code),
            one.title,
            badge(one.get_state_display(), tones.INVESTIGATION[one.state]),  # type: ignore[index]
            one.opened_at.date(),
        )
        for one in investigations()[:200]
    ]
    columns = [_("Code"), _("Name"), _("State"), _("Opened")]
    return render(request, "prosecution/list.html", {"columns": columns, "rows": rows})


@acts(OPEN)
def investigation_new(request: HttpRequest) -> HttpResponse:
    sheet = Sheet(
        title=_("Open an investigation"),
        submit=_("Open it"),
        back=address("investigations"),
        crumbs=((_("Investigations"), address("investigations")),),
    )

    def act(said: dict[str, Any]) -> str:
        return address("board", open_investigation(member=request.user, **said).pk)

    return form_page(request, sheet, OpenForm(sent(request)), act)


@acts(CLOSE)
def investigation_close(request: HttpRequest, pk: Any) -> HttpResponse:
    found = investigation_of(request, pk)
    sheet = Sheet(
        title=_("Close the investigation"),
        submit=_("Close it"),
        back=address("board", found.pk),
        crumbs=crumbs(found),
        lead=_("Nothing in it changes after that."),
        danger=True,
    )

    def act(said: dict[str, Any]) -> None:
        close_investigation(member=request.user, investigation=found, **said)

    return form_page(request, sheet, CloseForm(sent(request)), act)
