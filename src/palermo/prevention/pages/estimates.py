"""Estimates: to ask for one, to see how far it is, what was found, and to publish the range."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _
from django_htmx.http import HttpResponseClientRefresh

from palermo.prevention.domain.estimates import ASK, FEWEST_RESAMPLES, MOST_RESAMPLES, ask_estimate
from palermo.prevention.domain.publishing import PUBLISH, WITHDRAW, publish_estimate, withdraw_estimate
from palermo.prevention.domain.studies import READ
from palermo.prevention.enums import WorkState
from palermo.prevention.methods.choices import METHODS
from palermo.prevention.models import ListTable, Run
from palermo.prevention.pages import found as findings
from palermo.prevention.pages import tones
from palermo.prevention.pages.context import beside
from palermo.prevention.pages.doors import Sheet, acts, address, crumbs, form_page, link, reads, sent, study_of, tabs
from palermo.prevention.pages.found import METHOD_WORDS
from palermo.prevention.pages.lists import ReasonForm, table_of
from palermo.prevention.queries.runs import parts_of, published_of
from palermo.prevention.queries.tables import lists_of
from palermo.ui.components.status import badge
from palermo.ui.forms import CheckTiles


class AskForm(forms.Form):
    methods = forms.MultipleChoiceField(
        label=_("Methods"),
        choices=[(method, METHOD_WORDS[method]) for method in METHODS],
        initial=list(METHODS),
        widget=CheckTiles,
        help_text=_("How far they disagree is the finding; leave one out only for a reason."),
    )
    order = forms.TypedChoiceField(
        label=_("Largest number of lists that depend on each other at once"),
        choices=[(2, "2"), (3, "3")],
        coerce=int,
        initial=2,
    )
    threshold = forms.FloatField(
        label=_("Threshold of the stepwise choice"), initial=0.02, min_value=0.0001, max_value=0.5
    )
    resamples = forms.IntegerField(
        label=_("Resamples"),
        required=False,
        min_value=FEWEST_RESAMPLES,
        max_value=MOST_RESAMPLES,
        help_text=_("Empty: 10,000, fewer where the search is long."),
    )
    seed = forms.IntegerField(
        label=_("Seed"),
        initial=1,
        min_value=0,
        max_value=2**31 - 1,
        help_text=_("The same seed gives the same figures."),
    )


@reads(READ)
def estimates(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Every run of a study. Its own statements: the study, runs, tables, what is published."""
    found = study_of(request, pk, "estimates")
    published = published_of(found.pk)
    rows = [
        (
            link(address("estimate", one.pk), one.asked_at.strftime("%Y-%m-%d %H:%M")),
            one.table.name,
            ", ".join(str(METHOD_WORDS[method]) for method in one.asked["methods"]),
            badge(one.get_state_display(), tones.WORK[one.state]),  # type: ignore[index]
            badge(_("published"), "info") if published and published.run_id == one.pk else "–",
        )
        for one in Run.objects.filter(study=found).select_related("table").defer("table__groups")[:100]
    ]
    context = {
        "study": found,
        "tabs": tabs(found, "estimates"),
        "columns": [_("Asked"), _("Lists"), _("Methods"), _("State"), ""],
        "rows": rows,
        "tables": ListTable.objects.filter(study=found, withdrawn_at=None).defer("groups"),
        "published": published,
    }
    return render(request, "prevention/estimates.html", context)


@acts(ASK)
def estimate_ask(request: HttpRequest, pk: UUID) -> HttpResponse:
    table = table_of(request, pk)
    sheet = Sheet(
        title=_("Estimate how many no list knows"),
        submit=_("Estimate"),
        back=address("overlap", table.pk),
        crumbs=crumbs(
            table.study, (_("Lists"), address("lists", table.study_id)), (table.name, address("overlap", pk))
        ),
        lead=_("Done in the background, each method seen as soon as it is done."),
    )

    def act(told: dict[str, Any]) -> str:
        return address("estimate", ask_estimate(member=request.user, table=table, **told).pk)

    return form_page(request, sheet, AskForm(sent(request)), act)


def run_of(request: HttpRequest, pk: UUID, part: str = "") -> Run:
    """A run with its lists and study; `part` logs that it was read."""
    one = get_object_or_404(Run.objects.select_related("table", "study__agency"), pk=pk)
    study_of(request, one.study_id, part)
    return one


@reads(READ)
def estimate(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What was found, or how far the work is. Its own statements: run, study, parts, what is published."""
    run = run_of(request, pk, "estimate")
    waits = run.state in (WorkState.QUEUED, WorkState.WORKING)
    if getattr(request, "htmx", False) and not waits:
        return HttpResponseClientRefresh()
    context = {
        "run": run,
        "study": run.study,
        "crumbs": crumbs(run.study, (_("Estimates"), address("estimates", run.study_id))),
        "asked": findings.asked_facts(run),
        "steps": len(run.parts),
    }
    if waits:
        return render(request, "prevention/waiting.html", context)
    if run.state == WorkState.FAILED:
        return render(request, "prevention/refused.html", context)
    lists = lists_of(run.table)
    published = published_of(run.study_id)
    context |= findings.context_of(lists, parts_of(run))
    context |= beside("estimate", "detected")
    context["linkage"] = findings.linkage_words(run)
    context["published"] = published if published and published.run_id == run.pk else None
    return render(request, "prevention/estimate.html", context)


@acts(PUBLISH)
def estimate_publish(request: HttpRequest, pk: UUID) -> HttpResponse:
    run = run_of(request, pk)
    sheet = Sheet(
        title=_("Publish this range"),
        submit=_("Publish it"),
        back=address("estimate", run.pk),
        crumbs=crumbs(run.study, (_("Estimates"), address("estimates", run.study_id))),
        lead=_("Everybody may then read the range, rounded to tens, and the conclusion; never a single figure."),
        done=_("It is published."),
    )

    def act(told: dict[str, Any]) -> None:
        publish_estimate(member=request.user, run=run, **told)

    return form_page(request, sheet, ReasonForm(sent(request)), act)


@acts(WITHDRAW)
def estimate_withdraw(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take back what is published of this run."""
    run = run_of(request, pk)
    sheet = Sheet(
        title=_("Take the published range back"),
        submit=_("Take it back"),
        back=address("estimate", run.pk),
        crumbs=crumbs(run.study, (_("Estimates"), address("estimates", run.study_id))),
        danger=True,
    )

    def act(told: dict[str, Any]) -> None:
        published = published_of(run.study_id)
        if published is not None and published.run_id == run.pk:
            withdraw_estimate(member=request.user, published=published, **told)

    return form_page(request, sheet, ReasonForm(sent(request)), act)
