"""Who enters a page of prosecution, how a form calls a verb, and how a refusal comes back to its field."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, TypeVar
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from palermo.office.domain.acting import attempting
from palermo.office.domain.rights import NotAllowed
from palermo.prosecution.domain.investigations import read_investigation, require_desk
from palermo.prosecution.models import Investigation
from palermo.vocabulary.errors import Refusal

View = Callable[..., HttpResponse]
Result = TypeVar("Result")


def _door(methods: list[str], verb: str) -> Callable[[View], View]:
    def wrap(view: View) -> View:
        @never_cache
        @require_http_methods(methods)
        @wraps(view)
        def entered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            require_desk(member=request.user, verb=verb)
            return view(request, *args, **kwargs)

        return entered

    return wrap


def reads(verb: str) -> Callable[[View], View]:
    """A page to read, for whoever may do the verb. Nothing of it stays in a cache."""
    return _door(["GET", "HEAD"], verb)


def acts(verb: str) -> Callable[[View], View]:
    """A page with a form."""
    return _door(["GET", "HEAD", "POST"], verb)


def posts(verb: str) -> Callable[[View], View]:
    """An address that only does something."""
    return _door(["POST"], verb)


def investigation_of(request: HttpRequest, pk: UUID, part: str = "") -> Investigation:
    """The investigation, 404 where the database shows none; `part` logs that it was read."""
    found = get_object_or_404(Investigation.objects.select_related("agency"), pk=pk)
    if part and not getattr(request, "htmx", False):
        read_investigation(member=request.user, investigation=found, part=part)
    return found


def address(name: str, *args: Any) -> str:
    """The address of a page of this room."""
    return reverse(f"prosecution:{name}", args=args)


def tabs(investigation: Investigation, current: str) -> list[dict[str, Any]]:
    """The parts of an investigation, as tabs."""
    parts = {
        "board": _("Board"),
        "elements": _("Elements"),
        "evidence": _("Evidence"),
        "proceedings": _("Proceedings"),
        "money": _("Money"),
        "letters": _("Letters"),
        "leaving": _("What leaves"),
    }
    return [
        {"label": label, "url": address(name, investigation.pk), "current": name == current, "count": None}
        for name, label in parts.items()
    ]


def crumbs(investigation: Investigation, *more: tuple[Any, str]) -> tuple[tuple[Any, str], ...]:
    """The way back from a page of an investigation."""
    above = (_("Investigations"), address("investigations"))
    return (above, (investigation.code, address("board", investigation.pk)), *more)


def words_of(refusal: Refusal) -> str:
    """A refusal in sentences: what is wrong, where, and what to do about it."""
    message = capfirst(refusal.message.strip())
    return f"{message if message[-1:] in '.!?' else message + '.'} {refusal.remedy}".strip()


def attempt(form: forms.Form, verb: Callable[[], Result]) -> Result | None:
    """Call a verb for a form; a refusal becomes an error of the form and leaves nothing behind."""
    try:
        with attempting():
            return verb()
    except NotAllowed:
        raise
    except Refusal as refusal:
        form.add_error(refusal.where if refusal.where in form.fields else None, words_of(refusal))
        return None


@dataclass(frozen=True)
class Sheet:
    """What stands around a form: its title, what to know before, where it leads."""

    title: Any
    submit: Any
    back: str
    lead: Any = ""
    crumbs: tuple[tuple[Any, str], ...] = ()
    notice: Any = ""
    tone: str = "info"
    done: Any = ""
    danger: bool = False


def form_page(
    request: HttpRequest,
    sheet: Sheet,
    form: forms.Form,
    act: Callable[[dict[str, Any]], str | None],
    *,
    template: str = "prosecution/form.html",
    **context: Any,
) -> HttpResponse:
    """Show a form, and do what it is for when it is sent; `act` returns where to go on, or None for `sheet.back`."""
    if request.method == "POST" and form.is_valid():
        onward = attempt(form, lambda: act(form.cleaned_data))
        if not form.errors:
            if sheet.done:
                messages.success(request, sheet.done)
            return redirect(onward or sheet.back)
    return render(request, template, {"sheet": sheet, "form": form, **context}, status=422 if form.errors else 200)


def sent(request: HttpRequest) -> Any:
    """What a form is bound to: the fields that were sent, or nothing yet."""
    return request.POST if request.method == "POST" else None
