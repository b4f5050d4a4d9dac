"""How forms look: the renderer that settings name, and widgets with large targets."""

from typing import Any

from django import forms
from django.forms.renderers import DjangoTemplates
from django.forms.widgets import ChoiceWidget

OURS = {
    "django/forms/widgets/radio.html": "ui/forms/choices.html",
    "django/forms/widgets/checkbox_select.html": "ui/forms/choices.html",
}


class Renderer(DjangoTemplates):
    """`FORM_RENDERER = "palermo.ui.forms.Renderer"` makes `{{ form }}` look right everywhere."""

    form_template_name = "ui/forms/form.html"
    field_template_name = "ui/forms/field.html"

    def get_template(self, template_name: str) -> Any:
        return super().get_template(OURS.get(template_name, template_name))


class _Hints(ChoiceWidget):
    """Adds a line of help to single options: `hints={"yes": "…"}`."""

    option_template_name = "ui/forms/choice_tile.html"
    template_name = "ui/forms/choice_tiles.html"

    def __init__(self, *args: Any, hints: dict[Any, Any] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.hints = hints or {}

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **kwargs)
        return {**option, "hint": self.hints.get(value, "")}


class RadioTiles(_Hints, forms.RadioSelect):
    """One of a few, as tiles of at least 64 px."""


class CheckTiles(_Hints, forms.CheckboxSelectMultiple):
    """Any of a few, as tiles of at least 64 px."""


class DateInput(forms.DateInput):
    """The device's own date picker; always ISO on the wire."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class DateTimeInput(forms.DateTimeInput):
    """The device's own picker of date and time."""

    input_type = "datetime-local"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%dT%H:%M")


class ManyFiles(forms.ClearableFileInput):
    """A field that takes several files at once."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files, each checked by itself."""

    widget = ManyFiles

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        given = (data if isinstance(data, list | tuple) else [data]) or [None]
        return [super(FilesField, self).clean(one, initial) for one in given]
