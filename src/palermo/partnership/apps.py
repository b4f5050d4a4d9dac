"""Partnership: the co-ordinator's desk: directory, commitments, visits, findings, calendar, events, annual report."""

from django.apps import AppConfig


class PartnershipConfig(AppConfig):
    name = "palermo.partnership"
    label = "partnership"
    verbose_name = "Partnership"

    def ready(self) -> None:
        from palermo.partnership.figures import register_all  # noqa: PLC0415 -- apps must be ready
        from palermo.partnership.pages.entries import enter  # noqa: PLC0415 -- apps must be ready

        enter()
        register_all()
