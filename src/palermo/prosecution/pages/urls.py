"""Addresses of prosecution."""

from django.urls import URLPattern

app_name = "prosecution"
urlpatterns: list[URLPattern] = []
