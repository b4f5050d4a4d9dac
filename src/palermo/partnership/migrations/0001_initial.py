"""Nothing yet."""

from django.db import migrations


class Migration(migrations.Migration):
    initial = True
    dependencies = [("office", "0001_initial")]
    operations = []
