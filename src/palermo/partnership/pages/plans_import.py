"""Plans come in as CSV or ICS: read, shown as what they would do, then taken over; and go out again."""

import base64
import datetime as dt
from pathlib import PurePath
from typing import Any

from django import forms
from django.contrib import messages
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from palermo.office import clock
from palermo.office.domain.acting import attempting
from palermo.office.pages.doors import acts, reads, words_of
from palermo.partnership.domain.plans import IMPORT, READ, Access, Change, import_plans, preview_plans
from palermo.partnership.enums import Certainty, ExternalBody, ExternalStepKind, InitiativeKind
from palermo.partnership.formats import limits
from palermo.partnership.formats.events_ics import ENDLESS_DAYS, read_ics
from palermo.partnership.formats.plan_rows import distinct, initiative_row, step_row
from palermo.partnership.formats.plans_csv import INITIATIVE_COLUMNS, STEP_COLUMNS, read_csv, write_csv
from palermo.partnership.models import ExternalStep, Initiative
from palermo.partnership.pages.fields import ClearedForm, state_choices
from palermo.partnership.pages.initiatives import crumbs
from palermo.vocabulary.errors import Refusal
from palermo.vocabulary.states import load_states

SALT = "partnership.plans"
#: Seconds between preview and taking over.
GOOD_FOR = 3600
#: Rows that a preview shows.
MOST_SHOWN = 100
WHAT = {"steps": (step_row, STEP_COLUMNS), "initiatives": (initiative_row, INITIATIVE_COLUMNS)}
_ANY = ("", _("as the file says"))


class ImportForm(ClearedForm):
    field_order = ("what", "file")

    what = forms.ChoiceField(
        label=_("What is in it?"),
        choices=[("steps", _("Plans of other bodies")), ("initiatives", _("Initiatives of the shared calendar"))],
        initial="steps",
        widget=forms.RadioSelect,
    )
    file = forms.FileField(label=_("File"), help_text=_("CSV or iCalendar (.ics), in UTF-8."))
    body = forms.ChoiceField(label=_("Body"), required=False, choices=[_ANY, *ExternalBody.choices])
    cycle = forms.CharField(label=_("Round or cycle"), required=False, max_length=60)
    step = forms.ChoiceField(label=_("Step"), required=False, choices=[_ANY, *ExternalStepKind.choices])
    structure = forms.CharField(label=_("Structure"), required=False, max_length=60)
    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=[_ANY, *InitiativeKind.choices])
    state = forms.ChoiceField(label=_("State"), required=False, choices=lambda: [_ANY, *state_choices()])
    certainty = forms.ChoiceField(label=_("How sure"), required=False, choices=[_ANY, *Certainty.choices])
    holder = forms.CharField(label=_("Who said so"), required=False, max_length=200)
    #: The file as it was previewed, signed by us; sent again to be taken over.
    kept = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].required = not self.data.get("kept")

    def defaults(self) -> dict[str, str]:
        """What an iCalendar file does not say itself."""
        names = ("body", "cycle", "step", "structure", "kind", "state", "certainty", "holder")
        said = {name: self.cleaned_data[name] for name in names if self.cleaned_data[name]}
        return said | ({"states": said["state"]} if "state" in said else {})


def _content(form: ImportForm) -> tuple[str, bytes]:
    """Name and bytes of the file, from the preview or as sent."""
    kept, file = form.cleaned_data["kept"], form.cleaned_data["file"]
    if file is None:
        try:
            name, said = signing.loads(kept, salt=SALT, max_age=GOOD_FOR)
        except signing.BadSignature as error:
            raise Refusal("the preview is too old", where="file", remedy="Choose the file again.") from error
        return name, base64.b64decode(said)
    name = PurePath(file.name).name[:80]
    if file.size > limits.MOST_BYTES:
        raise Refusal(
            f"{name} has {file.size:,} bytes, {limits.MOST_BYTES:,} are taken",
            where="file",
            remedy="Export fewer years.",
        )
    return name, file.read()


def rows_of(what: str, name: str, data: bytes, defaults: dict[str, str]) -> list[Any]:
    """The checked rows of a file.

    Raises:
        Refusal: the first thing that is wrong, with its place.
    """
    make, columns = WHAT[what]
    calendar = data[:2048].lstrip(b"\xef\xbb\xbf \r\n").upper().startswith(b"BEGIN:VCALENDAR")
    is_calendar = calendar or name.lower().endswith((".ics", ".ical"))
    if is_calendar:
        until = clock.now().date() + dt.timedelta(days=ENDLESS_DAYS)
        found = read_ics(data, name=name, defaults=defaults, until=until)
    else:
        found = read_csv(data, columns, name=name)
    rows = [make(said) for said in found]
    distinct((row.uid, said.where) for row, said in zip(rows, found, strict=True))
    return rows


