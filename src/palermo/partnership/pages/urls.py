"""Addresses of partnership, one file a subject."""

from django.urls import include, path

from palermo.partnership.pages import commitments_urls, directory_urls, event_urls, findings_urls, visits_urls

app_name = "partnership"
urlpatterns = [
    path("", include(directory_urls.urlpatterns)),
    path("", include(commitments_urls.urlpatterns)),
    path("", include(visits_urls.urlpatterns)),
    path("", include(event_urls.urlpatterns)),
    path("", include(findings_urls.urlpatterns)),
]
