"""A figure that somebody gave, and that nobody can recount."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from palermo.office.figures import Bound
from palermo.partnership.models.clearance import Cleared

BOUNDS = [
    (Bound.EXACT.value, _("exactly")),
    (Bound.AT_LEAST.value, _("at least")),
    (Bound.OVER.value, _("over")),
    (Bound.ABOUT.value, _("about")),
    (Bound.UP_TO.value, _("up to")),
]


class DeclaredFigure(Cleared):
    """A figure that somebody gave and that cannot be recounted: quoted with its bound and the word "declared"."""

    year = models.PositiveSmallIntegerField(_("year"))
    #: What it is called in a report, e.g. "event.alliance-17.participants".
    name = models.CharField(_("name"), max_length=160)
    value = models.DecimalField(_("value"), max_digits=18, decimal_places=2)
    bound = models.CharField(_("bound"), max_length=10, choices=BOUNDS, default=Bound.EXACT.value)
    unit = models.CharField(_("unit"), max_length=60, blank=True)
    definition = models.TextField(_("definition"), blank=True)
    source = models.CharField(_("source"), max_length=300, blank=True)
    period = models.CharField(_("period"), max_length=120, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=("office", "year", "name"), name="partnership_declared_once")]
