"""The public page of partnership; the operations stand in partnership/access/public.py."""

from django.db import migrations

from palermo.partnership.access import public


class Migration(migrations.Migration):
    dependencies = [("partnership", "0002_access"), ("office", "0004_door")]

    operations = [*public.OPERATIONS]
