"""The rooms' verbs as JSON at /api/, for those who sign in, and the public door.

Who asks is known by the session, with a token against forgery and the second factor, as on pages; a refusal says the
same as there. The description is at /api/openapi.json. There is no page of it: it would load scripts from elsewhere,
which the site's policy forbids.
"""

import re
from collections.abc import Iterator
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern
from django.utils.datastructures import MultiValueDict
from django.views.decorators.cache import never_cache
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError
from ninja.parser import Parser
from ninja.security import SessionAuth

from palermo.office.api import router as office
from palermo.office.domain.rights import NotAllowed
from palermo.partnership.api import router as partnership
from palermo.protection.api import router as protection
from palermo.vocabulary.errors import Refusal

UNKEEPABLE = re.compile("[\x00\ud800-\udfff]")


def _keepable(value: Any) -> Any:
    """What was sent, if the database can keep it: no text with NUL or half a character, as forms refuse it too."""
    if isinstance(value, str) and UNKEEPABLE.search(value):
        raise Refusal("a text holds a character that cannot be kept", remedy="Leave it out.")
    for part in value.items() if isinstance(value, dict) else value if isinstance(value, list | tuple) else ():
        _keepable(part)
    return value


class KeepableParser(Parser):
    """Reads JSON and queries, and nothing that PostgreSQL would choke on."""

    def parse_body(self, request: HttpRequest) -> dict[str, Any]:
        return _keepable(super().parse_body(request))  # type: ignore[no-any-return]

    def parse_querydict(self, data: MultiValueDict[str, str], names: list[str], request: HttpRequest) -> dict[str, Any]:
        return _keepable(super().parse_querydict(data, names, request))  # type: ignore[no-any-return]


api = NinjaAPI(
    title="Palermo", version="1", urls_namespace="api", docs_url=None, auth=SessionAuth(), parser=KeepableParser()
)
api.add_router("", office)
api.add_router("", protection)
api.add_router("", partnership)


def _said(request: HttpRequest, status: int, message: str, where: str = "", remedy: str = "") -> HttpResponse:
    return api.create_response(request, {"message": message, "where": where, "remedy": remedy}, status=status)


@api.exception_handler(Refusal)
def refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """The middleware undoes what was begun and logs the refusal by itself, as for a page."""
    request.refused = refusal  # type: ignore[attr-defined]
    status = 403 if isinstance(refusal, NotAllowed) else 422
    return _said(request, status, refusal.message, refusal.where, refusal.remedy)


@api.exception_handler(ValidationError)
def not_understood(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """Name the first field that is wrong; what was sent is not repeated."""
    first = error.errors[0]
    where = ".".join(str(part) for part in first["loc"][1:] if part != "said")
    return _said(request, 422, f"the request is not understood: {first['msg']}", where, "See /api/openapi.json.")


@api.exception_handler(Http404)
def not_found(request: HttpRequest, _error: Http404) -> HttpResponse:
    """What is out of reach is not there."""
    return _said(request, 404, "there is nothing here", remedy="It may not be open to your agency.")


@api.exception_handler(HttpError)
def other(request: HttpRequest, error: HttpError) -> HttpResponse:
    """Not signed in, a missing token, too many requests."""
    return _said(request, error.status_code, str(error))


def urls() -> tuple[list[URLPattern], str, str]:
    """Addresses for the site's table. Their own check of the session answers 401 where a page leads to the sign-in."""
    patterns, app_name, namespace = api.urls
    return list(_with_answers(patterns)), app_name, namespace


def _with_answers(patterns: list[Any]) -> Iterator[URLPattern]:
    for pattern in patterns:
        pattern.callback = never_cache(pattern.callback)
        if pattern.name not in {"openapi-json", "api-root"}:
            pattern.callback = login_not_required(pattern.callback)
        yield pattern
