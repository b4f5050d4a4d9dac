"""What every record of the analyst's room has."""

import uuid

from django.db import models


class OfOffice(models.Model):
    """A record of one office; its policy is `own_agency(table, asks="prevention_desk")`."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    agency = models.ForeignKey("office.Agency", models.PROTECT, related_name="+")

    class Meta:
        abstract = True


class OfStudy(OfOffice):
    """A part of a study."""

    study = models.ForeignKey("prevention.Study", models.PROTECT, related_name="+")

    class Meta:
        abstract = True
