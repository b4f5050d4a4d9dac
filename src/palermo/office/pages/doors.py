"""Who enters a page, by which method; how a form calls a verb and shows its refusal. For the pages of every room."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, TypeVar

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import capfirst
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from palermo.office.domain.acting import attempting
from palermo.office.domain.rights import NotAllowed, may
from palermo.vocabulary.errors import Refusal

View = Callable[..., HttpResponse]
Result = TypeVar("Result")


#: Methods of a page to read, of a page with a form, of an address that only does something.
READ, FORM, SEND = ["GET", "HEAD"], ["GET", "HEAD", "POST"], ["POST"]


def door(methods: list[str], enter: Callable[[Any], None]) -> Callable[[View], View]:
    """A page of these methods, for whomever `enter` lets in (it raises where it does not). Nothing of it is cached."""

    def wrap(view: View) -> View:
        @never_cache
        @require_http_methods(methods)
        @wraps(view)
        def entered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            enter(request.user)
            return view(request, *args, **kwargs)

        return entered

    return wrap


def _any_of(verbs: tuple[str, ...]) -> Callable[[Any], None]:
    def enter(member: Any) -> None:
        if not any(may(member, verb) for verb in verbs):
            raise NotAllowed(verbs[0], "this page is not for your role.", "Ask an administrator of your agency.")

    return enter


def reads(*verbs: str) -> Callable[[View], View]:
    """A page to read, for whoever may do one of the verbs."""
    return door(READ, _any_of(verbs))


def acts(*verbs: str) -> Callable[[View], View]:
    """A page with a form, for whoever may do one of the verbs."""
    return door(FORM, _any_of(verbs))


def posts(*verbs: str) -> Callable[[View], View]:
    """An address that only does something."""
    return door(SEND, _any_of(verbs))


def public(view: View) -> View:
    """A page for everybody. Whoever has not signed in reads through the login of the public; nobody is shown more."""

    @login_not_required
    @require_safe
    @wraps(view)
    def entered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return view(request, *args, **kwargs)

    return entered


def sees(*verbs: str) -> Callable[[HttpRequest], bool]:
    """Whether the member of a request may do one of the verbs (for navigation and buttons; verbs check it again)."""

    def shown(request: HttpRequest) -> bool:
        user = getattr(request, "user", None)
        return bool(user is not None and user.is_authenticated and any(may(user, verb) for verb in verbs))

    return shown


def words_of(refusal: Refusal) -> str:
    """A refusal as two sentences: what is wrong, and what to do about it."""
    message = capfirst(refusal.message.strip())
    if message and message[-1] not in ".!?":
        message += "."
    return f"{message} {refusal.remedy}".strip()


_PLACE = re.compile(r"[.,\d]")


def attempt(form: forms.Form, verb: Callable[[], Result], places: dict[str, str] | None = None) -> Result | None:
    """Call a verb for a form; a refusal becomes an error of the form and undoes what the verb did and logged.

    Args:
        form: validated; without errors afterwards if the verb was done.
        verb: takes nothing; whatever it raises besides a refusal goes on.
        places: names of fields by what refusals call them, where the two differ.
    """
    try:
        with attempting():
            return verb()
    except NotAllowed:
        raise
    except Refusal as refusal:
        where = (places or {}).get(refusal.where, refusal.where)
        field = where if where in form.fields else None
        # The name of an argument tells a person nothing; the place of a file ("list.csv, row 3") does.
        place = where if not field and _PLACE.search(where) else ""
        form.add_error(field, ": ".join(part for part in (place, words_of(refusal)) if part))
        return None


@dataclass(frozen=True)
class Sheet:
    """What stands around a form: its title, what to know before, where it leads."""

    title: Any
    submit: Any
    back: str
    lead: Any = ""
    crumbs: tuple[tuple[Any, str], ...] = ()
    #: Said in a notice above the form.
    notice: Any = ""
    tone: str = "info"
    #: Said on the next page when it is done.
    done: Any = ""
    danger: bool = False


def form_page(
    request: HttpRequest,
    sheet: Sheet,
    form: forms.Form,
    act: Callable[[dict[str, Any]], str | None],
    *,
    places: dict[str, str] | None = None,
    template: str = "office/form.html",
    **context: Any,
) -> HttpResponse:
    """Show a form, and do what it is for when it is sent; `act` returns where to go on, or None for `sheet.back`."""
    if request.method == "POST" and form.is_valid():
        onward = attempt(form, lambda: act(form.cleaned_data), places)
        if not form.errors:
            if sheet.done:
                messages.success(request, sheet.done)
            return redirect(onward or sheet.back)
    status = 422 if form.errors else 200
    return render(request, template, {"sheet": sheet, "form": form, **context}, status=status)


def sent(request: HttpRequest) -> Any:
    """What a form is bound to: the fields that were sent, or nothing yet."""
    return request.POST if request.method == "POST" else None
