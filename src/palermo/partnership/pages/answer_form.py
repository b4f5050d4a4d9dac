"""A form made of a questionnaire's questions, for the desk and for the door alike."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from palermo.partnership.domain.questionnaires import MOST_EVIDENCE, MOST_VALUE
from palermo.ui.forms import RadioTiles

YES_NO = [("yes", _("Yes")), ("no", _("No")), ("not_known", _("Not known"))]
#: Put after a question's code for the field of its evidence; no code has a double hyphen.
EVIDENCE = "--evidence"


def answer_form(questions: Iterable[Mapping[str, Any]], data: Any = None) -> forms.Form:
    """Fields in the order of the questions, none of them required: a gap is an answer of its own.

    Args:
        questions: mappings with `code`, `kind`, `text`, `help`, `choices`, `wants_evidence`, `value`, `evidence`.
        data: what was sent.
    """
    form = forms.Form(data)
    for number, one in enumerate(questions, start=1):
        form.fields[one["code"]] = _field(one, f"{number}. {one['text']}")
        if one["wants_evidence"]:
            form.fields[one["code"] + EVIDENCE] = forms.CharField(
                label=_("Evidence for question %(n)d") % {"n": number},
                help_text=_("A law, a document, an address where it can be read."),
                required=False,
                max_length=MOST_EVIDENCE,
                initial=one["evidence"],
            )
    return form


def _field(one: Mapping[str, Any], label: str) -> forms.Field:
    said = {"label": label, "help_text": one["help"], "required": False, "initial": one["value"]}
    if one["kind"] == "yes_no":
        return forms.ChoiceField(choices=YES_NO, widget=RadioTiles, **said)
    if one["kind"] == "choice":
        return forms.ChoiceField(choices=[(text, text) for text in one["choices"]], widget=RadioTiles, **said)
    if one["kind"] == "number":
        return forms.CharField(max_length=20, widget=forms.TextInput(attrs={"inputmode": "decimal"}), **said)
    if one["kind"] == "text":
        return forms.CharField(max_length=MOST_VALUE, widget=forms.Textarea(attrs={"rows": 4}), **said)
    return forms.CharField(max_length=MOST_VALUE, **said)


def answers_of(form: forms.Form) -> dict[str, tuple[str, str]]:
    """Code → (value, evidence), as sent."""
    said = form.cleaned_data
    return {code: (value, said.get(code + EVIDENCE, "")) for code, value in said.items() if not code.endswith(EVIDENCE)}


def shown_questions(questions: Iterable[Any], before: Mapping[Any, Any]) -> list[dict[str, Any]]:
    """Questions as `answer_form` wants them, from records and the answers so far by question."""
    found = []
    for one in questions:
        answer = before.get(one.pk)
        names = ("code", "kind", "text", "help", "choices", "wants_evidence")
        said = {"value": answer.value if answer else "", "evidence": answer.evidence if answer else ""}
        found.append({name: getattr(one, name) for name in names} | said)
    return found
