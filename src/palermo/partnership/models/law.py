"""What a State's law says on a point and from when to when, how far it is from a provision, and bills under way.

Nothing here is overwritten: what changes is a new row with its date.
"""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from palermo.partnership.enums import Cover, Gap, Grade, LawPoint, Stage
from palermo.partnership.models.clearance import Cleared


class LawRecord(Cleared):
    """One article of a State's law on one point. Only its last day is set later."""

    state = models.CharField(_("State"), max_length=2)
    point = models.CharField(_("point"), max_length=20, choices=LawPoint)
    covers = models.CharField(_("covers it"), max_length=10, choices=Cover)
    act = models.CharField(_("law and article"), max_length=200)
    says = models.TextField(_("what it says, in short"))
    #: The first day in force; the last one is included too.
    since = models.DateField(_("in force from"))
    until = models.DateField(_("in force until (the last day)"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=300)
    grade = models.CharField(_("grade"), max_length=1, choices=Grade)
    entered_by = models.UUIDField()

    class Meta:
        ordering = ("state", "point", "since")
        indexes = [models.Index(fields=("state", "point", "since"), name="partnership_law_of_state")]
        constraints = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="partnership_law_days"
            )
        ]


class GapAssessment(Cleared):
    """How a State stands to a provision on a day, with the reason; the newest is the current one."""

    state = models.CharField(_("State"), max_length=2)
    provision = models.ForeignKey("partnership.Provision", models.PROTECT, related_name="gaps")
    gap = models.CharField(_("how it stands"), max_length=10, choices=Gap)
    reason = models.TextField(_("reason"))
    #: The law that was looked at, if one was.
    law = models.ForeignKey(LawRecord, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("law"))
    assessed_on = models.DateField(_("assessed on"))
    assessed_by = models.UUIDField()

    class Meta:
        ordering = ("-assessed_on", "-created_at")
        indexes = [models.Index(fields=("state", "provision", "-assessed_on"), name="partnership_gap_of_state")]


class Bill(Cleared):
    """A bill that would change a State's law on some points; its stages stand beside it."""

    state = models.CharField(_("State"), max_length=2, db_index=True)
    title = models.CharField(_("title"), max_length=300)
    points = ArrayField(models.CharField(max_length=20, choices=LawPoint), verbose_name=_("points"))

    class Meta:
        ordering = ("state", "title")

    def __str__(self) -> str:
        return self.title


class BillStep(models.Model):
    """A bill reached a stage on a day."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    bill = models.ForeignKey(Bill, models.PROTECT, related_name="steps")
    stage = models.CharField(_("stage"), max_length=12, choices=Stage)
    on = models.DateField(_("on"))
    source = models.CharField(_("source"), max_length=300)
    entered_by = models.UUIDField()

    class Meta:
        ordering = ("on", "id")
        constraints = [models.UniqueConstraint(fields=("bill", "stage", "on"), name="partnership_bill_step_once")]
