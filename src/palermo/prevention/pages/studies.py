"""Studies: the list, one with where it stands on the way from lists to trends, to open one and to close it."""

from typing import Any
from uuid import UUID

from django import forms
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from palermo.prevention.domain.studies import CLOSE, OPEN, READ, close_study, open_study
from palermo.prevention.enums import ReleaseState, StudyBasis
from palermo.prevention.models import ListTable, Release, Run, Series, Study
from palermo.prevention.pages import tones
from palermo.prevention.pages.doors import Sheet, acts, address, crumbs, form_page, link, reads, sent, study_of, tabs
from palermo.prevention.queries.runs import published_of
from palermo.ui.components.status import badge
from palermo.ui.forms import DateInput, RadioTiles


class StudyForm(forms.Form):
    title = forms.CharField(label=_("Title"), max_length=120)
    question = forms.CharField(
        label=_("What is asked?"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Such as: how many people were held in forced labour here, known or not?"),
    )
    start = forms.DateField(label=_("First day"), widget=DateInput)
    end = forms.DateField(label=_("Last day"), widget=DateInput)
    place = forms.CharField(label=_("Place"), max_length=120)
    population = forms.CharField(
        label=_("Who is counted?"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Age, form of exploitation, presumed or identified, and by whom."),
    )
    basis = forms.ChoiceField(
        label=_("On what basis do agencies hand over lists?"), choices=StudyBasis.choices, widget=RadioTiles
    )
    basis_reference = forms.CharField(
        label=_("Its reference"), max_length=200, help_text=_("The act and its article, or the agreement and its day.")
    )


class CloseForm(forms.Form):
    reason = forms.CharField(label=_("Why is it closed?"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))


@reads(READ)
def study_list(request: HttpRequest) -> HttpResponse:
    """The office's studies, open ones first. One statement."""
    found = Study.objects.order_by("-state", "-opened_at")[:200]
    rows = [
        (
            link(address("study", one.pk), one.code),
            one.title,
            f"{one.start} – {one.end}",
            one.place,
            badge(one.get_state_display(), tones.STUDY[one.state]),  # type: ignore[index]
        )
        for one in found
    ]
    columns = [_("Code"), _("Title"), _("Days"), _("Place"), _("State")]
    return render(request, "prevention/list.html", {"columns": columns, "rows": rows})


@reads(READ)
def study(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Where a study stands. Its own statements: the study, lists, runs, what is published, releases, series."""
    found = study_of(request, pk, "study")
    lists = ListTable.objects.filter(study=found, withdrawn_at=None).defer("groups").order_by("-kept_at").first()
    runs = Run.objects.filter(study=found).aggregate(
        done=Count("pk", filter=Q(state="done")), waits=Count("pk", filter=Q(state__in=("queued", "working")))
    )
    context = {
        "study": found,
        "tabs": tabs(found, "study"),
        "facts": [
            (_("Question"), found.question),
            (_("Days"), f"{found.start} – {found.end}"),
            (_("Place"), found.place),
            (_("Who is counted"), found.population),
            (_("Lawful basis"), found.get_basis_display(), found.basis_reference),
        ],
        "lists": lists,
        "runs": runs,
        "published": published_of(found.pk),
        "releases": Release.objects.filter(study=found).aggregate(
            reviews=Count("pk", filter=Q(state=ReleaseState.REVIEW)),
            published=Count("pk", filter=Q(state=ReleaseState.PUBLISHED)),
        ),
        "series": Series.objects.filter(study=found).count(),
    }
    return render(request, "prevention/study.html", context)


@acts(OPEN)
def study_new(request: HttpRequest) -> HttpResponse:
    sheet = Sheet(
        title=_("Open a study"),
        submit=_("Open it"),
        back=address("studies"),
        crumbs=((_("Studies"), address("studies")),),
        lead=_("A question, a population and a time: whatever is counted later is counted of these."),
    )

    def act(told: dict[str, Any]) -> str:
        return address("study", open_study(member=request.user, **told).pk)

    return form_page(request, sheet, StudyForm(sent(request)), act)


@acts(CLOSE)
def study_close(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = study_of(request, pk)
    sheet = Sheet(
        title=_("Close the study"),
        submit=_("Close it"),
        back=address("study", found.pk),
        crumbs=crumbs(found),
        lead=_("Nothing in it changes after that. What is published stays published."),
        danger=True,
    )

    def act(told: dict[str, Any]) -> None:
        close_study(member=request.user, study=found, **told)

    return form_page(request, sheet, CloseForm(sent(request)), act)
