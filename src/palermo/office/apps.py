"""The office: who we are to each other."""

from django.apps import AppConfig


class OfficeConfig(AppConfig):
    name = "palermo.office"
    label = "office"
    verbose_name = "Office"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from django.contrib.auth.models import update_last_login  # noqa: PLC0415 -- apps must be ready
        from django.contrib.auth.signals import user_logged_in  # noqa: PLC0415 -- apps must be ready
        from django.db.models.signals import post_migrate  # noqa: PLC0415 -- apps must be ready

        from palermo.office.grants import grant_library_tables  # noqa: PLC0415 -- apps must be ready
        from palermo.office.pages.middleware import note_time  # noqa: PLC0415 -- apps must be ready

        user_logged_in.connect(note_time, dispatch_uid="palermo.office.note_time")
        post_migrate.connect(grant_library_tables, dispatch_uid="palermo.office.grants")
        # The access log says who signed in when; at that moment the member has no pass with which to write the own row.
        user_logged_in.disconnect(update_last_login, dispatch_uid="update_last_login")
