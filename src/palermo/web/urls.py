"""The site put together."""

from django.urls import include, path

urlpatterns = [
    path("account/", include("palermo.office.pages.account_urls")),
]
