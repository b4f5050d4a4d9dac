"""What every record of partnership has: an office that keeps it, and a clearance."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from palermo.partnership.enums import Clearance


class Cleared(models.Model):
    """A record with a clearance; every concrete table gets `access.clearance.cleared(table)` in the migration."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    #: The office that keeps the record; only its co-ordinators and protocol officers change it.
    office = models.ForeignKey("office.Agency", models.PROTECT, related_name="+", verbose_name=_("office"))
    clearance = models.CharField(_("clearance"), max_length=12, choices=Clearance, default=Clearance.OFFICE)
    #: Members who may read it where the clearance is "named persons". A column and not a table: a table of its own
    #: would tell who is named somewhere, and so the record's row decides by itself.
    readers = ArrayField(models.UUIDField(), verbose_name=_("named readers"), default=list, blank=True)
    created_at = models.DateTimeField(_("entered"), auto_now_add=True)

    class Meta:
        abstract = True
