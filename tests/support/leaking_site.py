"""The site with pages that leak, one fault each: tests/test_routes.py must find them all."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse, HttpResponseForbidden
from django.urls import path

from palermo.office.domain.acting import acting_as
from palermo.office.domain.persons import read_identity
from palermo.office.models import Member, Person
from palermo.web.urls import urlpatterns as site


def name_without_a_click(request, pk):
    """Who may read the name by a click is shown it at once."""
    return HttpResponse(read_identity(member=request.user, person=Person.objects.get(pk=pk)).full_name)


def _borrowed(pk):
    """The code, read under somebody else's pass."""
    with acting_as(Member.objects.get(username="reception_manager")):
        return Person.objects.get(pk=pk).code


@login_not_required
def other(request, pk):
    return HttpResponse(_borrowed(pk))


def header(request, pk):
    return HttpResponse("", headers={"X-File": _borrowed(pk)})


def write(request, pk):
    Person.objects.filter(pk=pk).update(alone=False)
    return HttpResponse("")


def fall(request, pk):
    raise RuntimeError("a page that falls")


def silent(request, pk):
    return HttpResponseForbidden()


urlpatterns = [
    *site,
    path("leak/name/<uuid:pk>/", name_without_a_click, name="leak_name"),
    path("leak/other/<uuid:pk>/", other, name="leak_other"),
    path("leak/header/<uuid:pk>/", header, name="leak_header"),
    path("leak/write/<uuid:pk>/", write, name="leak_write"),
    path("leak/fall/<uuid:pk>/", fall, name="leak_fall"),
    path("leak/silent/<uuid:pk>/", silent, name="leak_silent"),
]
