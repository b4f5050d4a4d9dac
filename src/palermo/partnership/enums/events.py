"""Events, who came, publications, media, projects."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class EventKind(TextChoices):
    """What sort of meeting or activity an event is."""

    CONFERENCE = "conference", _("Conference")
    NETWORK_MEETING = "network_meeting", _("Network meeting")
    CONSULTATION = "consultation", _("Consultation")
    TRAINING = "training", _("Training")
    COUNTRY_WORKSHOP = "country_workshop", _("Country workshop")
    WORKSHOP = "workshop", _("Workshop")
    SEMINAR = "seminar", _("Seminar")
    PLENARY_SESSION = "plenary_session", _("Plenary session")
    SIDE_EVENT = "side_event", _("Side event")
    EXERCISE = "exercise", _("Simulation exercise")
    LAUNCH = "launch", _("Launch")
    EXTERNAL_MEETING = "external_meeting", _("Meeting of another body")
    CAMPAIGN = "campaign", _("Campaign")
    #: Of which a file gives no days, so that it cannot stand among the visits, which hold theirs.
    VISIT = "visit", _("Country visit, days not stated")
    FOLLOW_UP_VISIT = "follow_up_visit", _("Follow-up visit, days not stated")
    OTHER = "other", _("Other")


class EventStatus(TextChoices):
    """Where an event stands."""

    TENTATIVE = "tentative", _("Tentative")
    PLANNED = "planned", _("Planned")
    DONE = "done", _("Took place")
    CANCELLED = "cancelled", _("Cancelled")


class OurRole(TextChoices):
    """What the office does in an event."""

    ORGANISE = "organise", _("Organises")
    CO_ORGANISE = "co_organise", _("Co-organises")
    MODERATE = "moderate", _("Moderates")
    CONTRIBUTE = "contribute", _("Contributes")
    ADDRESS = "address", _("Addresses it")
    PARTICIPATE = "participate", _("Takes part")


class DocumentKind(TextChoices):
    """What a document of an event is."""

    AGENDA = "agenda", _("Agenda")
    CONCEPT = "concept", _("Concept note")
    STATEMENT = "statement", _("Statement or speech")
    PAPER = "paper", _("Paper")
    OUTCOME = "outcome", _("Outcome")


class AttendanceStep(TextChoices):
    """How far somebody came: invited, registered, then present or not."""

    INVITED = "invited", _("Invited")
    REGISTERED = "registered", _("Registered")
    PRESENT = "present", _("Took part")
    ABSENT = "absent", _("Did not come")
    DECLINED = "declined", _("Declined")


class AttendanceMode(TextChoices):
    """How somebody took part."""

    IN_PERSON = "in_person", _("In person")
    ONLINE = "online", _("Online")


class Capacity(TextChoices):
    """The capacity in which a person came."""

    DELEGATE = "delegate", _("Delegate")
    CO_ORDINATOR = "co_ordinator", _("National co-ordinator")
    RAPPORTEUR = "rapporteur", _("National rapporteur")
    FOCAL_POINT = "focal_point", _("Focal point")
    SPEAKER = "speaker", _("Speaker")
    TRAINER = "trainer", _("Trainer")
    EXPERT = "expert", _("Expert")
    ORGANISER = "organiser", _("Organiser")
    OBSERVER = "observer", _("Observer")
    PARTICIPANT = "participant", _("Participant")


class Gender(TextChoices):
    """Gender as the person gave it; not known is not a guess."""

    WOMAN = "woman", _("Woman")
    MAN = "man", _("Man")
    OTHER = "other", _("Other")
    NOT_KNOWN = "not_known", _("Not known")


class Sector(TextChoices):
    """The sector that a participant belongs to."""

    GOVERNMENT = "government", _("Government")
    LAW_ENFORCEMENT = "law_enforcement", _("Law enforcement")
    JUDICIARY = "judiciary", _("Judiciary")
    PARLIAMENT = "parliament", _("Parliament")
    IGO = "igo", _("International organisation")
    NGO = "ngo", _("Civil society")
    PRIVATE = "private", _("Private sector")
    TRADE_UNION = "trade_union", _("Trade union")
    ACADEMIA = "academia", _("Academia")
    MEDIA = "media", _("Media")
    OTHER = "other", _("Other")


class NameConsent(TextChoices):
    """To whom a participant lets their name be shown."""

    NOBODY = "nobody", _("Nobody but the office")
    ALL = "all", _("Whoever may read the event")


class PublicationStatus(TextChoices):
    """From plan to release; it only moves forward."""

    PLANNED = "planned", _("Planned")
    DRAFTING = "drafting", _("In draft")
    PUBLISHED = "published", _("Published")
    RELEASED = "released", _("Released at an event")


class MediaKind(TextChoices):
    """What a media item is."""

    PRESS_RELEASE = "press_release", _("Press release")
    INTERVIEW = "interview", _("Interview")
    ARTICLE = "article", _("Article")
    BROADCAST = "broadcast", _("Broadcast")
    SOCIAL = "social", _("Social media")


class BudgetKind(TextChoices):
    """Out of which budget a project is paid."""

    UNIFIED = "unified", _("Unified budget")
    EXTRA_BUDGETARY = "extra_budgetary", _("Extra-budgetary")


class ContributionKind(TextChoices):
    """What a donor gives."""

    MONEY = "money", _("Money")
    IN_KIND = "in_kind", _("In kind")
    STAFF = "staff", _("Seconded staff")
