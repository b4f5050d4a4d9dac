"""The data that came with a referral, in words: opened by a POST that is logged."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from palermo.office.enums import AgePath, DataKind, Sex
from palermo.protection.domain.packages import OPEN, open_package
from palermo.protection.enums import PresumptionResult, RiskKind, RiskLevel, ServiceKind, ServiceState
from palermo.protection.models import Referral
from palermo.protection.pages.doors import acts
from palermo.protection.pages.question_words import question_words
from palermo.protection.pages.referral import frame, referral_within_reach
from palermo.vocabulary.places import country_name, languages

Part = Mapping[str, Any]
Pairs = list[tuple[Any, ...]]


def _identity(part: Part) -> dict[str, Any]:
    return {
        "pairs": [
            (_("Name"), part.get("name")),
            (_("Other names"), ", ".join(part.get("other_names", ()))),
            (_("Born"), part.get("birth_date")),
            (_("Documents"), ", ".join(part.get("documents", ()))),
        ]
    }


def _contact(part: Part) -> dict[str, Any]:
    phones = ", ".join(part.get("phones", ()))
    return {"pairs": [(_("Telephone"), phones), (_("Safe contact"), part.get("safe_contact"))]}


def _profile(part: Part) -> dict[str, Any]:
    return {
        "pairs": [
            (_("Age"), part.get("age"), dict(AgePath.choices).get(part.get("path"), "")),
            (_("Sex"), dict(Sex.choices).get(part.get("sex"))),
            (_("Language"), languages().get(part.get("language", ""))),
            (_("Citizenship"), country_name(part.get("citizenship", "")) or None),
            (_("Travels alone"), part.get("alone")),
        ]
    }


def _listed(rows: list[Mapping[str, Any]]) -> dict[str, Any]:
    kinds, levels = dict(RiskKind.choices), dict(RiskLevel.choices)
    things = [
        {
            "title": kinds.get(row["kind"], row["kind"]),
            "mark": levels.get(row["level"], ""),
            "tone": {"urgent": "danger", "high": "warn"}.get(row["level"], "info"),
            "text": row.get("note", ""),
        }
        for row in rows
    ]
    return {"things": things}


def _screening(part: Part) -> dict[str, Any]:
    reasons = part.get("reasons") or {}
    if not part.get("result"):
        return {"pairs": []}
    return {
        "pairs": [(_("Presumption"), dict(PresumptionResult.choices).get(part["result"]))],
        "lines": list(reasons.get("reasons", ())),
        "note": _("A presumption is not a verdict. It may never serve a border, visa or return decision."),
    }


def _account(part: Part) -> dict[str, Any]:
    return {"things": [{"title": question_words(n["question"]), "text": n["note"]} for n in part.get("notes", ())]}


def _needs(part: Part) -> dict[str, Any]:
    kinds, states = dict(ServiceKind.choices), dict(ServiceState.choices)
    return {"lines": [f"{kinds[row['kind']]}: {states[row['state']]}" for row in part.get("services", ())]}


def _family(part: Part) -> dict[str, Any]:
    return {
        "pairs": [
            (_("Travels alone"), part.get("alone")),
            (_("Guardian asked for"), part.get("guardian_asked")),
            (_("Guardian appointed"), part.get("guardian_appointed")),
        ]
    }


_SHOW: dict[str, Callable[[Part], dict[str, Any]]] = {
    DataKind.IDENTITY: _identity,
    DataKind.CONTACT: _contact,
    DataKind.RISKS: lambda part: _listed(part.get("risks", [])),
    DataKind.HEALTH: lambda part: _listed(part.get("health", [])),
    DataKind.PROFILE: _profile,
    DataKind.NEEDS: _needs,
    DataKind.FAMILY: _family,
    DataKind.SCREENING: _screening,
    DataKind.ACCOUNT: _account,
}


def sections(contents: Mapping[str, Part]) -> list[dict[str, Any]]:
    """A package for the page: one section a kind of data, in the order in which it is needed."""
    labels = dict(DataKind.choices)
    return [{"title": labels[kind], **show(contents[kind])} for kind, show in _SHOW.items() if kind in contents]


def package_context(member: Any, referral: Referral) -> dict[str, Any]:
    """Open the data for `member` (logged, marked as opened) and put it into words."""
    return {"sections": sections(open_package(member=member, referral=referral))}


@acts(OPEN)
def package_open(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Opened by a POST alone; an address that is opened again leads to the referral."""
    referral = referral_within_reach(pk)
    if request.method != "POST":
        return redirect("protection:referral", referral.pk)
    context = frame(request.user, referral)
    if context["dark"]:
        return render(request, "protection/package.html", {**context, "sections": []}, status=410)
    context |= package_context(request.user, referral)
    return render(request, "protection/package.html", context)
