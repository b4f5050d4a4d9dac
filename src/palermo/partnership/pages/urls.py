"""Addresses of partnership."""

from django.urls import include, path

from palermo.partnership.pages import event_urls

app_name = "partnership"
urlpatterns = [
    path("", include(event_urls.urlpatterns)),
]
