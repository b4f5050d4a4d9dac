"""Agencies of the national response, their members and their places."""

import uuid
from collections.abc import Sequence
from typing import Any, Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.hashers import check_password
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from palermo.office.enums import DESK_ROLES, AgencyKind, Role


class Agency(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(_("name"), max_length=200, unique=True)
    kind = models.CharField(_("kind"), max_length=30, choices=AgencyKind)
    #: ISO 3166-1 alpha-2 of the State it belongs to.
    state = models.CharField(_("State"), max_length=2)
    #: False for a provider that is reached by sealed link only.
    has_account = models.BooleanField(_("signs in to Palermo"), default=True)
    #: What it offers, as shown to those who look for a service (plain words).
    offers = models.TextField(_("what it offers"), blank=True)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    #: Purposes for which it may receive personal data (codes of enums.Purpose).
    purposes = ArrayField(models.CharField(max_length=30), verbose_name=_("purposes"), default=list, blank=True)
    #: Hours in which an answer to a referral is expected.
    answer_within_hours = models.PositiveSmallIntegerField(_("answers within (hours)"), default=24)

    class Meta:
        ordering = ("name",)
        verbose_name = _("agency")
        verbose_name_plural = _("agencies")

    def __str__(self) -> str:
        return self.name

    @property
    def enforces_migration(self) -> bool:
        return self.kind == AgencyKind.MIGRATION_ENFORCEMENT


class MemberSet(models.QuerySet["Member"]):
    def select_for_update(self, *args: Any, of: Sequence[str] = (), **kwargs: Any) -> Self:
        # The agency that comes along is not locked: the application may not write it, so it may not lock it either.
        return super().select_for_update(*args, of=of or ("self",), **kwargs)


class MemberManager(BaseUserManager["Member"]):
    def get_queryset(self) -> MemberSet:
        # A member is never of use without the agency: every right depends on its kind.
        return MemberSet(self.model, using=self._db).select_related("agency")


class Member(AbstractBaseUser):
    """A person who works for an agency, or (kind `system`, `guest`) a hand of the agency that cannot sign in."""

    class Kind(models.TextChoices):
        PERSON = "person", _("Person")
        SYSTEM = "system", _("Automatic work of the agency")
        GUEST = "guest", _("Opener of sealed links")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    username = models.CharField(_("sign-in name"), max_length=80, unique=True)
    name = models.CharField(_("name"), max_length=120)
    email = models.EmailField(_("e-mail at work"), blank=True)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="members", verbose_name=_("agency"))
    roles = ArrayField(models.CharField(max_length=30, choices=Role), verbose_name=_("roles"), default=list)
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.PERSON)
    is_active = models.BooleanField(_("active"), default=True)
    joined_at = models.DateTimeField(_("joined"), auto_now_add=True)
    #: The first password is known to whoever appointed the member.
    must_change_password = models.BooleanField(default=False)

    #: Left out: the access log says who signed in when, and at that moment nobody has a pass to write the own row with.
    last_login = None

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    objects = MemberManager()

    class Meta:
        ordering = ("username",)
        verbose_name = _("member")
        verbose_name_plural = _("members")

    def __str__(self) -> str:
        return f"{self.name}, {self.agency}"

    def check_password(self, raw_password: str | None) -> bool:
        """Whether it is the password. Unlike Django's, writes nothing: at sign-in nobody has a pass to write with."""
        return check_password(raw_password, self.password)

    def has(self, *roles: str) -> bool:
        """Whether the member holds one of the roles."""
        return self.is_active and bool(set(self.roles) & set(roles))

    @property
    def at_desk(self) -> bool:
        """Whether this member's work reaches files at all (the same question as SQL's office_desk())."""
        return bool(self.is_active and not self.agency.enforces_migration and set(self.roles) & DESK_ROLES)


class Site(models.Model):
    """A place where an agency receives people: a reception facility, a shelter's front office."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="sites", verbose_name=_("agency"))
    name = models.CharField(_("name"), max_length=120)
    #: Column and row in the region's tile grid.
    column = models.SmallIntegerField(default=0)
    row = models.SmallIntegerField(default=0)
    capacity = models.PositiveIntegerField(_("capacity"), null=True, blank=True)

    class Meta:
        ordering = ("name",)
        constraints = [models.UniqueConstraint(fields=("agency", "name"), name="office_site_name")]

    def __str__(self) -> str:
        return self.name
