"""Publications from plan to release, and what the media said."""

import pghistory
from django.db import models
from django.utils.translation import gettext_lazy as _

from palermo.partnership.enums import MediaKind, PublicationStatus
from palermo.partnership.models.clearance import Cleared
from palermo.partnership.models.event import Dated, texts


@pghistory.track(append_only=True)
class Publication(Dated, Cleared):
    """A report, paper, handbook or guideline; `when` is when it came or is to come out."""

    reference = models.CharField(_("reference"), max_length=80)
    title = models.CharField(_("title"), max_length=300)
    subtitle = models.CharField(_("subtitle"), max_length=300, blank=True)
    series = models.CharField(_("series"), max_length=120, blank=True)
    #: False where a source names it only in passing, so that the title is ours.
    title_stated = models.BooleanField(_("title as printed"), default=True)
    status = models.CharField(_("status"), max_length=10, choices=PublicationStatus, default=PublicationStatus.PLANNED)
    languages = texts(_("languages"), 3)
    themes = texts(_("themes"), 40)
    downloads = models.PositiveIntegerField(_("downloads"), null=True, blank=True)
    downloads_on = models.DateField(_("downloads counted on"), null=True, blank=True)
    project = models.ForeignKey(
        "partnership.Project", models.PROTECT, null=True, blank=True, related_name="publications"
    )
    released_at_event = models.ForeignKey(
        "partnership.Event", models.PROTECT, null=True, blank=True, related_name="releases"
    )

    class Meta:
        ordering = (models.F("earliest").desc(nulls_last=True), "title")
        constraints = [
            models.UniqueConstraint(fields=("office", "reference"), name="partnership_publication_reference")
        ]

    def __str__(self) -> str:
        return self.title


class MediaItem(Cleared):
    """A press release, interview, article, broadcast or post."""

    title = models.CharField(_("title"), max_length=300)
    kind = models.CharField(_("kind"), max_length=15, choices=MediaKind)
    outlet = models.CharField(_("outlet"), max_length=200, blank=True)
    published_on = models.DateField(_("published"))
    address = models.URLField(_("address"), max_length=500, blank=True)
    language = models.CharField(_("language"), max_length=3, blank=True)
    event = models.ForeignKey("partnership.Event", models.PROTECT, null=True, blank=True, related_name="media")

    class Meta:
        ordering = ("-published_on", "title")
