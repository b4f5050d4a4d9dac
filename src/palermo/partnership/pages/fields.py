"""Fields that forms of the directory share: a day, a State, a clearance with its readers."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from palermo.office import clock
from palermo.office.models import Member
from palermo.partnership.enums import Clearance
from palermo.ui.forms import DateInput
from palermo.vocabulary.places import countries, languages
from palermo.vocabulary.states import load_states
from palermo.vocabulary.themes import load_themes


class DayField(forms.DateField):
    """A day, picked with the device's own picker."""

    widget = DateInput


def state_choices() -> list[tuple[str, str]]:
    """States and Partners by name."""
    return sorted(((code, state.name) for code, state in load_states().items()), key=lambda pair: pair[1])


class StateField(forms.ChoiceField):
    """A participating State or Partner."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("State"))
        super().__init__(choices=lambda: [("", "–"), *state_choices()], **kwargs)


def theme_choices() -> list[tuple[str, str]]:
    """Themes by label."""
    return sorted(((code, theme.label) for code, theme in load_themes().items()), key=lambda pair: pair[1])


class ThemesField(forms.MultipleChoiceField):
    """Any themes of the vocabulary."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Themes"))
        kwargs.setdefault("required", False)
        super().__init__(choices=theme_choices, widget=forms.CheckboxSelectMultiple, **kwargs)


class CountriesField(forms.MultipleChoiceField):
    """Any countries."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(choices=lambda: list(countries().items()), **kwargs)


#: ISO 639-3: the six official languages of the OSCE, then those of its States and Partners.
_OFFICIAL = ("deu", "eng", "fra", "ita", "rus", "spa")
_OTHERS = (
    "ara", "aze", "bel", "bos", "bul", "cat", "ces", "cnr", "dan", "ell", "est", "fas", "fin", "gle", "heb", "hrv",
    "hun", "hye", "isl", "jpn", "kat", "kaz", "kir", "kor", "lat", "lav", "lit", "ltz", "mkd", "mlt", "mon", "nld",
    "nor", "pol", "por", "prs", "pus", "ron", "slk", "slv", "sqi", "srp", "swe", "tgk", "tha", "tuk", "tur", "ukr",
    "uzb",
)  # fmt: skip


def language_choices(*more: str) -> list[tuple[str, str]]:
    """Languages to choose from, with those of an entry that names others; a file may bring any of ISO 639-3."""
    names = languages()
    rest = sorted({*_OTHERS, *more} - set(_OFFICIAL), key=lambda code: names[code])
    return [(code, names[code]) for code in (*_OFFICIAL, *rest)]


class LanguagesField(forms.MultipleChoiceField):
    """Languages of the region."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(choices=language_choices, **kwargs)


class ClearedForm(forms.Form):
    """A form of a record with a clearance; `cleaned_data` then holds `clearance` and `readers` for the verb."""

    clearance = forms.ChoiceField(
        label=_("Who may read it?"), choices=Clearance.choices, initial=Clearance.OFFICE, widget=forms.RadioSelect
    )
    readers = forms.ModelMultipleChoiceField(
        label=_("Named persons"),
        queryset=Member.objects.none(),
        required=False,
        help_text=_("Only where you chose “Named persons only”. You are always one of them."),
    )

    def __init__(self, *args: Any, member: Member, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["readers"].queryset = Member.objects.filter(  # type: ignore[attr-defined]
            agency=member.agency, is_active=True, kind=Member.Kind.PERSON
        )
        for name in ("clearance", "readers"):
            self.fields[name] = self.fields.pop(name)

    def clean_readers(self) -> list[Any]:
        return [member.pk for member in self.cleaned_data["readers"]]


class DayForm(forms.Form):
    """Asks for a day; whatever is no day is today."""

    day = DayField(label=_("On the day"), required=False)

    @property
    def chosen(self) -> dt.date:
        """The day asked for, today if none was."""
        asked = self.cleaned_data.get("day") if self.is_valid() else None
        return asked or clock.now().date()


def day_form(data: Any) -> DayForm:
    """The day form of a page, filled with the day that it shows."""
    form = DayForm(data or None)
    return form if data and form.is_valid() else DayForm({"day": form.chosen})
