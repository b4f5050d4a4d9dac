"""Commitments, law and outcomes."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Grade(TextChoices):
    """How well a source was read."""

    A = "A", _("A: source text read")
    B = "B", _("B: read in part, or through another text")
    C = "C", _("C: not seen, to be checked")


class Addressee(TextChoices):
    """Whom a provision addresses: for structures a task is an obligation, for States a political commitment."""

    STATES = "states", _("participating States")
    STRUCTURES = "structures", _("OSCE structures")


class Standing(TextChoices):
    """What a text in one language is."""

    OFFICIAL = "official", _("Official text")
    WORKING = "working", _("Working text of the office")
    MACHINE = "machine", _("Machine translation")


class LawPoint(TextChoices):
    """A point of law on which States are compared (Palermo Protocol, 3, 5, 6; CoE Convention, 13, 15, 22, 26)."""

    ACT = "act", _("Act")
    MEANS = "means", _("Means")
    PURPOSE = "purpose", _("Purpose")
    CHILD_RULE = "child_rule", _("Child rule")
    NON_PUNISHMENT = "non_punishment", _("Non-punishment")
    LEGAL_PERSONS = "legal_persons", _("Legal persons")
    COMPENSATION = "compensation", _("Compensation")
    RECOVERY_PERIOD = "recovery_period", _("Recovery period")


class Cover(TextChoices):
    """Whether a law in force covers a point. No record is "not known", never "no"."""

    YES = "yes", _("covered")
    PARTLY = "partly", _("partly covered")
    NO = "no", _("not covered")


class Gap(TextChoices):
    """How a State's law stands to a provision, in somebody's dated judgement with its reason."""

    MET = "met", _("met")
    PARTLY = "partly", _("partly met")
    NOT_MET = "not_met", _("not met")
    NOT_KNOWN = "not_known", _("not known")


class Stage(TextChoices):
    """Where a bill stands."""

    DRAFTED = "drafted", _("drafted")
    GOVERNMENT = "government", _("before the government")
    PARLIAMENT = "parliament", _("before parliament")
    ADOPTED = "adopted", _("adopted")
    IN_FORCE = "in_force", _("in force")
    DROPPED = "dropped", _("dropped")


class OutcomeStage(TextChoices):
    """How far a State has come with what a project or recommendation aims at; each with evidence."""

    INTERESTED = "interested", _("interested")
    DRAFTING = "drafting", _("drafting")
    ADOPTED = "adopted", _("adopted")
