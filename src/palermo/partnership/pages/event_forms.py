"""Forms of events and attendance."""

from django import forms
from django.utils.translation import gettext_lazy as _

from palermo.partnership.enums import (
    AttendanceMode,
    AttendanceStep,
    Capacity,
    DocumentKind,
    EventKind,
    EventStatus,
    Gender,
    NameConsent,
    OurRole,
    Sector,
)
from palermo.partnership.models import Project
from palermo.partnership.pages.event_fields import (
    ClearanceForm,
    LinesField,
    StateField,
    StatesField,
    WhenForm,
    state_choices,
)
from palermo.partnership.pages.fields import ThemesField
from palermo.ui.forms import DateTimeInput


class EventForm(WhenForm, ClearanceForm):
    title = forms.CharField(label=_("Title"), max_length=300)
    kind = forms.ChoiceField(label=_("Kind"), choices=EventKind.choices)
    status = forms.ChoiceField(label=_("Status"), choices=EventStatus.choices, initial=EventStatus.PLANNED)
    our_role = forms.ChoiceField(label=_("Our part"), choices=OurRole.choices, initial=OurRole.ORGANISE)
    place = forms.CharField(label=_("Place"), max_length=200, required=False)
    organiser = forms.CharField(label=_("Organiser, if not we"), max_length=300, required=False)
    co_organisers = LinesField(label=_("Co-organisers"), longest=300)
    audience = forms.CharField(label=_("For whom"), max_length=300, required=False)
    themes = ThemesField()
    states = StatesField(label=_("States it is about"))
    project = forms.ModelChoiceField(label=_("Project"), queryset=Project.objects.all(), required=False)
    train_the_trainers = forms.BooleanField(label=_("Trains trainers"), required=False)
    note = forms.CharField(label=_("Note"), required=False, widget=forms.Textarea(attrs={"rows": 3}), max_length=4000)

    field_order = ("title", "kind", "status", "our_role", "when", "ends_on", "date_basis", "place", "organiser")


class NarrowEvents(forms.Form):
    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=[("", _("any")), *EventKind.choices])
    status = forms.ChoiceField(label=_("Status"), required=False, choices=[("", _("any")), *EventStatus.choices])
    year = forms.IntegerField(label=_("Year"), required=False, min_value=1900, max_value=2200)
    state = forms.ChoiceField(label=_("State"), required=False, choices=lambda: [("", _("any")), *state_choices()])

    def narrow(self, events):
        asked = self.cleaned_data if self.is_valid() else {}
        for name in ("kind", "status"):
            if asked.get(name):
                events = events.filter(**{name: asked[name]})
        if asked.get("year"):
            events = events.filter(when__startswith=f"{asked['year']:04d}")
        if asked.get("state"):
            events = events.filter(states__contains=[asked["state"]])
        return events


class SessionForm(forms.Form):
    title = forms.CharField(label=_("Title"), max_length=300)
    starts_at = forms.DateTimeField(label=_("Begins"), required=False, widget=DateTimeInput)
    speakers = forms.CharField(label=_("Speakers"), max_length=500, required=False)


class DocumentForm(forms.Form):
    kind = forms.ChoiceField(label=_("Kind"), choices=DocumentKind.choices)
    title = forms.CharField(label=_("Title"), max_length=300)
    symbol = forms.CharField(label=_("Symbol or address"), max_length=300, required=False)
    language = forms.CharField(label=_("Language (three letters)"), max_length=3, required=False)


class RecommendationForm(forms.Form):
    text = forms.CharField(label=_("Text"), widget=forms.Textarea(attrs={"rows": 4}), max_length=4000)
    addressee = forms.CharField(label=_("To whom"), max_length=200, required=False)
    themes = ThemesField()


class AttendanceForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=200, required=False)
    organisation = forms.CharField(label=_("Organisation"), max_length=300, required=False)
    state = StateField(label=_("State"))
    delegation = forms.CharField(label=_("Delegation"), max_length=200, required=False)
    capacity = forms.ChoiceField(label=_("Capacity"), choices=Capacity.choices, initial=Capacity.PARTICIPANT)
    gender = forms.ChoiceField(label=_("Gender"), choices=Gender.choices, initial=Gender.NOT_KNOWN)
    sector = forms.ChoiceField(label=_("Sector"), choices=Sector.choices, initial=Sector.OTHER)
    mode = forms.ChoiceField(label=_("How"), choices=AttendanceMode.choices)
    trained = forms.BooleanField(label=_("Was trained"), required=False)
    trained_as_trainer = forms.BooleanField(label=_("Was trained to train others"), required=False)
    publish_name = forms.ChoiceField(
        label=_("Name may be shown to"), choices=NameConsent.choices, initial=NameConsent.NOBODY
    )
    email = forms.EmailField(
        label=_("E-mail at work"),
        required=False,
        help_text=_("Tells people of the same name apart; never exported."),
    )


class StepForm(forms.Form):
    step = forms.ChoiceField(label=_("How far"), choices=AttendanceStep.choices)
    mode = forms.ChoiceField(label=_("How"), choices=AttendanceMode.choices)


class ListForm(forms.Form):
    file = forms.FileField(
        label=_("List (CSV)"), help_text=_("Our own columns, or the export of registrations from Indico. UTF-8.")
    )
