"""Work lists: a django-tables2 table with a caption, and the columns that every room needs."""

from typing import Any

import django_tables2 as tables
from django.template.loader import render_to_string

from palermo.ui.components import status


class WorkTable(tables.Table):
    """Base of every work list.

    `caption` names the list for those who hear it; `empty_text` and `empty_help` say what to do when it is empty.
    """

    caption: Any = ""
    empty_text: Any = ""
    empty_help: Any = ""

    class Meta:
        template_name = "ui/table.html"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        # The library knows it only from Meta or from the call, and a subclass's Meta would forget the template.
        kwargs.setdefault("empty_text", type(self).empty_text or None)
        super().__init__(*args, **kwargs)


class NumberColumn(tables.Column):
    """Numbers, set flush at the end of the line."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("attrs", {"th": {"class": "num"}, "td": {"class": "num"}})
        super().__init__(**kwargs)


class MainColumn(tables.Column):
    """What a row is about, usually with `linkify`."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("attrs", {"td": {"class": "table__main"}})
        super().__init__(**kwargs)


class BadgeColumn(tables.Column):
    """A status as icon and word; `tones` gives each value its tone."""

    def __init__(self, tones: dict[Any, str], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.tones = tones

    def render(self, value: Any, record: Any) -> Any:
        field = self.accessor if isinstance(self.accessor, str) else ""
        display = getattr(record, f"get_{field}_display", None)
        raw = record.get(field, value) if isinstance(record, dict) else getattr(record, field, value)
        return status.badge(display() if display else value, self.tones.get(raw, "neutral"))


class DeadlineColumn(tables.Column):
    """Due in …, overdue by …; `done` names the field that holds when it was done."""

    def __init__(self, done: str = "", **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.done = done

    def render(self, value: Any, record: Any) -> Any:
        done = (
            (record.get(self.done) if isinstance(record, dict) else getattr(record, self.done)) if self.done else None
        )
        return render_to_string("ui/components/deadline.html", status.deadline(value, done))
