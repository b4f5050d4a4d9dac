"""Prosecution: the elements of the crime, and the money that it made."""

from django.apps import AppConfig

#: Sealed columns of the room: table → columns.
SEALED = {
    "party": ("sealed",),
    "holding": ("sealed_account",),
    "lawfulauthority": ("sealed_covers",),
    "evidenceitem": ("sealed_description",),
    "statementfile": ("sealed_name", "sealed_reading", "sealed_report"),
    "book": ("sealed_report",),
    "analysis": ("sealed_question", "sealed_problem"),
    "bankrequest": ("sealed_asked", "sealed_reply"),
    "export": ("sealed_asked", "sealed_problem"),
    "content": ("sealed",),
    "asset": ("sealed_description",),
    "sharing": ("sealed_told",),
}


class ProsecutionConfig(AppConfig):
    name = "palermo.prosecution"
    label = "prosecution"
    verbose_name = "Prosecution"

    def ready(self) -> None:
        from palermo.office import sealing  # noqa: PLC0415 -- apps must be ready
        from palermo.prosecution.figures import register_figures  # noqa: PLC0415 -- apps must be ready
        from palermo.prosecution.pages.entries import enter  # noqa: PLC0415 -- apps must be ready

        for table, columns in SEALED.items():
            for column in columns:
                if (place := (f"prosecution_{table}", "id", column)) not in sealing.SEALED:
                    sealing.SEALED.append(place)
        register_figures()
        enter()
