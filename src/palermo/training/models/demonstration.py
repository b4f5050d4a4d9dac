"""A demonstration: which world it poured, and which file is which simulated person."""

import uuid

from django.db import models


class Demonstration(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    people = models.PositiveIntegerField()
    seed = models.PositiveBigIntegerField()
    #: The exercise's first moment; its clock runs from here.
    started_at = models.DateTimeField()
    #: The figures as they were recounted from the records when it ended; null while it runs.
    figures = models.JSONField(null=True)

    class Meta:
        ordering = ("-started_at",)


class SimulatedPerson(models.Model):
    """Who of the world a file is about. The truth itself stays outside the database."""

    person = models.OneToOneField("office.Person", models.PROTECT, primary_key=True, related_name="+")
    world_id = models.CharField(max_length=12)
