"""Prosecution: the elements of the crime, and the money that it made."""

from django.apps import AppConfig


class ProsecutionConfig(AppConfig):
    name = "palermo.prosecution"
    label = "prosecution"
    verbose_name = "Prosecution"

    def ready(self) -> None:
        from palermo.prosecution.pages.entries import enter  # noqa: PLC0415 -- apps must be ready

        enter()
