"""To whom partnership's entries are shown: the pages are open to more people than need them in their way."""

from collections.abc import Callable

from django.http import HttpRequest

from palermo.office.enums import Role
from palermo.office.pages.doors import sees

#: Who works with a queue in front of them: a tablet's navigation is theirs.
_AT_THE_GATE = frozenset({Role.FIRST_RESPONDER, Role.SERVICE_WORKER})


def beside(verb: str) -> Callable[[HttpRequest], bool]:
    """Whether the member may use the verb and does other work than that of the gate; links lead there in any case."""
    may_see = sees(verb)

    def shown(request: HttpRequest) -> bool:
        return may_see(request) and not set(request.user.roles) <= _AT_THE_GATE

    return shown
