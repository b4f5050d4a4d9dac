"""The figures of a demonstration are open to everybody."""

from django.db import migrations

from palermo.office.rls import at_the_door


class Migration(migrations.Migration):
    dependencies = [("training", "0002_access"), ("office", "0004_door")]

    operations = [at_the_door({"training_demonstration": "SELECT"})]
