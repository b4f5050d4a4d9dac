"""Every request is one transaction of the member who sends it; whoever signs in has a second factor."""

import time
from collections.abc import Callable
from typing import Any

from allauth.mfa.utils import is_mfa_enabled
from django.contrib.auth import logout
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from palermo.office.domain.acting import acting_as, log
from palermo.office.domain.rights import NotAllowed
from palermo.vocabulary.errors import Refusal

#: Where the session keeps the second of signing in.
SINCE = "since"
type_of_view = Callable[[HttpRequest], HttpResponse]


#: Seconds after which a member signs in again however busy (the session's cookie itself ends after 15 idle minutes).
LONGEST_SESSION = 12 * 3600


class SecondFactorMiddleware:
    """Let nobody on whose session is too old, whose password others know, or who has no second factor."""

    def __init__(self, get_response: type_of_view) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated and (elsewhere := self.first(request)):
            return redirect(elsewhere)
        return self.get_response(request)

    def first(self, request: HttpRequest) -> str | None:
        """The name of the page that comes first, if one does."""
        if time.time() - request.session.get(SINCE, 0) > LONGEST_SESSION:
            logout(request)
            return "account_login"
        # Sign-in pages and what belongs to them show no record of anybody else; leaving is always free.
        if request.path.startswith("/account/") or request.path == reverse("ui:leave"):
            return None
        if request.user.must_change_password:
            return "account_change_password"
        return None if is_mfa_enabled(request.user) else "mfa_activate_totp"


class DeskMiddleware:
    """Wrap view and rendering in `acting_as`; a refusal rolls back, is logged by itself and shown in words."""

    def __init__(self, get_response: type_of_view) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        member = request.user if request.user.is_authenticated else None
        with acting_as(member):
            response = self.get_response(request)
            refused: Refusal | None = getattr(request, "refused", None)
            if refused or response.status_code >= 500:
                transaction.set_rollback(True)
        if response.streaming:
            raise RuntimeError("a streaming response would be read after the pass is gone")
        if refused and member:
            with acting_as(member):
                verb = refused.verb if isinstance(refused, NotAllowed) else "office.refused"
                log(
                    "office.refused",
                    refused=verb,
                    path=request.resolver_match.view_name if request.resolver_match else "",
                )
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, Refusal):
            return None
        request.refused = exception  # type: ignore[attr-defined]
        status = 403 if isinstance(exception, NotAllowed) else 422
        return render(request, "office/refused.html", {"refusal": exception}, status=status)


def note_sign_in(*, request: HttpRequest, user: Any, **_: object) -> None:
    """Receiver of `user_logged_in`: the session remembers when it began, and the access log says so."""
    request.session[SINCE] = int(time.time())
    with acting_as(user):
        log("office.sign_in", object_id=user.pk)
