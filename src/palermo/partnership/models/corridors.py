"""Ways along which people are trafficked between States, each with its evidence and period."""

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from palermo.partnership.enums import Grade
from palermo.partnership.models.clearance import Cleared


@pghistory.track(append_only=True)
class Corridor(Cleared):
    """Countries of origin, transit and destination by ISO 3166-1 alpha-2 codes; a statement about ways, not people."""

    name = models.CharField(_("name"), max_length=160)
    origin = ArrayField(models.CharField(max_length=2), verbose_name=_("origin"))
    transit = ArrayField(models.CharField(max_length=2), verbose_name=_("transit"), default=list, blank=True)
    destination = ArrayField(models.CharField(max_length=2), verbose_name=_("destination"))
    evidence = models.TextField(_("evidence"))
    source = models.CharField(_("source"), max_length=300)
    grade = models.CharField(_("grade"), max_length=1, choices=Grade)
    since = models.DateField(_("seen from"))
    until = models.DateField(_("seen until"), null=True, blank=True)

    class Meta:
        ordering = ("name",)
        constraints = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="partnership_corridor_days"
            )
        ]

    def __str__(self) -> str:
        return self.name
