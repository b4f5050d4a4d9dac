"""A form with one field of each kind."""

from django import forms
from django.utils.translation import gettext_lazy as _

from palermo.ui.forms import CheckTiles, DateInput, RadioTiles


class Sample(forms.Form):
    name = forms.CharField(
        label=_("What should we call the person?"),
        help_text=_("A name the person chose. It need not be the name on a document."),
        error_messages={"required": _("Write a name, or “not told”.")},
    )
    age = forms.IntegerField(label=_("Age"), required=False, min_value=0, max_value=120)
    when = forms.DateField(label=_("Day of arrival"), widget=DateInput, required=False)
    path = forms.ChoiceField(
        label=_("Which questions fit?"),
        choices=[("child", _("Child")), ("adult", _("Adult")), ("unsure", _("Not sure"))],
        widget=RadioTiles(hints={"unsure": _("Treated as a child until it is known.")}),
    )
    urgent = forms.MultipleChoiceField(
        label=_("What is needed at once?"),
        choices=[
            ("doctor", _("Doctor")),
            ("food", _("Food and water")),
            ("place", _("A safe place")),
            ("phone", _("A call")),
        ],
        widget=CheckTiles,
        error_messages={"required": _("Choose at least one, so that somebody comes.")},
    )
    language = forms.ChoiceField(
        label=_("Language"), choices=[("", "—"), ("ar", "العربية"), ("uk", "Українська"), ("el", "Ελληνικά")]
    )
    told_by = forms.ChoiceField(
        label=_("Who told you?"),
        choices=[("self", _("The person")), ("other", _("Somebody else"))],
        widget=forms.RadioSelect,
        required=False,
    )
    notes = forms.CharField(
        label=_("In the person’s own words"), widget=forms.Textarea(attrs={"rows": 3}), required=False
    )
    agreed = forms.BooleanField(label=_("The person was told what happens with these words."))


class Filters(forms.Form):
    status = forms.ChoiceField(label=_("Status"), choices=[("", _("any")), ("presumed", _("presumed"))], required=False)
    agency = forms.CharField(label=_("Agency"), required=False)
    since = forms.DateField(label=_("Since"), widget=DateInput, required=False)
