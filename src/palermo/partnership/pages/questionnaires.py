"""Questionnaires: the list, one with its versions and questions, and what is sent out."""

from functools import partial
from typing import Any
from uuid import UUID

import django_tables2 as tables
from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from palermo.office.domain.rights import may
from palermo.office.pages.doors import acts, form_page, posts, reads, sent
from palermo.partnership.domain import questionnaires as verbs
from palermo.partnership.domain.events import READ
from palermo.partnership.enums import QuestionKind, QuestionnairePurpose
from palermo.partnership.models import Event, Questionnaire, QuestionnaireVersion
from palermo.partnership.pages.event_fields import ClearanceForm, LinesField, sheet_of
from palermo.ui.forms import DateInput
from palermo.ui.tables import MainColumn, WorkTable

PER_PAGE = 25


class QuestionnaireForm(ClearanceForm):
    title = forms.CharField(label=_("Title"), max_length=200)
    purpose = forms.ChoiceField(label=_("What for"), choices=QuestionnairePurpose.choices)
    field_order = ("title", "purpose", "clearance")


class QuestionForm(forms.Form):
    text = forms.CharField(label=_("Question"), max_length=500)
    code = forms.SlugField(label=_("Code"), max_length=40, help_text=_("Stays the same in later versions."))
    kind = forms.ChoiceField(label=_("Kind"), choices=QuestionKind.choices)
    choices = LinesField(label=_("Choices"), longest=120)
    help = forms.CharField(label=_("Help"), max_length=500, required=False)
    wants_evidence = forms.BooleanField(label=_("Asks for evidence"), required=False)


class RoundForm(forms.Form):
    title = forms.CharField(label=_("Title"), max_length=200)
    opens_on = forms.DateField(label=_("Opens"), required=False, widget=DateInput, help_text=_("Today, if empty."))
    closes_on = forms.DateField(label=_("Answers by"), widget=DateInput)
    event = forms.ModelChoiceField(label=_("About an event"), queryset=Event.objects.all(), required=False)


class QuestionnaireTable(WorkTable):
    title = MainColumn(verbose_name=_("Questionnaire"), linkify=("partnership:questionnaire", {"pk": tables.A("pk")}))
    purpose = tables.Column(verbose_name=_("What for"))

    caption = _("Questionnaires")
    empty_help = _("One engine for the survey of States, needs assessments and the evaluation of events.")

    class Meta(WorkTable.Meta):
        attrs = {"class": "work"}


@reads(READ)
def questionnaire_index(request: HttpRequest) -> HttpResponse:
    table = QuestionnaireTable(Questionnaire.objects.all(), empty_text=_("No questionnaire is written yet"))
    tables.RequestConfig(request, paginate={"per_page": PER_PAGE, "silent": True}).configure(table)
    return render(request, "partnership/questionnaires.html", {"table": table, "keeps": may(request.user, verbs.WRITE)})


@reads(READ)
def questionnaire_page(request: HttpRequest, pk: UUID) -> HttpResponse:
    asked = get_object_or_404(Questionnaire.objects.select_related("office"), pk=pk)
    versions = list(asked.versions.prefetch_related("questions"))
    context = {
        "asked": asked,
        "versions": versions,
        "latest": versions[0] if versions else None,
        "rounds": asked.rounds.select_related("version"),
        "keeps": asked.office_id == request.user.agency_id and may(request.user, verbs.QUESTION),
        "crumbs": [(_("Questionnaires"), reverse("partnership:questionnaires"))],
    }
    return render(request, "partnership/questionnaire.html", context)


_sheet = partial(sheet_of, _("Questionnaires"), "partnership:questionnaires", "partnership:questionnaire")


@acts(verbs.WRITE)
def questionnaire_new(request: HttpRequest) -> HttpResponse:
    def act(said: dict[str, Any]) -> str:
        made = verbs.write_questionnaire(member=request.user, **said)
        return reverse("partnership:questionnaire", args=[made.pk])

    sheet = _sheet(_("Write a questionnaire"), _("Begin"))
    return form_page(request, sheet, QuestionnaireForm(sent(request)), act)


@acts(verbs.QUESTION)
def question_add(request: HttpRequest, pk: UUID) -> HttpResponse:
    version = get_object_or_404(QuestionnaireVersion.objects.select_related("questionnaire"), pk=pk)

    def act(said: dict[str, Any]) -> None:
        verbs.add_question(member=request.user, version=version, **said)

    sheet = _sheet(_("Add a question"), _("Add"), version.questionnaire)
    return form_page(request, sheet, QuestionForm(sent(request)), act)


@posts(verbs.RENEW)
def version_new(request: HttpRequest, pk: UUID) -> HttpResponse:
    asked = get_object_or_404(Questionnaire, pk=pk)
    made = verbs.new_version(member=request.user, questionnaire=asked)
    messages.success(
        request, _("Version %(n)d has the questions of the last one; change them now.") % {"n": made.number}
    )
    return redirect("partnership:questionnaire", pk=asked.pk)


@acts(verbs.OPEN)
def round_open(request: HttpRequest, pk: UUID) -> HttpResponse:
    version = get_object_or_404(QuestionnaireVersion.objects.select_related("questionnaire"), pk=pk)

    def act(said: dict[str, Any]) -> str:
        made = verbs.open_round(member=request.user, version=version, **said)
        return reverse("partnership:round", args=[made.pk])

    notice = _("From then on the questions of this version do not change.")
    sheet = _sheet(_("Send it out"), _("Open the round"), version.questionnaire, notice=notice)
    return form_page(request, sheet, RoundForm(sent(request)), act)
