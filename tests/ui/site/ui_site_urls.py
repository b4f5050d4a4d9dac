from django.http import HttpResponse
from django.urls import include, path
from django.utils.translation import gettext_lazy as _

from palermo.ui.navigation import Entry

ENTRIES = (
    Entry(_("Gallery"), "ui:gallery", "board", section=_("Work"), order=1),
    Entry(_("Inbox"), "inbox", "inbox", section=_("Work"), order=2, count=lambda _request: 12),
    Entry(_("Cases"), "cases", "case", section=_("Work"), order=3),
    Entry(_("Hidden"), "hidden", "lock", order=4, shown=lambda _request: False),
    Entry(_("Board"), "board", "map", section=_("Co-ordination"), order=5),
)


def nothing(_request):
    return HttpResponse("")


urlpatterns = [
    path("ui/", include("palermo.ui.urls")),
    path("language/", include("django.conf.urls.i18n")),
    path("inbox/", nothing, name="inbox"),
    path("cases/", nothing, name="cases"),
    path("hidden/", nothing, name="hidden"),
    path("board/", nothing, name="board"),
]
