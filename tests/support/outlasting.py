"""A verb that takes longer than a pass is good for, without anybody waiting for it."""

from collections.abc import Callable
from typing import Any

from django.db import connection

from palermo.office.domain import acting


def outlasting(verb: Callable[..., Any]) -> Callable[..., Any]:
    """The same verb, and the pass of whoever is at work is over when it is done."""

    def slowly(*arguments: Any, **named: Any) -> Any:
        result = verb(*arguments, **named)
        member = acting.at_work().member
        assert member is not None
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('palermo.pass', %s, true)", [acting.sign_pass(member.pk, seconds=-1)])
        return result

    return slowly
