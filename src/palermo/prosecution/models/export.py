"""What was made to leave the room: sealed like all files, and dated."""

import pghistory
from django.db import models
from django.utils.translation import gettext_lazy as _

from palermo.prosecution.enums import ExportKind, ExportState
from palermo.prosecution.models.common import OfInvestigation


@pghistory.track(append_only=True, exclude=["sealed_asked", "sealed_problem"])
class Export(OfInvestigation):
    """A file of the investigation for a court, a financial intelligence unit or another system (kept as contents)."""

    kind = models.CharField(_("kind"), max_length=10, choices=ExportKind)
    state = models.CharField(_("state"), max_length=8, choices=ExportState, default=ExportState.QUEUED)
    #: Accounts, codes and who reports; sealed JSON.
    sealed_asked = models.BinaryField()
    sealed_problem = models.BinaryField(null=True)
    #: Of the file in clear.
    sha256 = models.CharField("SHA-256", max_length=64, blank=True)
    size = models.PositiveIntegerField(default=0)
    asked_at = models.DateTimeField()
    asked_by = models.UUIDField()
    made_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-asked_at",)
