"""Organisations, officials, and who held which post from when to when, on which document."""

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from palermo.partnership.enums import Clearance, OrganisationKind, Post
from palermo.partnership.models.clearance import Cleared


@pghistory.track(append_only=True)
class Organisation(Cleared):
    """A ministry, court, NGO, international organisation or structure with which the office works."""

    name = models.CharField(_("name"), max_length=200)
    kind = models.CharField(_("kind"), max_length=20, choices=OrganisationKind)
    #: ISO 3166-1 alpha-2; empty for one of no State.
    state = models.CharField(_("State"), max_length=2, blank=True)
    #: A code of vocabulary.structures, where it is a structure of the OSCE.
    structure = models.CharField(_("OSCE structure"), max_length=12, blank=True)

    class Meta:
        ordering = ("name",)
        constraints = [
            models.UniqueConstraint(fields=("office", "state", "name"), name="partnership_organisation_once")
        ]

    def __str__(self) -> str:
        return self.name


@pghistory.track(append_only=True)
class Contact(Cleared):
    """An official or representative, as they are reached at work. Nobody of those we protect is in this table."""

    name = models.CharField(_("name"), max_length=160)
    #: The name in the script of its language, as its bearer writes it.
    name_own_script = models.CharField(_("name in its own script"), max_length=160, blank=True)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="contacts", null=True, blank=True, verbose_name=_("organisation")
    )
    position = models.CharField(_("position"), max_length=160, blank=True)
    email = models.EmailField(_("e-mail at work"), blank=True)
    phone = models.CharField(_("telephone at work"), max_length=40, blank=True)
    #: ISO 639-3 codes.
    languages = ArrayField(models.CharField(max_length=3), verbose_name=_("languages"), default=list, blank=True)
    #: The day on which the person agreed to be listed for other agencies and the public; empty: never shown to them.
    consented_on = models.DateField(_("agreed to be listed on"), null=True, blank=True)

    class Meta:
        ordering = ("name",)
        constraints = [
            models.CheckConstraint(
                condition=Q(consented_on__isnull=False) | ~Q(clearance__in=(Clearance.PUBLIC, Clearance.ORGANISATION)),
                name="partnership_contact_consent",
            )
        ]

    def __str__(self) -> str:
        return self.name


@pghistory.track(append_only=True)
class Designation(Cleared):
    """Who holds a post of a State or of an organisation, from the first to the last day, both included.

    No two hold the same single post on one day unless both are said to share it: sql/seats.sql.
    """

    contact = models.ForeignKey(Contact, models.PROTECT, related_name="designations", verbose_name=_("who"))
    post = models.CharField(_("post"), max_length=20, choices=Post)
    state = models.CharField(_("State"), max_length=2, blank=True)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="designations", null=True, blank=True, verbose_name=_("organisation")
    )
    #: Said where a State has several holders at once (a commission with two chairs).
    shared = models.BooleanField(_("shared with others"), default=False)
    since = models.DateField(_("from"))
    until = models.DateField(_("to (the last day)"), null=True, blank=True)
    #: The document it rests on, such as a note verbale with its number.
    document = models.CharField(_("source document"), max_length=200)
    document_until = models.CharField(_("document of the end"), max_length=200, blank=True)
    confirmed_on = models.DateField(_("last confirmed on"), null=True, blank=True)
    #: Whoever of us confirmed it.
    confirmed_by = models.UUIDField(null=True, blank=True)

    class Meta:
        ordering = ("state", "post", "since")
        indexes = [
            models.Index(fields=("state", "post", "since"), name="partnership_post_of_state"),
            models.Index(fields=("contact",), name="partnership_post_of_contact"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="partnership_designation_days"
            ),
            models.CheckConstraint(
                condition=(Q(state="") & Q(organisation__isnull=False)) | (~Q(state="") & Q(organisation__isnull=True)),
                name="partnership_designation_of_one",
            ),
        ]
