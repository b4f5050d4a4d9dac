"""An investigation on one page: what is missing, what is late, who is in it, on what authority."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from palermo.office import clock
from palermo.prosecution.domain.investigations import READ
from palermo.prosecution.enums import FileState, VictimAge
from palermo.prosecution.models import BankRequest, Investigation, LawfulAuthority, Party, StatementFile
from palermo.prosecution.pages import cells
from palermo.prosecution.pages.doors import address, investigation_of, reads, tabs
from palermo.prosecution.queries.investigations import assessments, courses, parties
from palermo.prosecution.queries.restitution import claims_waiting


def _people(people: list[Party]) -> list[tuple[Any, ...]]:
    return [
        (
            cells.link(address("party", one.pk), one.label),
            cells.roles(one),
            VictimAge(one.age).label if one.is_victim else "–",
            one.added_at.date(),
        )
        for one in people
    ]


def _authorities(investigation: Investigation) -> list[tuple[Any, ...]]:
    today = clock.now().date()
    return [
        (
            one.get_kind_display(),
            one.issuer,
            one.reference,
            one.since,
            one.until or _("open"),
            cells.secret() if one.secret else (_("over") if one.over(today) else _("in force")),
        )
        for one in LawfulAuthority.objects.filter(investigation=investigation)
    ]


@reads(READ)
def board(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = investigation_of(request, pk, "board")
    people, now = parties(found.pk), clock.now()
    told = assessments(found.pk, people)
    missing = sum(len(assessment.missing) for _party, assessment, _supports in told)
    runs = courses(found.pk, people, today=now.date())
    letters = BankRequest.objects.filter(investigation=found, answered_at=None)
    files = StatementFile.objects.filter(investigation=found).exclude(state=FileState.READ)
    context = {
        "investigation": found,
        "tabs": tabs(found, "board"),
        "missing": missing,
        "victims": len(told),
        "checks": sum(run.needs_check for run in runs),
        "longest": max((run.open_days for run in runs if run.open_days is not None), default=None),
        "late": letters.filter(due_at__lt=now).count(),
        "waiting": letters.count(),
        "files": files.count(),
        "claims": claims_waiting(found.pk),
        "people": _people(people),
        "authorities": _authorities(found),
        "people_columns": [_("Person"), _("Role"), _("Age"), _("Added")],
        "authority_columns": [_("Kind"), _("Issued by"), _("Reference"), _("From"), _("Until"), ""],
    }
    return render(request, "prosecution/board.html", context)
