"""The lists of the analyst's room: on what a study rests, how lists were linked, where work and releases stand."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class StudyBasis(TextChoices):
    """On what agencies hand over their lists."""

    LAW = "law", _("A law that gives the rapporteur this task")
    AGREEMENT = "agreement", _("An agreement between agencies")
    STATISTICS = "statistics", _("The law on official statistics")
    RESEARCH = "research", _("Research approved by an ethics board")


class StudyState(TextChoices):
    """Where a study stands."""

    OPEN = "open", _("Open")
    CLOSED = "closed", _("Closed")


class Linkage(TextChoices):
    """How it was found out that records of several lists are one person."""

    HASHED = "hashed", _("By keyed hashes; no name left an agency")
    NAMES = "names", _("By names, on a recorded legal basis")
    NUMBER = "number", _("By a number that all agencies use")
    NOT_KNOWN = "not_known", _("Not known")


class WorkState(TextChoices):
    """Where work in the background stands."""

    QUEUED = "queued", _("Waits")
    WORKING = "working", _("At work")
    DONE = "done", _("Done")
    FAILED = "failed", _("Could not be done")


class ReleaseState(TextChoices):
    """Where a release stands. What it has told stays spent, whatever is decided."""

    QUEUED = "queued", _("Is being made")
    REVIEW = "review", _("To be reviewed")
    PUBLISHED = "published", _("Published")
    WITHHELD = "withheld", _("Withheld")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    FAILED = "failed", _("Could not be made")


class SeriesKind(TextChoices):
    """What a series counts."""

    WEEKS = "weeks", _("Counts by week")
    CASES = "cases", _("Days of identification and of registration")


class LinkingState(TextChoices):
    """Where the linkage of agencies' files stands."""

    REVIEW = "review", _("Pairs may be looked at")
    COUNTED = "counted", _("Counted; the files are deleted")
    DISCARDED = "discarded", _("Given up; the files are deleted")


class PairVerdict(TextChoices):
    """What a person found of two records."""

    SAME = "same", _("The same person")
    DIFFERENT = "different", _("Two persons")
    CANNOT_TELL = "cannot tell", _("Cannot tell")
