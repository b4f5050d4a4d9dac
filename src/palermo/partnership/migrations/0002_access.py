"""Row-level security of partnership's records; the operations stand in partnership/access, one file a subject."""

from django.db import migrations

from palermo.partnership.access import clearance, commitments, declared, directory, findings, reports


class Migration(migrations.Migration):
    dependencies = [("partnership", "0001_initial"), ("office", "0002_access")]

    operations = [
        *clearance.OPERATIONS,
        *directory.OPERATIONS,
        *commitments.OPERATIONS,
        *declared.OPERATIONS,
        *findings.OPERATIONS,
        *reports.OPERATIONS,
    ]
