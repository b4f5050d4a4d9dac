"""Addresses of the look itself; include under any prefix with the namespace `ui`."""

from django.urls import path

from palermo.ui.pages import frame, gallery

app_name = "ui"
urlpatterns = [
    path("theme/", frame.choose_theme, name="theme"),
    path("leave/", frame.leave, name="leave"),
    path("gallery/", gallery.show, name="gallery"),
    path("gallery/<slug:sheet>/", gallery.show, name="gallery_sheet"),
]
