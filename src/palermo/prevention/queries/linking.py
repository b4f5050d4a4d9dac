"""What is held of a linkage while people decide on its pairs."""

from typing import TYPE_CHECKING

from palermo.office import clock
from palermo.office.sealing import unpacked
from palermo.prevention.models import Decision, HeldPart, Linking

if TYPE_CHECKING:
    from palermo.prevention.formats.held import Held


def held_of(linking: Linking) -> "Held":
    """The held files, opened. One statement.

    Raises:
        Refusal: they are deleted, or past their day.
    """
    from palermo.prevention.formats.held import read_held  # noqa: PLC0415 -- heavy

    parts = HeldPart.objects.filter(linking=linking, until__gt=clock.now()).order_by("position")
    return read_held(unpacked(list(parts.values_list("sealed", flat=True))))


def decisions_of(linking: Linking) -> dict[int, Decision]:
    """The newest decision of each pair. One statement."""
    return {one.pair: one for one in Decision.objects.filter(linking=linking).order_by("decided_at", "pk")}
