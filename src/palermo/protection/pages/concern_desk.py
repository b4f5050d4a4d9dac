"""Concerns at the desk: the inbox, reading one, taking it up, telling its sender what may be told."""

from typing import Any
from uuid import UUID

import django_tables2 as tables
from django import forms
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from palermo.office import clock
from palermo.office.domain.persons import register_person
from palermo.office.domain.rights import may
from palermo.office.enums import AgePath
from palermo.office.models import Person
from palermo.protection.domain.cases import OPEN as OPEN_CASE
from palermo.protection.domain.cases import open_case
from palermo.protection.domain.concerns import ANSWER, READ, TAKE_UP, answer_concern, read_concern, take_up_concern
from palermo.protection.enums import ConcernState
from palermo.protection.methods.concern_forms import load_concern_forms
from palermo.protection.models import Case, Concern
from palermo.protection.pages import tones
from palermo.protection.pages.clocks import DueColumn
from palermo.protection.pages.doors import Sheet, acts, form_page, reads, sent
from palermo.protection.pages.files import address
from palermo.protection.pages.tones import in_a_row
from palermo.ui.components.status import badge
from palermo.ui.forms import RadioTiles
from palermo.ui.tables import BadgeColumn, MainColumn, WorkTable
from palermo.vocabulary.codes import file_code
from palermo.vocabulary.lists import load_professions

PER_PAGE = 25


class Narrow(forms.Form):
    state = forms.ChoiceField(
        label=_("State"), required=False, choices=[("", _("not answered")), ("all", _("all")), *ConcernState.choices]
    )


class Concerns(WorkTable):
    profession = MainColumn(verbose_name=_("From"), linkify=("protection:concern_page", {"pk": tables.A("pk")}))
    due_at = DueColumn(verbose_name=_("Answer"), done="answered_at")
    first = tables.Column(verbose_name=_("First"), accessor="urgent", orderable=False)
    signs = tables.Column(verbose_name=_("Signs"), orderable=False)
    state = BadgeColumn(tones.CONCERN, verbose_name=_("State"))
    at = tables.DateTimeColumn(verbose_name=_("Received"), format="SHORT_DATETIME_FORMAT")

    caption = _("Concerns")
    empty_help = _("What doctors, teachers, inspectors and neighbours write at the public door stands here.")

    class Meta(WorkTable.Meta):
        attrs = {"class": "work"}

    def render_profession(self, value: str) -> str:
        return load_professions()[value].label

    def render_first(self, record: Concern) -> Any:
        marks = [badge(_("Danger now"), "danger")] if record.urgent else []
        marks += [badge(_("Child"), "info", "child")] if record.child else []
        return in_a_row(marks)

    def render_signs(self, value: list[str]) -> int:
        return len(value)


@reads(READ)
def concern_list(request: HttpRequest) -> HttpResponse:
    form = Narrow(request.GET or None)
    asked = form.cleaned_data.get("state") if form.is_valid() else ""
    found = Concern.objects.order_by(F("answered_at").asc(nulls_first=True), "-urgent", "-child", "due_at", "pk")
    if not asked:
        found = found.filter(answered_at=None)
    elif asked != "all":
        found = found.filter(state=asked)
    table = Concerns(found, empty_text=_("No concern waits"))
    tables.RequestConfig(request, paginate={"per_page": PER_PAGE, "silent": True}).configure(table)
    context = {"table": table, "form": form, "found": table.paginator.count}
    return render(request, "protection/concern_list.html", context)


@reads(READ)
def concern_page(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What the sender wrote; reading it is logged."""
    concern = get_object_or_404(Concern, pk=pk)
    case = (
        Case.objects.select_related("person").filter(person_id=concern.person_id).first() if concern.person_id else None
    )
    forms_ = load_concern_forms()
    context = {
        "concern": concern,
        "profession": load_professions()[concern.profession].label,
        "account": read_concern(member=request.user, concern=concern),
        "signs": [forms_.words(concern.profession, code) for code in concern.signs],
        "case": case,
        "now": clock.now(),
        "may_open": may(request.user, OPEN_CASE),
        "arrivals": address("protection:arrivals"),
        "crumbs": ((_("Concerns"), reverse("protection:concerns")),),
    }
    return render(request, "protection/concern_page.html", context)


class TakeUpForm(forms.Form):
    code = forms.CharField(
        label=_("Code of the file"),
        required=False,
        max_length=40,
        help_text=_("Where a file of yours is there already. Search before you make another."),
    )
    path = forms.ChoiceField(
        label=_("Or open a file and a case now"),
        required=False,
        choices=[("", _("No file yet")), *AgePath.choices],
        widget=RadioTiles(hints={"": _("Somebody meets the person first.")}),
    )

    def clean_code(self) -> Person | None:
        code = file_code(self.cleaned_data["code"])
        person = Person.objects.filter(code=code).first() if code else None
        if code and person is None:
            raise forms.ValidationError(_("Your agency has no file with this code."))
        return person


@acts(TAKE_UP)
def concern_take_up(request: HttpRequest, pk: UUID) -> HttpResponse:
    concern = get_object_or_404(Concern, pk=pk)
    back = reverse("protection:concern_page", args=[pk])
    sheet = Sheet(
        title=_("Take the concern up"),
        submit=_("Take it up"),
        back=back,
        crumbs=((_("Concerns"), reverse("protection:concerns")), (_("Concern"), back)),
        lead=_("From now on your agency has it in hand; the sender reads that, and nothing more."),
        done=_("Taken up."),
    )

    def act(said: dict[str, Any]) -> str | None:
        person = said["code"]
        if person is None and said["path"]:
            person = register_person(member=request.user, path=said["path"])
        take_up_concern(member=request.user, concern=concern, person=person)
        if person is None:
            return None
        case = open_case(member=request.user, person=person, ground="concern")
        return reverse("protection:case", args=[case.pk])

    initial = {"path": ""}
    return form_page(request, sheet, TakeUpForm(sent(request), initial=initial), act)


class ToldForm(forms.Form):
    told = forms.CharField(
        label=_("What may the sender be told?"),
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("That somebody has it in hand, or what to do. Never who, never where, never what became of them."),
    )
    referred = forms.BooleanField(label=_("It became a referral"), required=False)


@acts(ANSWER)
def concern_tell(request: HttpRequest, pk: UUID) -> HttpResponse:
    concern = get_object_or_404(Concern, pk=pk)
    back = reverse("protection:concern_page", args=[pk])
    sheet = Sheet(
        title=_("Answer the sender"),
        submit=_("Answer"),
        back=back,
        crumbs=((_("Concerns"), reverse("protection:concerns")), (_("Concern"), back)),
        lead=_("The sender reads it with the receipt."),
        done=_("The sender can read it now."),
    )

    def act(said: dict[str, Any]) -> None:
        answer_concern(member=request.user, concern=concern, **said)

    return form_page(request, sheet, ToldForm(sent(request)), act)
