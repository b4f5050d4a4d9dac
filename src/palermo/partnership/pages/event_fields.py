"""Form fields that several pages of partnership share: lines of text, States, clearance, dates as known."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from palermo.office.pages.doors import Sheet
from palermo.partnership.enums import Clearance
from palermo.ui.forms import DateInput
from palermo.vocabulary.states import load_states

OPEN_CLEARANCES = [choice for choice in Clearance.choices if choice[0] != Clearance.NAMED]


class LinesField(forms.CharField):
    """Several short texts, one a line."""

    def __init__(self, *, longest: int = 200, rows: int = 3, **kwargs: Any) -> None:
        self.longest = longest
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": rows}))
        kwargs.setdefault("help_text", _("One a line."))
        super().__init__(required=False, **kwargs)

    def clean(self, value: Any) -> list[str]:  # type: ignore[override]
        lines = [line.strip() for line in super().clean(value).splitlines() if line.strip()]
        if len(lines) > 100 or any(len(line) > self.longest for line in lines):
            raise forms.ValidationError(_("At most 100 lines of %(n)d characters.") % {"n": self.longest})
        return lines

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, Sequence) and not isinstance(value, str) else value


def state_choices() -> list[tuple[str, str]]:
    """The States and Partners by name."""
    return sorted(((code, state.name) for code, state in load_states().items()), key=lambda pair: pair[1])


class StatesField(forms.MultipleChoiceField):
    """Any of the States and Partners."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.SelectMultiple(attrs={"size": 6}))
        super().__init__(choices=state_choices, required=False, **kwargs)


class StateField(forms.ChoiceField):
    """One State or Partner, or none."""

    def __init__(self, *, empty: Any = "—", **kwargs: Any) -> None:
        super().__init__(choices=lambda: [("", empty), *state_choices()], required=False, **kwargs)


class WhenForm(forms.Form):
    """A date as exactly as it is known."""

    when = forms.CharField(
        label=_("When"), max_length=10, required=False, help_text=_("2017, 2017-06 or 2017-04-03: as much as is known.")
    )
    ends_on = forms.DateField(label=_("Last day"), required=False, widget=DateInput)
    date_basis = forms.CharField(
        label=_("Basis of the date"),
        max_length=300,
        required=False,
        help_text=_("Needed where not even the year is known."),
    )


class ClearanceForm(forms.Form):
    """Who may read it."""

    clearance = forms.ChoiceField(label=_("Who may read it"), choices=OPEN_CLEARANCES, initial=Clearance.OFFICE)


def sheet_of(name: Any, index: str, page: str, title: Any, submit: Any, record: Any = None, **more: Any) -> Sheet:
    """What stands around a form of a record that has a title: the way back to the list, or to the record.

    Args:
        name: of the list.
        index, page: routes of the list and of a record.
        record: None for one that is still to be made.
        more: the rest of a sheet.
    """
    back = reverse(index)
    crumbs: tuple[tuple[Any, str], ...] = ((name, back),)
    if record is not None:
        back = reverse(page, args=[record.pk])
        crumbs += ((record.title, back),)
    return Sheet(title=title, submit=submit, back=back, crumbs=crumbs, **more)


def texts_of(record: Any, *names: str) -> dict[str, Any]:
    """What a form that changes a record begins with."""
    return {name: getattr(record, name) for name in names}
