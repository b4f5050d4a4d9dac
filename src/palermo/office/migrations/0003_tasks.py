"""The queue's one door for the application, and a notice before a consent ends."""

from django.db import migrations, models

from palermo.office import enums
from palermo.office.rls import sql_file


class Migration(migrations.Migration):
    dependencies = [("office", "0002_access"), ("procrastinate", "0041_post_retry_failed_job")]

    operations = [
        sql_file(__file__, "tasks.sql", "office_defer(text, jsonb)"),
        migrations.AlterField("notice", "kind", models.CharField(choices=enums.NoticeKind.choices, max_length=30)),
    ]
