"""One clear error as a page, for views that catch a refusal outside of a form."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from palermo.vocabulary.errors import Refusal

CONFLICT = 409


def refused(request: HttpRequest, refusal: Refusal, *, back: str = "/", status: int = CONFLICT) -> HttpResponse:
    """Show what is wrong, where, and the remedy; `back` is where the person goes on."""
    shown = {"message": refusal.message, "where": refusal.where, "remedy": refusal.remedy, "back": back}
    return render(request, "ui/refusal.html", {"refusal": shown}, status=status)
