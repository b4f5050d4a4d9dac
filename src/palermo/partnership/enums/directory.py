"""Organisations and posts."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class OrganisationKind(TextChoices):
    """What an organisation is, in the directory."""

    MINISTRY = "ministry", _("Ministry")
    CO_ORDINATION = "co_ordination", _("National co-ordination or rapporteur's office")
    POLICE = "police", _("Police")
    PROSECUTION = "prosecution", _("Prosecution service")
    COURT = "court", _("Court")
    PARLIAMENT = "parliament", _("Parliament")
    DELEGATION = "delegation", _("Delegation or embassy")
    NGO = "ngo", _("Non-governmental organisation")
    IGO = "igo", _("International organisation")
    OSCE = "osce", _("OSCE structure")
    DONOR = "donor", _("Donor")
    BUSINESS = "business", _("Business or trade union")
    ACADEMIA = "academia", _("University or research")
    OTHER = "other", _("Other")


class Post(TextChoices):
    """What somebody is designated as. A State has one co-ordinator and one rapporteur unless it says otherwise."""

    CO_ORDINATOR = "co_ordinator", _("National co-ordinator")
    RAPPORTEUR = "rapporteur", _("National rapporteur")
    FOCAL_POINT = "focal_point", _("Focal point")
    NGO_CONTACT = "ngo_contact", _("NGO contact")


#: Posts with one holder at a time; sql/seats.sql holds the same list, a test compares them.
SINGLE_POSTS = frozenset({Post.CO_ORDINATOR, Post.RAPPORTEUR})
