"""What every record of an investigation has."""

import uuid

from django.db import models


class OfAgency(models.Model):
    """A record of one agency; its policy is `own_agency(table, asks="prosecution_desk")`."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    agency = models.ForeignKey("office.Agency", models.PROTECT, related_name="+")

    class Meta:
        abstract = True


class OfInvestigation(OfAgency):
    """A part of an investigation."""

    investigation = models.ForeignKey("prosecution.Investigation", models.PROTECT, related_name="+")

    class Meta:
        abstract = True
