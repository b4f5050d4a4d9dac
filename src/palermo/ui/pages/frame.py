"""Choosing the theme, and leaving at once."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from palermo.ui.context import THEME_COOKIE, THEMES

YEAR = 365 * 24 * 3600


@login_not_required
@require_POST
def choose_theme(request: HttpRequest) -> HttpResponse:
    """Keep light, dark or the device's choice in a cookie; a page without script works too."""
    wanted = request.POST.get("theme")
    back = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}, require_https=request.is_secure()):
        back = "/"
    response = redirect(back)
    if wanted in THEMES:
        response.set_cookie(THEME_COOKIE, wanted, max_age=YEAR, samesite="Lax", secure=request.is_secure())
    return response


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def leave(request: HttpRequest) -> HttpResponse:
    """End the session on this device and show something harmless.

    A POST ends the session and forgets what the browser kept; a GET only shows the harmless page, so that a
    link on another site cannot sign a person out.
    """
    if request.method == "GET":
        response = render(request, "ui/blank.html")
        # The browser asks for this page while its sign-out is under way. Were the cookie renewed here, and this the
        # later of the two answers, the person would be signed in again.
        if hasattr(request, "session"):
            del request.session
        return response
    if hasattr(request, "session"):
        request.session.flush()
    response = redirect(getattr(settings, "PALERMO_QUICK_EXIT_TO", "") or request.path)
    response["Clear-Site-Data"] = '"cache", "storage"'
    return response
