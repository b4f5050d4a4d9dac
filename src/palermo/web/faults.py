"""What a visitor sees when something broke: a plain page, and "try again in a moment" while the database is away."""

import sys
from collections.abc import Iterator

import django.db
import psycopg
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.views.defaults import server_error

#: Seconds after which a browser may ask again.
RETRY_AFTER = 5
#: Classes and codes of PostgreSQL's errors that mean: not now. 08 connection, 53300 too many connections,
#: 57P01 to 57P05 shut down, crashed, starting or recovering, gone, idle for too long.
_AWAY = ("08", "53300", "57P0")


def broken(request: HttpRequest) -> HttpResponse:
    """Django's handler of status 500, wherever it arose: 503 while the database is away, 500 for everything else."""
    if not database_is_away(sys.exc_info()[1]):
        return server_error(request)
    answer: HttpResponse
    if request.path.startswith("/api/"):
        said = {"message": "the records are starting", "where": "", "remedy": "Try again in a moment."}
        answer = JsonResponse(said, status=503)
    else:
        answer = HttpResponse(render_to_string("503.html"), status=503)
    answer["Retry-After"] = str(RETRY_AFTER)
    answer["Cache-Control"] = "no-store"
    return answer


def database_is_away(error: BaseException | None) -> bool:
    """Whether the fault, or what led to it, is that the server is not reached, starts, recovers or stops."""
    return any(_says_so(one) for one in _led_to(error))


def _led_to(error: BaseException | None) -> Iterator[BaseException]:
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or error.__context__


def _says_so(error: BaseException) -> bool:
    if isinstance(error, django.db.InterfaceError | psycopg.InterfaceError):
        return True  # a connection that is closed already
    if isinstance(error, psycopg.OperationalError):
        return error.sqlstate is None or error.sqlstate.startswith(_AWAY)
    return False
