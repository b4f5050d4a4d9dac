"""Which file is which simulated person is seen by whoever reaches the file."""

from django.db import migrations

from palermo.office.rls import need_to_know, open_table


class Migration(migrations.Migration):
    dependencies = [("training", "0001_initial"), ("office", "0002_access")]

    operations = [
        open_table("training_demonstration"),
        need_to_know("training_simulatedperson", "person_id", may="SELECT, INSERT"),
    ]
