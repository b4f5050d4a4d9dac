"""Counts over time, and what was found in them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from palermo.prevention.enums import SeriesKind
from palermo.prevention.models.common import OfStudy


class Series(OfStudy):
    """A series as it was delivered, reduced to counts by week, with what was found in it. Never changed."""

    name = models.CharField(_("name"), max_length=120)
    kind = models.CharField(_("kind"), max_length=6, choices=SeriesKind)
    source = models.CharField(_("source"), max_length=160)
    sha256 = models.CharField("SHA-256", max_length=64)
    #: Weeks, counts, effort and known changes of each stratum; of cases: [week, delay, cases].
    weeks = models.JSONField()
    #: Baselines, alarms with reasons, stretches of one rate; of cases: what is still to come.
    found = models.JSONField()
    kept_at = models.DateTimeField()
    kept_by = models.UUIDField()

    class Meta:
        ordering = ("-kept_at",)
        constraints = [models.UniqueConstraint(fields=("study", "sha256"), name="prevention_series_once")]

    def __str__(self) -> str:
        return self.name
