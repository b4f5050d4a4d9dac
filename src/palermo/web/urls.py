"""The site put together."""

from django.urls import include, path

from palermo.web import api

handler500 = "palermo.web.faults.broken"
urlpatterns = [
    path("ui/", include("palermo.ui.urls")),
    path("office/", include("palermo.office.pages.urls")),
    path("api/", api.urls()),
    path("account/", include("palermo.office.pages.account_urls")),
    path("investigations/", include("palermo.prosecution.pages.urls")),
    path("counting/", include("palermo.prevention.pages.urls")),
    path("partnership/", include("palermo.partnership.pages.urls")),
    path("", include("palermo.protection.pages.urls")),
]
