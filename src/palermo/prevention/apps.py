"""Prevention: how many there are, what may be published, what changes."""

from django.apps import AppConfig


class PreventionConfig(AppConfig):
    name = "palermo.prevention"
    label = "prevention"
    verbose_name = "Prevention"

    def ready(self) -> None:
        from palermo.prevention.figures import register_figures  # noqa: PLC0415 -- apps must be ready
        from palermo.prevention.pages.entries import enter  # noqa: PLC0415 -- apps must be ready

        register_figures()
        enter()
