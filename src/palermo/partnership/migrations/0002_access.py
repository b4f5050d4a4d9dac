"""Row-level security of partnership's records; the operations stand in partnership/access, one file a subject."""

from django.db import migrations

from palermo.partnership.access import (
    clearance,
    commitments,
    declared,
    directory,
    events,
    findings,
    questionnaires,
    reports,
    visits,
)


class Migration(migrations.Migration):
    dependencies = [("partnership", "0001_initial"), ("office", "0002_access")]

    operations = [
        *clearance.OPERATIONS,
        *declared.OPERATIONS,
        *directory.OPERATIONS,
        *commitments.OPERATIONS,
        *visits.OPERATIONS,
        *events.OPERATIONS,
        *questionnaires.OPERATIONS,
        *findings.OPERATIONS,
        *reports.OPERATIONS,
    ]
