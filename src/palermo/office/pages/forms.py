"""Forms of the office."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from palermo.office.enums import AgencyKind, Purpose, RightsKind, Role
from palermo.ui.forms import CheckTiles, DateInput, RadioTiles


def _area(rows: int = 4) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class DirectoryFilter(forms.Form):
    words = forms.CharField(label=_("What is needed"), required=False)
    purpose = forms.ChoiceField(label=_("For"), required=False, choices=[("", _("anything")), *Purpose.choices])
    kind = forms.ChoiceField(
        label=_("Kind"),
        required=False,
        choices=[("", _("any")), *(c for c in AgencyKind.choices if c[0] != AgencyKind.MIGRATION_ENFORCEMENT)],
    )


class AppointForm(forms.Form):
    username = forms.CharField(
        label=_("Sign-in name"), max_length=80, help_text=_("Not an address and nothing that tells where they work.")
    )
    name = forms.CharField(label=_("Name"), max_length=120)
    roles = forms.MultipleChoiceField(
        label=_("Roles"), choices=[c for c in Role.choices if c[0] != Role.CO_ORDINATOR], widget=CheckTiles
    )


class EmergencyForm(forms.Form):
    """The reason stands first: it is written before the code is."""

    reason = forms.CharField(
        label=_("Why must this file be opened now, without the person or the owner being asked?"),
        help_text=_("A sentence. The owner of the file and both data protection officers read it."),
        widget=_area(3),
    )
    code = forms.CharField(label=_("Code of the file"), max_length=40, help_text=_("For example 7KQ-M4XD."))


class RightForm(forms.Form):
    kind = forms.ChoiceField(label=_("What does the person ask for?"), choices=RightsKind.choices, widget=RadioTiles)
    words = forms.CharField(
        label=_("In the person’s own words"),
        help_text=_("They are sealed; only the data protection officer of your agency reads them."),
        widget=_area(),
    )


class AnswerForm(forms.Form):
    answer = forms.CharField(label=_("Answer"), help_text=_("In words that can be read to the person."), widget=_area())


class ReviewForm(forms.Form):
    review = forms.CharField(
        label=_("Was the opening right?"), help_text=_("The agency that opened the file reads it too."), widget=_area(3)
    )


class LogFilter(forms.Form):
    since = forms.DateField(label=_("Since"), required=False, widget=DateInput)
    verb = forms.ChoiceField(label=_("What was done"), required=False)
    member = forms.ChoiceField(label=_("By"), required=False)
    file = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, verbs: list[tuple[str, Any]], members: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["verb"].choices = [("", _("anything")), *verbs]  # type: ignore[attr-defined]
        self.fields["member"].choices = [("", _("anybody")), *members]  # type: ignore[attr-defined]
