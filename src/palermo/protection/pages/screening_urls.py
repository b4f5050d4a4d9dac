"""Addresses of the first responder's pages; pages/urls.py takes them in."""

from django.urls import path

from palermo.protection.pages.arrival_new import arrival_new
from palermo.protection.pages.arrivals import arrival_list, person
from palermo.protection.pages.corrections import person_correct
from palermo.protection.pages.screening import (
    screening,
    screening_end,
    screening_pause,
    screening_start,
    screening_stop,
)
from palermo.protection.pages.screening_result import screening_result
from palermo.protection.pages.screening_words import screening_words
from palermo.protection.pages.worry import worry

urlpatterns = [
    path("arrivals/", arrival_list, name="arrivals"),
    path("arrivals/new/", arrival_new, name="arrival_new"),
    path("arrivals/<uuid:pk>/", person, name="person"),
    path("arrivals/<uuid:pk>/screen/<slug:form>/", screening_start, name="screening_start"),
    path("arrivals/<uuid:pk>/correct/", person_correct, name="person_correct"),
    path("arrivals/<uuid:pk>/worry/", worry, name="worry"),
    path("screening/<uuid:pk>/", screening, name="screening"),
    path("screening/<uuid:pk>/end/", screening_end, name="screening_end"),
    path("screening/<uuid:pk>/pause/", screening_pause, name="screening_pause"),
    path("screening/<uuid:pk>/stop/", screening_stop, name="screening_stop"),
    path("screening/<uuid:pk>/result/", screening_result, name="screening_result"),
    path("screening/<uuid:pk>/words/", screening_words, name="screening_words"),
]