@acts(IMPORT)
def plans_import(request: HttpRequest) -> HttpResponse:
    """First the file is read and shown; nothing is written before “Take over”."""
    posted = request.method == "POST"
    form = ImportForm(request.POST if posted else None, request.FILES if posted else None, member=request.user)
    context: dict[str, Any] = {
        "form": form,
        "crumbs": crumbs(),
        "step_columns": ", ".join(STEP_COLUMNS),
        "initiative_columns": ", ".join(INITIATIVE_COLUMNS),
        "limits": limits,
    }
    if posted and form.is_valid():
        try:
            with attempting():
                name, data = _content(form)
                what = form.cleaned_data["what"]
                rows = rows_of(what, name, data, form.defaults())
                if "take" in request.POST and not form.cleaned_data["file"]:
                    return _taken(request, form, rows, name)
                changes = preview_plans(member=request.user, rows=rows)
        except Refusal as refusal:
            form.add_error(
                "file", f"{refusal.where}: {words_of(refusal)}" if refusal.where != "file" else words_of(refusal)
            )
        else:
            kept = signing.dumps((name, base64.b64encode(data).decode()), salt=SALT, compress=True)
            context |= _preview(changes, name, what) | {"kept": kept}
            return render(request, "partnership/plans_preview.html", context)
    return render(request, "partnership/plans_import.html", context, status=422 if form.errors else 200)


def _taken(request: HttpRequest, form: ImportForm, rows: list[Any], name: str) -> HttpResponse:
    access = Access(form.cleaned_data["clearance"], form.cleaned_data["readers"])
    changes = import_plans(member=request.user, rows=rows, source=name, access=access)
    new = sum(change.what != "same" for change in changes)
    messages.success(
        request, ngettext("%(n)d entry was taken over.", "%(n)d entries were taken over.", new) % {"n": new}
    )
    return redirect("partnership:calendar")


def _preview(changes: list[Change], name: str, what: str) -> dict[str, Any]:
    names = load_states()
    words = {"new": _("new"), "changed": _("changed"), "same": _("known already")}
    table = []
    for change in changes[:MOST_SHOWN]:
        row = change.row
        if what == "steps":
            title = f"{', '.join(filter(None, (row.body, row.cycle)))}: {ExternalStepKind(row.step).label}"
            states = names[row.state].name
        else:
            title = f"{row.structure}: {row.title}"
            states = ", ".join(names[code].name for code in row.states) or "–"
        table.append((words[change.what], title, states, str(row.span), Certainty(row.certainty).label))
    counts = {word: sum(change.what == word for change in changes) for word in words}
    return {
        "name": name,
        "columns": (_("It is"), _("Entry"), _("State"), _("Days"), _("How sure")),
        "rows": table,
        "counts": counts,
        "more": max(0, len(changes) - MOST_SHOWN),
    }


@reads(READ)
def plans_export(request: HttpRequest, what: str) -> HttpResponse:  # noqa: ARG001 -- a view's signature
    """Every step or initiative that the reader's clearance opens, in the form that the import takes."""
    if what not in WHAT:
        raise Http404
    if what == "initiatives":
        columns = INITIATIVE_COLUMNS
        rows = [_initiative(one) for one in Initiative.objects.order_by("starts", "pk")]
    else:
        columns = STEP_COLUMNS
        rows = [_step(one) for one in ExternalStep.objects.select_related("cycle").order_by("starts", "pk")]
    response = HttpResponse(write_csv(rows, columns), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{what}.csv"'
    return response


def _step(one: ExternalStep) -> list[str]:
    confirmed = one.confirmed_on.isoformat() if one.confirmed_on else ""
    head = [one.uid, one.cycle.body, one.cycle.name, one.state, one.step, one.starts.isoformat(), one.ends.isoformat()]
    return [*head, one.certainty, one.holder, confirmed, " ".join(one.themes), one.note]


def _initiative(one: Initiative) -> list[str]:
    days = [one.starts.isoformat(), one.ends.isoformat()]
    head = [one.uid, one.structure, one.kind, one.title, " ".join(one.states)]
    return [*head, *days, one.certainty, " ".join(one.themes), one.note]
