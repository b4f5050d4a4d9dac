"""Every request is one transaction of the member who sends it; whoever signs in has a second factor."""

from collections.abc import Callable

from allauth.mfa.utils import is_mfa_enabled
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from palermo.office.domain.acting import acting_as, log
from palermo.office.domain.rights import NotAllowed
from palermo.vocabulary.errors import Refusal

type_of_view = Callable[[HttpRequest], HttpResponse]


class SecondFactorMiddleware:
    """Send a member without a second factor to set one up; nothing else opens until then."""

    def __init__(self, get_response: type_of_view) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # Sign-in pages and what belongs to them live under /account/; they show no record of anybody else.
        if (
            request.user.is_authenticated
            and not request.path.startswith("/account/")
            and not is_mfa_enabled(request.user)
        ):
            return redirect(reverse("mfa_activate_totp"))
        return self.get_response(request)


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
