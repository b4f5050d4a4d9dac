"""What time it is. In the simulated space the exercise's clock can be set; in the real one it cannot."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.conf import settings
from django.utils import timezone

from palermo.vocabulary.errors import Refusal

_simulated: ContextVar[dt.datetime | None] = ContextVar("palermo_clock", default=None)


def now() -> dt.datetime:
    """The time at which things happen: the exercise's clock where one runs, else the machine's."""
    return _simulated.get() or timezone.now()


def is_set() -> bool:
    """Whether the exercise's clock runs."""
    return _simulated.get() is not None


@contextmanager
def at(moment: dt.datetime) -> Iterator[None]:
    """Let it be `moment` (aware) inside the block. Refused outside the simulated space.

    Set it before `acting_as`: the database takes the time along with the pass.
    """
    if settings.PALERMO_SPACE != "simulated":
        raise Refusal("the clock can only be set in the simulated space", remedy="Set PALERMO_SPACE=simulated.")
    token = _simulated.set(moment)
    try:
        yield
    finally:
        _simulated.reset(token)
