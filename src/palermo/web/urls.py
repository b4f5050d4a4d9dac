"""The site put together."""

from django.urls import include, path

from palermo.web import api

urlpatterns = [
    path("ui/", include("palermo.ui.urls")),
    path("office/", include("palermo.office.pages.urls")),
    path("api/", api.urls()),
    path("account/", include("palermo.office.pages.account_urls")),
    path("", include("palermo.protection.pages.urls")),
]
