"""To put people on an event's list, to say how far they came, to bring a list in and take it out."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as said_now
from django.utils.translation import gettext_lazy as _

from palermo.office.pages.doors import Sheet, acts, form_page, posts, sent
from palermo.partnership.domain import attendance as verbs
from palermo.partnership.models import Attendance, Event
from palermo.partnership.pages import event_forms as forms


def _sheet(event: Event, title: Any, submit: Any, **more: Any) -> Sheet:
    back = reverse("partnership:event", args=[event.pk]) + "#attendance"
    crumbs = ((_("Events"), reverse("partnership:events")), (event.title, back))
    return Sheet(title=title, submit=submit, back=back, crumbs=crumbs, **more)


@acts(verbs.RECORD)
def attendance_add(request: HttpRequest, pk: UUID) -> HttpResponse:
    event = get_object_or_404(Event, pk=pk)
    sheet = _sheet(event, _("Somebody took part"), _("Put on the list"), done=_("It is on the list."))

    def act(said: dict[str, Any]) -> None:
        verbs.record_attendance(member=request.user, event=event, **said)

    return form_page(request, sheet, forms.AttendanceForm(sent(request)), act)


@acts(verbs.INVITE)
def attendance_invite(request: HttpRequest, pk: UUID) -> HttpResponse:
    event = get_object_or_404(Event, pk=pk)
    sheet = _sheet(event, _("Invite somebody"), _("Note the invitation"), done=_("The invitation is noted."))

    def act(said: dict[str, Any]) -> None:
        verbs.invite(member=request.user, event=event, **said)

    return form_page(request, sheet, forms.AttendanceForm(sent(request)), act)


@acts(verbs.REGISTER)
def attendance_step(request: HttpRequest, pk: UUID) -> HttpResponse:
    row = get_object_or_404(Attendance.objects.select_related("event"), pk=pk)
    sheet = _sheet(row.event, row.name or row.organisation, _("Save"), done=_("The list is up to date."))

    def act(said: dict[str, Any]) -> None:
        verbs.register(member=request.user, attendance=row, **said)

    form = forms.StepForm(sent(request), initial={"step": row.step, "mode": row.mode})
    return form_page(request, sheet, form, act, template="partnership/attendance_step.html", row=row)


@posts(verbs.STRIKE)
def attendance_strike(request: HttpRequest, pk: UUID) -> HttpResponse:
    row = get_object_or_404(Attendance.objects.select_related("event"), pk=pk)
    verbs.strike_attendance(member=request.user, attendance=row)
    messages.success(request, _("Taken off the list; the history keeps it."))
    return redirect(reverse("partnership:event", args=[row.event_id]) + "#attendance")


@acts(verbs.IMPORT)
def attendance_import(request: HttpRequest, pk: UUID) -> HttpResponse:
    event = get_object_or_404(Event, pk=pk)
    sheet = _sheet(event, _("Bring in a list"), _("Import"), lead=_("All of it is taken, or nothing."))

    def act(said: dict[str, Any]) -> None:
        file = said["file"]
        counts = verbs.import_attendance(member=request.user, event=event, data=file.read(), file=file.name)
        words = said_now("%(new)d new, %(changed)d changed, %(same)d the same.") % counts
        messages.success(request, words)

    form = forms.ListForm(sent(request), request.FILES or None)
    return form_page(request, sheet, form, act)


@posts(verbs.EXPORT)
def attendance_export(request: HttpRequest, pk: UUID) -> HttpResponse:
    event = get_object_or_404(Event, pk=pk)
    data = verbs.export_attendance(member=request.user, event=event)
    response = HttpResponse(data, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="attendance-{event.pk}.csv"'
    return response
