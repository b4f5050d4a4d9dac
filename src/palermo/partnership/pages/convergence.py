"""What different bodies told one State on one theme, side by side; and practices to offer it."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from palermo.office.pages.doors import reads
from palermo.partnership.domain.findings import READ
from palermo.partnership.pages.findings import state_choices, state_name, status_badge, theme_choices
from palermo.partnership.queries.findings import converging, offers_to, said_to
from palermo.vocabulary.themes import load_themes

CHOOSE = _("choose")


class Asked(forms.Form):
    """A State, and a theme or all."""

    state = forms.ChoiceField(label=_("State"), choices=lambda: state_choices(CHOOSE))
    theme = forms.ChoiceField(label=_("Theme"), required=False, choices=theme_choices)


class AskedState(forms.Form):
    """A State."""

    state = forms.ChoiceField(label=_("State"), choices=lambda: state_choices(CHOOSE))


def _row(finding: Any) -> dict[str, Any]:
    return {"finding": finding, "status": status_badge(finding)}


@reads(READ)
def convergence(request: HttpRequest) -> HttpResponse:
    form = Asked(request.GET or None)
    asked = form.cleaned_data if form.is_valid() else {"state": "", "theme": ""}
    state, theme = asked["state"], asked["theme"]
    by_theme = said_to(state, theme) if state else {}
    together = converging(by_theme)
    themes = load_themes()
    ordered = [*together, *sorted(code for code in by_theme if code not in together)]
    sections = [
        {
            "code": code,
            "label": themes[code].label if code in themes else code,
            "converges": code in together,
            "bodies": [
                {"name": body, "rows": [_row(one) for one in found]} for body, found in sorted(by_theme[code].items())
            ],
        }
        for code in ordered
    ]
    context = {
        "form": form,
        "state": state,
        "name": state_name(state) if state else "",
        "sections": sections,
        "together": len(together),
        "crumbs": ((_("Findings"), reverse("partnership:findings")),),
    }
    return render(request, "partnership/convergence.html", context)


@reads(READ)
def offers(request: HttpRequest) -> HttpResponse:
    """Open recommendations to a State, each with promising practices of others on its themes."""
    form = AskedState(request.GET or None)
    state = form.cleaned_data["state"] if form.is_valid() else ""
    found = [
        {"finding": one, "status": status_badge(one), "practices": [(p, state_name(p.state)) for p in practices]}
        for one, practices in (offers_to(state) if state else [])
    ]
    context = {
        "form": form,
        "state": state,
        "name": state_name(state) if state else "",
        "found": found,
        "crumbs": ((_("Findings"), reverse("partnership:findings")),),
    }
    return render(request, "partnership/offers.html", context)
