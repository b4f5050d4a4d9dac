"""Doors of the first page: each room adds those that lead its roles to what waits for them."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest

#: `title`, `icon`, `url`, `text`; and may have `number`, `mark` (said in a badge) and the `tone` of it.
Door = dict[str, Any]
#: Gives the doors of a room for the person of a request; none for whom it has nothing.
Doors = Callable[[HttpRequest], list[Door]]
_ROOMS: list[Doors] = []


def register_doors(doors: Doors) -> None:
    """Add a room's doors behind those there are (in `AppConfig.ready`); the same again is harmless."""
    if doors not in _ROOMS:
        _ROOMS.append(doors)


def doors_of_rooms(request: HttpRequest) -> list[Door]:
    """The doors of all rooms that registered some, in their order."""
    return [door for room in _ROOMS for door in room(request)]
