"""A person's file as far as the office keeps it, their rights over it, and the emergency opening."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import formats
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from palermo.office import clock
from palermo.office.domain.emergency import OPEN, open_emergency
from palermo.office.domain.persons import READ_IDENTITY, read_identity
from palermo.office.domain.rights import may, require
from palermo.office.domain.rights_of_person import ASK, READ_ANSWERS, REPORT, access_report, ask_right, read_answers
from palermo.office.enums import Purpose
from palermo.office.models import Person
from palermo.office.pages.doors import Sheet, attempt
from palermo.office.pages.forms import EmergencyForm, RightForm
from palermo.office.pages.links import above
from palermo.office.plain_words import words_for
from palermo.vocabulary.places import languages


@never_cache
@require_http_methods(["GET", "POST"])
def show(request: HttpRequest, person: UUID) -> HttpResponse:
    """The file without who it is; that is asked for by a button of its own and logged."""
    require(request.user, READ_IDENTITY)
    found = get_object_or_404(Person.objects.select_related("agency"), pk=person)
    shown = {
        "person": found,
        "crumbs": above(request.user, found.pk),
        "mine": found.agency_id == request.user.agency_id,
        "may_report": may(request.user, REPORT),
        "may_ask": may(request.user, ASK),
        "language": languages().get(found.language, found.language),
    }
    if shown["mine"] and may(request.user, READ_ANSWERS):
        shown["requests"] = read_answers(member=request.user, person=found)
    if request.method == "POST":
        shown |= {
            "identity": read_identity(member=request.user, person=found, purpose=Purpose.PROTECTION),
            "asked": True,
        }
    return render(request, "office/person.html", shown)


@never_cache
@require_http_methods(["GET", "POST"])
def emergency(request: HttpRequest) -> HttpResponse:
    require(request.user, OPEN)
    form = EmergencyForm(request.POST or None)
    if form.is_valid():
        if person := attempt(form, lambda: open_emergency(member=request.user, **form.cleaned_data)):
            return redirect("office:person", person.pk)
        if form.is_valid():  # not refused: no file has the code, and the try counts
            form.add_error("code", _("No file has this code. Read it again from the person’s card."))
    sheet = Sheet(
        title=_("Open a file in an emergency"),
        lead=_(
            "For danger to life or limb. It opens for three hours, for reading only. The owner is told at once and"
            " reviews it."
        ),
        submit=_("Open for three hours"),
        back="/",
    )
    return render(request, "office/form.html", {"sheet": sheet, "form": form})


@never_cache
@require_GET
def report(request: HttpRequest, person: UUID) -> HttpResponse:
    """Handed to the person in private: kind of agency, what it did and why, in plain words."""
    found = get_object_or_404(Person, pk=person)
    lines: list[dict[str, Any]] = []
    for line in access_report(member=request.user, person=found):
        said = {"kind": line.agency_kind, "words": words_for(line.verb), "purpose": line.purpose}
        # What was done many times over on one day is said once, with how often.
        if lines and lines[-1]["day"] == line.at.date() and all(lines[-1][key] == word for key, word in said.items()):
            lines[-1]["times"] += 1
        else:
            lines.append(said | {"at": line.at, "day": line.at.date(), "times": 1})
    return render(request, "office/report.html", {"lines": lines, "today": clock.now()})


@never_cache
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest, person: UUID) -> HttpResponse:
    require(request.user, ASK)
    found = get_object_or_404(Person, pk=person)
    form = RightForm(request.POST or None)
    if form.is_valid() and (
        asked := attempt(form, lambda: ask_right(member=request.user, person=found, **form.cleaned_data))
    ):
        until = formats.date_format(asked.due_at, "DATE_FORMAT")
        messages.success(request, _("Written down and sealed. An answer is due by %(day)s.") % {"day": until})
        return redirect("office:person", found.pk)
    return render(request, "office/ask.html", {"form": form, "person": found})
