"""To correct what is known of a person without opening the sealed part: age group, age, sex, citizenship, language."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from palermo.office.domain.persons import CORRECT, correct_person
from palermo.office.domain.rights import require_own
from palermo.office.enums import AgePath, Sex
from palermo.protection.models import Case
from palermo.protection.pages.arrivals import person_within_reach
from palermo.protection.pages.doors import Sheet, acts, form_page, sent
from palermo.protection.pages.languages import language_choices
from palermo.ui.forms import RadioTiles
from palermo.vocabulary.places import countries, country_name

FIELDS = ("path", "age", "sex", "citizenship", "language")


class CorrectForm(forms.Form):
    path = forms.ChoiceField(label=_("Child or adult?"), choices=AgePath.choices, widget=RadioTiles())
    age = forms.IntegerField(label=_("Age in years"), min_value=0, max_value=120, required=False)
    sex = forms.ChoiceField(label=_("Sex"), choices=Sex.choices)
    language = forms.ChoiceField(label=_("Language"), choices=language_choices, required=False)
    citizenship = forms.ChoiceField(
        label=_("Citizenship"), choices=lambda: [("", _("Not known")), *countries().items()], required=False
    )


@acts(CORRECT)
def person_correct(request: HttpRequest, pk: UUID) -> HttpResponse:
    person = person_within_reach(pk)
    require_own(request.user, person.agency_id, CORRECT)
    case = Case.objects.filter(person=person).first()
    back = reverse("protection:case", args=[case.pk]) if case else reverse("protection:person", args=[person.pk])
    sheet = Sheet(
        title=_("Correct what is known"),
        submit=_("Correct it"),
        back=back,
        crumbs=((person.code, back),),
        notice=_(
            "Who turns out to be a child, or whose age is not sure, is not held to a consent: data that went out on one"
            " go dark at the other end. Send them again in the best interests of the child."
        ),
        done=_("It is corrected."),
    )
    initial = {name: getattr(person, name) for name in FIELDS}
    form = CorrectForm(sent(request), initial=initial)
    # What is recorded stays a choice, though no list has it: a person loses no citizenship by a correction of the age.
    if person.citizenship and person.citizenship not in countries():
        field = form.fields["citizenship"]
        field.choices = [*field.choices, (person.citizenship, country_name(person.citizenship))]

    def act(said: dict[str, Any]) -> None:
        ended = correct_person(member=request.user, person=person, **said)
        if ended:
            words = ngettext(
                "A child is not held to a consent: the sharing that rested on it has ended.",
                "A child is not held to a consent: the %(n)s sharings that rested on one have ended.",
                ended,
            )
            messages.warning(request, words % {"n": ended})

    return form_page(request, sheet, form, act)
