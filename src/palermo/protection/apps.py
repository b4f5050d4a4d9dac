"""Protection: screening, case, referral, service, remedy; children first."""

from django.apps import AppConfig


class ProtectionConfig(AppConfig):
    name = "palermo.protection"
    label = "protection"
    verbose_name = "Protection"

    def ready(self) -> None:
        from palermo.office import sealing  # noqa: PLC0415 -- apps must be ready
        from palermo.office.domain import reach  # noqa: PLC0415 -- apps must be ready

        sealing.SEALED += [
            column
            for column in (
                ("protection_package", "id", "sealed"),
                ("protection_answer", "id", "sealed_note"),
                ("protection_concern", "id", "sealed_words"),
            )
            if column not in sealing.SEALED
        ]

        from palermo.protection.pages.entries import enter  # noqa: PLC0415 -- apps must be ready

        enter()
        from palermo.office.pages import links  # noqa: PLC0415 -- apps must be ready
        from palermo.protection.pages.files import above_file  # noqa: PLC0415 -- apps must be ready

        if above_file not in links.ABOVE:
            links.ABOVE.append(above_file)
        reach.OWNED["guardian"] = ("protection_guardianrequest", "id", "asked_by_id")
        reach.SHARED["guardian"] = "SELECT g.id, g.disclosure_id FROM protection_guardianrequest g"
        reach.OWNED["referral"] = ("protection_referral", "id", "sender_id")
        packages = (
            "SELECT p.id, r.sender_id FROM protection_package p JOIN protection_referral r ON r.id = p.referral_id"
        )
        reach.OWNED["package"] = (f"({packages})", "id", "sender_id")
        reach.SHARED["referral"] = "SELECT f.id, f.disclosure_id FROM protection_referral f"
        reach.SHARED["package"] = (
            "SELECT p.id, f.disclosure_id FROM protection_package p"
            " JOIN protection_referral f ON f.id = p.referral_id AND f.package_id = p.id"
        )
