"""Guidance step by step, in six languages, one page each."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from palermo.prosecution.domain.investigations import READ
from palermo.prosecution.formats.guidance import LANGUAGES, load_guidance
from palermo.prosecution.pages.doors import address, reads


@reads(READ)
def guidance(request: HttpRequest, language: str = "en") -> HttpResponse:
    if language not in LANGUAGES:
        raise Http404
    known = [load_guidance(code) for code in LANGUAGES]
    context = {
        "guidance": load_guidance(language),
        "crumbs": ((_("Investigations"), address("investigations")),),
        "others": [(one.code, one.language, address("guidance", one.code)) for one in known if one.code != language],
    }
    return render(request, "prosecution/guidance.html", context)
