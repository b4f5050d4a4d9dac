"""Free text that seals itself: encrypted when it is saved, opened when a page reads it, in clear nowhere in between."""

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models.query_utils import DeferredAttribute

from palermo.office.sealing import seal, unseal
from palermo.vocabulary.errors import Refusal


class Sealed(bytes):
    """A value as the table holds it. What nobody reads is not opened."""

    __slots__ = ()


class _Opening(DeferredAttribute):
    """Opens the value the first time that it is read."""

    def __get__(self, instance: models.Model | None, cls: Any = None) -> Any:
        value = super().__get__(instance, cls)
        if isinstance(value, Sealed):
            value = instance.__dict__[self.field.attname] = unseal(value)
        return value

    def __set__(self, instance: models.Model, value: Any) -> None:
        instance.__dict__[self.field.attname] = value


# For whoever reads and writes it, text; in the table, bytes.
if TYPE_CHECKING:
    _Field = models.TextField
else:
    _Field = models.BinaryField


class SealedText(_Field):
    """Text of at most `max_length` letters, sealed with the ring of the space; nothing written stays empty.

    A row is read and written like any other: `risk.note = "…"`, `risk.note`. It cannot be searched for, and
    `values()` gives what is sealed. Keep it out of a model's history (`pghistory.track(exclude=…)`): the ring must be
    able to turn. `palermo keys rotate` finds these columns by itself (`sealed_columns`).
    """

    descriptor_class = _Opening

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **{"blank": True} | options)
        # The limit is of the text; what is sealed is longer.
        self.validators.clear()

    def get_default(self) -> str:
        return ""

    def from_db_value(self, value: bytes | memoryview | None, *_: Any) -> Sealed | str:
        return Sealed(value) if value else ""

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:  # noqa: ARG002 -- Django's signature
        # Not through the descriptor: what was never read is written back as it is.
        known = model_instance.__dict__
        return known[self.attname] if self.attname in known else getattr(model_instance, self.attname)

    def get_prep_value(self, value: Any) -> bytes:
        if isinstance(value, Sealed):
            return bytes(value)
        text = value or ""
        if not isinstance(text, str):
            raise TypeError(f"{self.name} holds text")
        if self.max_length and len(text) > self.max_length:
            raise Refusal(
                f"this is longer than {self.max_length} letters", where=self.name, remedy="Say it in fewer words."
            )
        return seal(text) if text else b""

    def get_lookup(self, lookup_name: str) -> None:  # type: ignore[override]
        """None: every sealing of a text differs, so that there is nothing to compare."""


def sealed_columns() -> list[tuple[str, str, str]]:
    """(table, primary key, column) of every field of this kind in the rooms that are installed."""
    from django.apps import apps  # noqa: PLC0415 -- after start

    return [
        (model._meta.db_table, model._meta.pk.column, field.column)  # noqa: SLF001 -- Django's documented API
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.local_concrete_fields  # noqa: SLF001
        if isinstance(field, SealedText)
    ]
