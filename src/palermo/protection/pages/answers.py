"""Forms with which a referral is answered."""

from django import forms
from django.utils.translation import gettext_lazy as _

from palermo.protection.enums import DeclineReason, IdentificationOutcome, RecallReason
from palermo.ui.forms import RadioTiles

_NOTE = {
    "required": False,
    "max_length": 300,
    "widget": forms.Textarea(attrs={"rows": 2}),
    "help_text": _("No names and nothing about the person: both agencies see it on their lists."),
}


class AcceptForm(forms.Form):
    note = forms.CharField(label=_("Note to the sender"), **_NOTE)


class DeclineForm(forms.Form):
    reason = forms.ChoiceField(
        label=_("Why can you not take it on?"),
        choices=DeclineReason.choices,
        widget=forms.RadioSelect,
        help_text=_("The sender looks for another way at once."),
    )
    note = forms.CharField(label=_("What the sender could do instead"), **_NOTE)


class DoneForm(forms.Form):
    note = forms.CharField(label=_("With what result?"), **_NOTE)


class RecallForm(forms.Form):
    reason = forms.ChoiceField(label=_("Why?"), choices=RecallReason.choices, widget=forms.RadioSelect)


class NoForm(forms.Form):
    """Only a button."""


class DecisionForm(forms.Form):
    outcome = forms.ChoiceField(label=_("Decision"), choices=IdentificationOutcome.choices, widget=RadioTiles)
    reason = forms.CharField(
        label=_("Reasons"),
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_(
            "At least 20 letters, so that they can be appealed. Protection does not end with a negative decision."
        ),
    )


class AppealForm(forms.Form):
    ground = forms.CharField(
        label=_("Why?"),
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("One sentence, of at least 10 letters, is enough to be in time."),
    )


class AppealDecisionForm(forms.Form):
    outcome = forms.ChoiceField(
        label=_("Decision on the appeal"), choices=IdentificationOutcome.choices, widget=RadioTiles
    )
    reason = forms.CharField(
        label=_("Reasons"), widget=forms.Textarea(attrs={"rows": 6}), help_text=_("At least 20 letters.")
    )
