"""A presumption with its reasons, and the person who judges it."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _

from palermo.office.domain.rights import may
from palermo.protection.domain.screenings import JUDGE, READ_ACCOUNT, judge_presumption
from palermo.protection.enums import Judgement, PresumptionResult, ScreeningState
from palermo.protection.models import Case, Screening
from palermo.protection.pages import tones
from palermo.protection.pages.doors import acts, attempt
from palermo.ui.forms import RadioTiles
from palermo.vocabulary.indicators import load_sources

ELEMENTS = {"act": _("Act"), "means": _("Means"), "purpose": _("Purpose")}
RULES = {
    "dimension": (_("indicated: a dimension is positive"), "warn"),
    "one_sign": (_("indicated: one sign names it"), "warn"),
    "one_strong": (_("indicated: one strong indicator"), "warn"),
    "two_medium": (_("indicated: two medium indicators"), "warn"),
    "one_of_few": (_("indicated: one medium indicator, where few were answered"), "warn"),
    "implied": (_("indicated: it follows from another element"), "warn"),
    "not_indicated": (_("not indicated"), "neutral"),
}
CLASSES = {
    "trafficking": _("trafficking for exploitation"),
    "exploitation_and_coercion": _("exploitation and coercion"),
    "deception_and_exploitation": _("deception and exploitation"),
    "exploitation_only": _("exploitation only"),
    "none": _("none"),
}


class JudgeForm(forms.Form):
    judgement = forms.ChoiceField(
        label=_("Your judgement"),
        choices=Judgement.choices,
        widget=RadioTiles(
            hints={
                Judgement.PRESUMED: _("A case opens, the recovery and reflection period begins"),
                Judgement.NOT_PRESUMED: _("No door closes: the person may come back, and be screened again"),
            }
        ),
    )
    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Needed where you judge otherwise than the rule presumes."),
    )


def _elements(reasons: dict[str, Any]) -> list[tuple[Any, Any, str]]:
    return [(words, *RULES[reasons["elements"][code]]) for code, words in ELEMENTS.items()]


GRADES = {
    "complete_reproduction": _("read whole, in a reproduction"),
    "near_complete_reproduction": _("read nearly whole, in a reproduction"),
    "partial_reproduction": _("read in part, in a reproduction"),
    "secondary_source": _("read in a secondary source"),
    "assumption": _("assumed by us"),
}
STRENGTHS = {"strong": _("strong"), "medium": _("medium"), "weak": _("weak")}


def grounds(reasons: dict[str, Any]) -> dict[str, Any]:
    """What was counted, each with strength and the number of its source; and the sources with the grade of each.

    A screening of before sources were kept has neither.
    """
    counted = reasons.get("counted", ())
    numbers = {source: n for n, source in enumerate(dict.fromkeys(one["source"] for one in counted), 1)}
    grade_of = {one["source"]: one["verification"] for one in counted}
    known = load_sources()
    return {
        "signs": [
            {**one, "strength": STRENGTHS.get(one["strength"], one["strength"]), "number": numbers[one["source"]]}
            for one in counted
        ],
        "sources": [
            (
                number,
                known[source].citation if source in known else source,
                GRADES.get(grade_of[source], grade_of[source].replace("_", " ")),
            )
            for source, number in numbers.items()
        ],
    }


@acts(JUDGE)
def screening_result(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = get_object_or_404(Screening.objects.select_related("person"), pk=pk, state=ScreeningState.FINISHED)
    form = JudgeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        case = attempt(form, lambda: judge_presumption(member=request.user, screening=found, **form.cleaned_data))
        if not form.errors and case:
            messages.success(request, _("A case is open. Risks first, then the people who can help."))
            return redirect("protection:case", pk=case.pk)
        if not form.errors:
            messages.info(request, _("Noted. The person may come back at any time."))
            return redirect("protection:person", pk=found.person_id)
    context = {
        "screening": found,
        "person": found.person,
        "reasons": found.reasons,
        "elements": _elements(found.reasons),
        "grounds": grounds(found.reasons),
        "classification": CLASSES.get(found.reasons["classification"]),
        "tone": tones.PRESUMPTION.get(found.result, "neutral"),
        "form": form,
        "worry": found.result != PresumptionResult.PRESUMED and found.person.agency_id == request.user.agency_id,
        # Sealed: the page says that there is something, and a click that is logged opens it.
        "told": may(request.user, READ_ACCOUNT) and found.answers.filter(sealed_note__isnull=False).exists(),
        "case": Case.objects.filter(person=found.person).first(),
    }
    return render(request, "protection/screening_result.html", context, status=422 if form.errors else 200)
