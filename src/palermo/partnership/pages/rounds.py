"""A round of a questionnaire: who is asked, what they said, where the gaps are, how it compares."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from palermo.office.domain.rights import may
from palermo.office.pages.doors import Sheet, acts, form_page, posts, reads, sent
from palermo.partnership.domain import questionnaires as verbs
from palermo.partnership.domain.events import READ
from palermo.partnership.enums import RespondentKind
from palermo.partnership.methods.responses import Responses, compare
from palermo.partnership.models import Respondent, Round
from palermo.partnership.pages.answer_form import answer_form, answers_of, shown_questions
from palermo.partnership.pages.event_fields import StateField
from palermo.partnership.queries.responses import asked_in, handed_in, responses

WORDS = {
    "yes": _("yes"),
    "no": _("no"),
    "not_known": _("not known"),
    "given": _("answered"),
    "unanswered": _("not answered"),
}


class RespondentForm(forms.Form):
    kind = forms.ChoiceField(label=_("Kind"), choices=RespondentKind.choices)
    name = forms.CharField(label=_("Name"), max_length=200)
    state = StateField(label=_("State"))


class CompareForm(forms.Form):
    before = forms.ModelChoiceField(label=_("Compare with"), queryset=Round.objects.none(), required=False)

    def __init__(self, *args, round_, **kwargs):
        super().__init__(*args, **kwargs)
        others = Round.objects.filter(questionnaire_id=round_.questionnaire_id, office_id=round_.office_id)
        self.fields["before"].queryset = others.exclude(pk=round_.pk)


@reads(READ)
def round_page(request: HttpRequest, pk: UUID) -> HttpResponse:
    round_ = get_object_or_404(Round.objects.select_related("questionnaire", "version", "event", "office"), pk=pk)
    ours = round_.office_id == request.user.agency_id
    answers = handed_in(round_) if ours else {}
    found = responses(round_, answers) if ours else None
    form = CompareForm(request.GET or None, round_=round_) if ours else None
    before = form.cleaned_data["before"] if form and form.is_valid() else None
    context = {
        "round": round_,
        "ours": ours,
        "keeps": ours and may(request.user, verbs.ASK),
        "found": found,
        "rate": round(100 * found.rate) if found and found.rate is not None else None,
        "tallies": _rows(found) if found else [],
        "respondents": _respondents(round_, found) if found else [],
        "form": form,
        "before": before,
        "moved": _moved(round_, answers, before) if before else [],
        "crumbs": [
            (_("Questionnaires"), reverse("partnership:questionnaires")),
            (round_.questionnaire.title, reverse("partnership:questionnaire", args=[round_.questionnaire_id])),
        ],
    }
    return render(request, "partnership/round.html", context)


def _rows(found: Responses) -> list[tuple[Any, ...]]:
    rows = []
    for one in found.tallies:
        said = " · ".join(f"{WORDS.get(value, value)}: {count}" for value, count in one.counts.items())
        evidence = one.with_evidence or "–"
        rows.append((one.question.text, said, one.not_known, one.unanswered, evidence))
    return rows


def _respondents(round_: Round, found: Responses) -> list[tuple[Respondent, str]]:
    texts = {one.question.code: one.question.text for one in found.tallies}
    gaps = {
        who: "; ".join(f"{texts[code]} ({WORDS[why]})" for code, why in several) for who, several in found.gaps.items()
    }
    return [(one, gaps.get((one.kind, one.name), "")) for one in round_.respondents.all()]


def _moved(round_: Round, answers: dict[Any, Any], before: Round) -> list[tuple[Any, ...]]:
    changes = compare(asked_in(round_), handed_in(before), answers)
    rows = []
    for one in changes:
        said = " · ".join(f"{WORDS.get(a, a)} → {WORDS.get(b, b)}: {n}" for (a, b), n in one.moved.items())
        rows.append((one.question.text, said or "–", one.both))
    return rows


def _sheet(round_: Round, title: Any, submit: Any, **more: Any) -> Sheet:
    back = reverse("partnership:round", args=[round_.pk])
    crumbs = ((_("Questionnaires"), reverse("partnership:questionnaires")), (round_.title, back))
    return Sheet(title=title, submit=submit, back=back, crumbs=crumbs, **more)


@acts(verbs.ASK)
def respondent_add(request: HttpRequest, pk: UUID) -> HttpResponse:
    round_ = get_object_or_404(Round, pk=pk)

    def act(said: dict[str, Any]) -> None:
        verbs.ask_respondent(member=request.user, round_=round_, **said)

    sheet = _sheet(round_, _("Ask somebody"), _("Put on the list"), done=_("They are on the list."))
    return form_page(request, sheet, RespondentForm(sent(request)), act)


@posts(verbs.LINK)
def link_make(request: HttpRequest, pk: UUID) -> HttpResponse:
    respondent = get_object_or_404(Respondent.objects.select_related("round"), pk=pk)
    made = verbs.make_link(member=request.user, respondent=respondent)
    address = request.build_absolute_uri(reverse("partnership:answer_door", args=[made.token]))
    back = reverse("partnership:round", args=[respondent.round_id])
    context = {"respondent": respondent, "address": address, "code": f"{made.code[:4]} {made.code[4:]}", "back": back}
    return render(request, "partnership/link_made.html", context)


@acts(verbs.ANSWER)
def respondent_answer(request: HttpRequest, pk: UUID) -> HttpResponse:
    respondent = get_object_or_404(Respondent.objects.select_related("round__version"), pk=pk)
    before = {one.question_id: one for one in respondent.answers.all()}
    form = answer_form(shown_questions(respondent.round.version.questions.all(), before), sent(request))
    submit = request.method == "POST" and "hand_in" in request.POST

    def act(said: dict[str, Any]) -> None:  # noqa: ARG001 -- the form's own reading of what was sent
        answers = answers_of(form)
        verbs.answer_questionnaire(member=request.user, respondent=respondent, answers=answers, submit=submit)
        messages.success(request, _("Handed in.") if submit else _("Saved."))

    sheet = _sheet(respondent.round, respondent.name, _("Save"), lead=respondent.round.title)
    return form_page(request, sheet, form, act, template="partnership/answer_at_desk.html")
