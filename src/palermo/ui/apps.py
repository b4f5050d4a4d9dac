"""The Django application of the look."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class UiConfig(AppConfig):
    name = "palermo.ui"
    label = "ui"
    verbose_name = _("Look")
