"""For a respondent without an account: a link, a code, then the questions; saved as often as needed, handed in once.

What the page needs again are the hashes that the database compares. They are kept in the respondent's own session, and
signed in the form itself: whoever thinks about a question for longer than a session lasts loses nothing.
"""

from time import time
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from palermo.office.pages.doors import sent, words_of
from palermo.partnership.domain.answers_at_the_door import give_answers, key_of, open_answers
from palermo.partnership.pages.answer_form import answer_form, answers_of
from palermo.vocabulary.errors import Refusal

OPEN_SECONDS = 24 * 3600
KEY = "partnership_answers"
Key = tuple[bytes, bytes]


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("Code"),
        max_length=40,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code", "class": "code-entry"}),
        help_text=_("Eight digits, as they were told to you."),
    )

    def clean_code(self):
        return "".join(self.cleaned_data["code"].split())


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def answer_door(request: HttpRequest, token: str) -> HttpResponse:
    """Ask for the code. The page is the same for a link that never was."""
    form = CodeForm(sent(request))
    if request.method == "POST" and form.is_valid():
        key = key_of(token=token, code=form.cleaned_data["code"])
        if open_answers(key=key) is not None:
            _enter(request, key)
            return redirect("partnership:answer")
        form.add_error(
            "code", _("This does not open it. Ask whoever sent it to you; after five wrong codes it closes.")
        )
    return render(request, "partnership/answer_door.html", {"form": form})


def _enter(request: HttpRequest, key: Key) -> None:
    request.session[KEY] = {"key": [part.hex() for part in key], "until": time() + OPEN_SECONDS}


def _key(request: HttpRequest) -> Key | None:
    entry = request.session.get(KEY)
    held = entry["key"] if entry and entry["until"] > time() else _signed(request.POST.get("held", ""))
    if held is None:
        return None
    first, second = (bytes.fromhex(part) for part in held)
    return first, second


def _signed(text: str) -> list[str] | None:
    try:
        found: list[str] = signing.loads(text, salt=KEY, max_age=OPEN_SECONDS)
    except signing.BadSignature:
        return None
    return found


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest) -> HttpResponse:
    """The questions; saved, or handed in."""
    key = _key(request)
    asked = open_answers(key=key) if key else None
    if key is None or asked is None:
        request.session.pop(KEY, None)
        return render(request, "partnership/answer_over.html", {"thanks": False}, status=410)
    form = answer_form(asked["questions"], sent(request))
    if request.method == "POST" and form.is_valid():
        submit = "hand_in" in request.POST
        saved = _give(key, asked, form, submit)
        if saved and submit:
            request.session.pop(KEY, None)
            return render(request, "partnership/answer_over.html", {"thanks": True, "asked": asked})
        if saved:
            _enter(request, key)
            return redirect("partnership:answer")
    held = signing.dumps([part.hex() for part in key], salt=KEY)
    context = {
        "form": form,
        "asked": asked,
        "held": held,
        "answered": sum(bool(one["value"]) for one in asked["questions"]),
    }
    return render(request, "partnership/answer.html", context, status=422 if form.errors else 200)


def _give(key: Key, asked: dict[str, Any], form: forms.Form, submit: bool) -> bool:
    try:
        give_answers(key=key, asked=asked, answers=answers_of(form), submit=submit)
    except Refusal as refusal:
        form.add_error(refusal.where if refusal.where in form.fields else None, words_of(refusal))
        return False
    return True
