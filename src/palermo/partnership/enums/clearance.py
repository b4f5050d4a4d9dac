"""Who may read a record."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Clearance(TextChoices):
    """Who may read a record. Decided in one place: the policy that `access/clearance.py` puts on every table."""

    PUBLIC = "public", _("Public")
    ORGANISATION = "organisation", _("Members of every agency")
    OFFICE = "office", _("The office that keeps it")
    NAMED = "named", _("Named persons only")
