"""The site put together."""

from django.urls import include, path

urlpatterns = [
    path("account/", include("palermo.office.pages.account_urls")),
    path("look/", include("palermo.ui.urls")),
    path("", include("palermo.protection.pages.urls")),
]
