"""The site put together."""

from django.urls import include, path

urlpatterns = [
    path("ui/", include("palermo.ui.urls")),
    path("office/", include("palermo.office.pages.urls")),
    path("account/", include("palermo.office.pages.account_urls")),
    path("", include("palermo.protection.pages.urls")),
]
