"""At the public door: to leave a concern (never to read one), to ask after it, to open a sealed link."""

from django.db import migrations

from palermo.office.rls import at_the_door


class Migration(migrations.Migration):
    dependencies = [("protection", "0002_access"), ("office", "0004_door")]

    operations = [
        at_the_door(
            {"protection_concern": "INSERT"},
            functions=(
                "protection_open_link(bytea, bytea)",
                "protection_announce_concern(uuid)",
                "protection_concern_status(bytea)",
            ),
            policies=(("protection_concern_door", "protection_concern"),),
        )
    ]
