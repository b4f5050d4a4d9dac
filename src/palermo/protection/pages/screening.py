"""To screen on a tablet: conditions, one question at a time, an end that may come at any question."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.db.models import F
from django.db.models.lookups import IsNull
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from palermo.protection.domain.screenings import (
    ANSWER,
    FINISH,
    PAUSE,
    START,
    STOP,
    answer_question,
    finish_screening,
    path_of_person,
    pause_screening,
    read_account,
    start_screening,
    stop_screening,
)
from palermo.protection.enums import AnswerValue, HowKnown, ScreeningState
from palermo.protection.methods.forms import Question, load_conditions, load_form
from palermo.protection.models import Screening
from palermo.protection.pages.arrivals import person_within_reach
from palermo.protection.pages.doors import Sheet, acts, attempt, posts
from palermo.protection.pages.languages import language_choices
from palermo.ui.forms import CheckTiles


class StartForm(forms.Form):
    conditions = forms.MultipleChoiceField(
        label=_("Before the first question"),
        widget=CheckTiles,
        error_messages={
            "required": _("Tick what is so. Where one is not, see to it first, or offer to come back later.")
        },
    )
    language = forms.ChoiceField(label=_("Language of the talk"), choices=language_choices, required=False)
    interpreter = forms.CharField(
        label=_("Vetted interpreter"),
        max_length=120,
        required=False,
        help_text=_("Number in the register, or name. Never a companion, another resident or a child."),
    )

    def __init__(self, data: Any, *, person: Any) -> None:
        super().__init__(data, initial={"language": person.language})
        asked = [c for c in load_conditions() if path_of_person(person) in c.paths]
        field: Any = self.fields["conditions"]
        field.choices = [(c.code, c.text) for c in asked]
        field.widget.hints = {c.code: c.otherwise for c in asked}


@acts(START)
def screening_start(request: HttpRequest, pk: UUID, form: str) -> HttpResponse:
    person, asked = person_within_reach(pk), load_form(form)
    sheet = StartForm(request.POST if request.method == "POST" else None, person=person)
    if request.method == "POST" and sheet.is_valid():
        begun = attempt(
            sheet, lambda: start_screening(member=request.user, person=person, form=form, **sheet.cleaned_data)
        )
        if begun:
            return redirect("protection:screening", pk=begun.pk)
    context = {"person": person, "form": sheet, "asked": asked, "number": len(asked.asked(path_of_person(person)))}
    return render(request, "protection/screening_start.html", context, status=422 if sheet.errors else 200)


def _screening(pk: UUID) -> Screening:
    return get_object_or_404(Screening.objects.select_related("person", "agency"), pk=pk)


def _questions(screening: Screening, given: dict[str, str]) -> list[Question]:
    """The questions of this path, those that follow another only where it was answered yes."""
    asked = load_form(screening.form).asked(path_of_person(screening.person))
    return [q for q in asked if not q.after or given.get(q.after) == AnswerValue.YES]


def _words(request: HttpRequest, screening: Screening, question: Question) -> str | None:
    """What was written in the person's own words, when asked to show it; what is sealed is read by a click."""
    if request.POST.get("show") != "words":
        return None
    return read_account(member=request.user, screening=screening, question=question.code).get(question.code, "")


def _end(screening: Screening) -> str:
    return reverse("protection:screening_end", args=[screening.pk])


@acts(ANSWER)
def screening(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One question: the one named by `?q=`, else the first that has no answer."""
    found = _screening(pk)
    if found.state == ScreeningState.FINISHED:
        return redirect("protection:screening_result", pk=pk)
    if found.state == ScreeningState.STOPPED:
        return redirect("protection:person", pk=found.person_id)
    said = list(found.answers.values_list("question", "value", IsNull(F("sealed_note"), rhs=False)))
    given, noted = {name: value for name, value, _words in said}, {name for name, _value, words in said if words}
    questions = _questions(found, given)
    code = request.POST.get("question") or request.GET.get("q", "")
    current = next((q for q in questions if q.code == code), None) if code else None
    current = current or next((q for q in questions if q.code not in given), None)
    if current is None:
        return redirect(_end(found))
    words = _words(request, found, current)
    if request.method == "POST" and words is None:
        answer_question(
            member=request.user,
            screening=found,
            question=current.code,
            value=request.POST.get("answer", ""),
            how_known=HowKnown.SEEN if current.kind == "observation" else HowKnown.TOLD,
            note=request.POST.get("note", "")[:2000],
            take_back="words_shown" in request.POST,
        )
        given[current.code] = request.POST.get("answer", "")
        after = _questions(found, given)
        place = next(n for n, q in enumerate(after) if q.code == current.code)
        onward = next((q for q in after[place + 1 :] if q.code not in given), None)
        if onward is None:
            return redirect(_end(found))
        return redirect(f"{reverse('protection:screening', args=[pk])}?q={onward.code}")
    place = next(n for n, q in enumerate(questions) if q.code == current.code)
    context = {
        "screening": found,
        "question": current,
        "number": place + 1,
        "of": len(questions),
        "given": given.get(current.code, ""),
        "words": words,
        "noted": words is None and current.code in noted,
        "before": questions[place - 1].code if place else "",
        "end": _end(found),
    }
    return render(request, "protection/screening.html", context)


@acts(FINISH)
def screening_end(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Before the end: what was not asked can still be; then the rule presumes."""
    found = _screening(pk)
    if request.method == "POST":
        finish_screening(member=request.user, screening=found)
        return redirect("protection:screening_result", pk=pk)
    if found.state == ScreeningState.FINISHED:
        return redirect("protection:screening_result", pk=pk)
    given = dict(found.answers.values_list("question", "value"))
    left = [q for q in _questions(found, given) if given.get(q.code, AnswerValue.NOT_ASKED) == AnswerValue.NOT_ASKED]
    return render(request, "protection/screening_end.html", {"screening": found, "left": left, "answered": len(given)})


@posts(PAUSE)
def screening_pause(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = _screening(pk)
    pause_screening(member=request.user, screening=found)
    messages.success(request, _("Paused. Anybody of your agency can go on; no question is asked twice."))
    return redirect("protection:person", pk=found.person_id)


@acts(STOP)
def screening_stop(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Asked once more, since a stopped talk cannot be taken up again and its button is near “Not now”."""
    found = _screening(pk)
    if request.method != "POST":
        sheet = Sheet(
            title=_("Stop the talk?"),
            submit=_("Stop the talk"),
            back=reverse("protection:screening", args=[pk]),
            lead=found.person.code,
            notice=_("This talk cannot be taken up again. What was said is kept, and nothing is concluded from it."),
            danger=True,
        )
        return render(request, "protection/form.html", {"sheet": sheet, "form": forms.Form()})
    stop_screening(member=request.user, screening=found)
    messages.info(
        request, _("Stopped, as the person wished. Nothing is concluded from it; help does not depend on it.")
    )
    return redirect("protection:person", pk=found.person_id)
