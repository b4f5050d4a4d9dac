"""The office: who we are to each other."""

from django.apps import AppConfig


class OfficeConfig(AppConfig):
    name = "palermo.office"
    label = "office"
    verbose_name = "Office"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from django.contrib.auth.signals import user_logged_in  # noqa: PLC0415 -- apps must be ready
        from django.db.models.signals import post_migrate  # noqa: PLC0415 -- apps must be ready

        from palermo.office.grants import grant_library_tables  # noqa: PLC0415 -- apps must be ready
        from palermo.office.pages.middleware import note_sign_in  # noqa: PLC0415 -- apps must be ready
        from palermo.office.pages.rail import add_entries  # noqa: PLC0415 -- apps must be ready

        add_entries()
        user_logged_in.connect(note_sign_in, dispatch_uid="palermo.office.note_sign_in")
        post_migrate.connect(grant_library_tables, dispatch_uid="palermo.office.grants")
