"""Who enters a page of partnership, by which method; how a form calls a verb and shows its refusal."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import capfirst
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from palermo.office.domain.acting import attempting
from palermo.office.domain.rights import NotAllowed, may, require_any
from palermo.vocabulary.errors import Refusal

View = Callable[..., HttpResponse]


def _door(methods: list[str], verbs: tuple[str, ...]) -> Callable[[View], View]:
    def wrap(view: View) -> View:
        @never_cache
        @require_http_methods(methods)
        @wraps(view)
        def entered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            require_any(request.user, *verbs)
            return view(request, *args, **kwargs)

        return entered

    return wrap


def reads(*verbs: str) -> Callable[[View], View]:
    """A page to read, for whoever may do one of the verbs. Nothing of it stays in a cache."""
    return _door(["GET", "HEAD"], verbs)


def acts(*verbs: str) -> Callable[[View], View]:
    """A page with a form, for whoever may do one of the verbs."""
    return _door(["GET", "HEAD", "POST"], verbs)


def posts(*verbs: str) -> Callable[[View], View]:
    """An address that only does something."""
    return _door(["POST"], verbs)


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


def form_page(
    request: HttpRequest,
    sheet: Sheet,
    form: forms.Form,
    act: Callable[[dict[str, Any]], str | None],
    *,
    template: str = "partnership/form.html",
    **context: Any,
) -> HttpResponse:
    """Show a form, and do what it is for when it is sent; `act` returns where to go on, or None for `sheet.back`.

    A refusal becomes an error of the form at the field that it names, and undoes what the verb wrote and logged.
    """
    if request.method == "POST" and form.is_valid():
        try:
            with attempting():
                onward = act(form.cleaned_data)
        except NotAllowed:
            raise
        except Refusal as refusal:
            form.add_error(refusal.where if refusal.where in form.fields else None, words_of(refusal))
        else:
            if sheet.done:
                messages.success(request, sheet.done)
            return redirect(onward or sheet.back)
    status = 422 if form.errors else 200
    return render(request, template, {"sheet": sheet, "form": form, **context}, status=status)


def sent(request: HttpRequest) -> Any:
    """What a form is bound to: the fields that were sent, or nothing yet."""
    return request.POST if request.method == "POST" else None
