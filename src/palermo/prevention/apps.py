"""Prevention: how many there are, what may be published, what changes."""

from django.apps import AppConfig

#: Sealed columns of the room: table → columns.
SEALED = {"content": ("sealed",), "heldpart": ("sealed",), "releasereport": ("sealed_told",)}


class PreventionConfig(AppConfig):
    name = "palermo.prevention"
    label = "prevention"
    verbose_name = "Prevention"

    def ready(self) -> None:
        from palermo.office import sealing  # noqa: PLC0415 -- apps must be ready
        from palermo.prevention.figures import register_figures  # noqa: PLC0415 -- apps must be ready
        from palermo.prevention.pages.entries import enter  # noqa: PLC0415 -- apps must be ready

        for table, columns in SEALED.items():
            for column in columns:
                if (place := (f"prevention_{table}", "id", column)) not in sealing.SEALED:
                    sealing.SEALED.append(place)
        register_figures()
        enter()
