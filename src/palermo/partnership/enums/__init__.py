"""The lists of partnership, one file a subject."""

from palermo.partnership.enums.clearance import Clearance
from palermo.partnership.enums.commitments import Addressee, Cover, Gap, Grade, LawPoint, OutcomeStage, Stage, Standing
from palermo.partnership.enums.directory import SINGLE_POSTS, OrganisationKind, Post
from palermo.partnership.enums.events import (
    AttendanceMode,
    AttendanceStep,
    BudgetKind,
    Capacity,
    ContributionKind,
    DocumentKind,
    EventKind,
    EventStatus,
    Gender,
    MediaKind,
    NameConsent,
    OurRole,
    PublicationStatus,
    Sector,
)
from palermo.partnership.enums.findings import (
    FindingKind,
    LinkKind,
    MeasureKind,
    Position,
    Progress,
    ReportStage,
    SourceKind,
    TextStage,
    Urgency,
)
from palermo.partnership.enums.questionnaires import QuestionKind, QuestionnairePurpose, RespondentKind
from palermo.partnership.enums.visits import (
    Certainty,
    ExternalBody,
    ExternalStepKind,
    FeedKind,
    InitiativeKind,
    TeamRole,
    VisitStatus,
)

__all__ = [
    "SINGLE_POSTS",
    "Addressee",
    "AttendanceMode",
    "AttendanceStep",
    "BudgetKind",
    "Capacity",
    "Certainty",
    "Clearance",
    "ContributionKind",
    "Cover",
    "DocumentKind",
    "EventKind",
    "EventStatus",
    "ExternalBody",
    "ExternalStepKind",
    "FeedKind",
    "FindingKind",
    "Gap",
    "Gender",
    "Grade",
    "InitiativeKind",
    "LawPoint",
    "LinkKind",
    "MeasureKind",
    "MediaKind",
    "NameConsent",
    "OrganisationKind",
    "OurRole",
    "OutcomeStage",
    "Position",
    "Post",
    "Progress",
    "PublicationStatus",
    "QuestionKind",
    "QuestionnairePurpose",
    "ReportStage",
    "RespondentKind",
    "Sector",
    "SourceKind",
    "Stage",
    "Standing",
    "TeamRole",
    "TextStage",
    "Urgency",
    "VisitStatus",
]
"""The lists of partnership that every part of it uses."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Clearance(TextChoices):
    """Who may read a record. Decided in one place: the policy that `access/clearance.py` puts on every table."""

    PUBLIC = "public", _("Public")
    ORGANISATION = "organisation", _("Members of every agency")
    OFFICE = "office", _("The office that keeps it")
    NAMED = "named", _("Named persons only")


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


class QuestionnairePurpose(TextChoices):
    """What a questionnaire is for."""

    SURVEY_OF_STATES = "survey_of_states", _("Survey of States")
    FACILITY_NEEDS = "facility_needs", _("Needs assessment of facilities")
    CHILD_PROTECTION = "child_protection", _("Assessment of child-protection systems")
    EVENT_EVALUATION = "event_evaluation", _("Evaluation of an event")
    OTHER = "other", _("Other")


class QuestionKind(TextChoices):
    """What sort of answer a question takes."""

    YES_NO = "yes_no", _("Yes, no or not known")
    CHOICE = "choice", _("One of several")
    NUMBER = "number", _("Number")
    TEXT = "text", _("Words")
    EVIDENCE = "evidence", _("A document or link")


class RespondentKind(TextChoices):
    """Who answers a questionnaire."""

    STATE = "state", _("State")
    ORGANISATION = "organisation", _("Organisation")
    FACILITY = "facility", _("Facility")
    PARTICIPANT = "participant", _("Participant of an event")


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
    CHILD_RULE = "child_rule", _("No means needed for a child")
    NON_PUNISHMENT = "non_punishment", _("Non-punishment")
    LEGAL_PERSONS = "legal_persons", _("Liability of legal persons")
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


class VisitStatus(TextChoices):
    """How far a visit has come; `domain/visits.MOVES` says from where to where."""

    IDEA = "idea", _("Idea")
    PLANNED = "planned", _("Planned")
    AGREED = "agreed", _("Agreed within the office")
    CONFIRMED = "confirmed", _("Confirmed by the State")
    DONE = "done", _("Done, report to come")
    REPORTED = "reported", _("Reported, follow-up to come")
    FOLLOWED_UP = "followed_up", _("Followed up")
    CLOSED = "closed", _("Closed")
    CANCELLED = "cancelled", _("Cancelled")


class TeamRole(TextChoices):
    """What somebody does on a visit."""

    LEADER = "leader", _("Leads the visit")
    MEMBER = "member", _("Team member")
    EXPERT = "expert", _("Outside expert")
    INTERPRETER = "interpreter", _("Interpreter")


class Certainty(TextChoices):
    """How sure it is that something planned will be."""

    RUMOUR = "rumour", _("Rumour")
    PLANNED = "planned", _("Planned")
    ANNOUNCED = "announced", _("Announced")
    DONE = "done", _("Done")
    CANCELLED = "cancelled", _("Cancelled")


class ExternalBody(TextChoices):
    """Other bodies that look at what a State does, in cycles of their own."""

    GRETA = "GRETA", _("GRETA (Council of Europe)")
    UNTOC = "UNTOC review", _("Review of the UN Convention (UNTOC)")
    TIP = "TIP report", _("Trafficking in Persons Report (United States)")
    OTHER = "other", _("Another body")


class ExternalStepKind(TextChoices):
    """A step of another body's cycle in one State."""

    QUESTIONNAIRE = "questionnaire", _("Questionnaire")
    COUNTRY_VISIT = "country_visit", _("Country visit")
    DRAFT_REPORT = "draft_report", _("Draft report")
    COMMENTS = "comments", _("The State’s comments")
    REPORT_ADOPTED = "report_adopted", _("Report adopted")
    REPORT_PUBLISHED = "report_published", _("Report published")
    RECOMMENDATION = "recommendation", _("Recommendation")
    STATE_REPLY = "state_reply", _("The State’s reply due")
    FOLLOW_UP_VISIT = "follow_up_visit", _("Follow-up visit")
    ROUND_TABLE = "round_table", _("Round table")
    SELF_ASSESSMENT = "self_assessment", _("Self-assessment")
    LIST_OF_OBSERVATIONS = "list_of_observations", _("List of observations")
    OTHER = "other", _("Another step")


class InitiativeKind(TextChoices):
    """What a structure does, in the shared calendar."""

    VISIT = "visit", _("Visit")
    CONFERENCE = "conference", _("Conference")
    MEETING = "meeting", _("Meeting")
    TRAINING = "training", _("Training")
    WORKSHOP = "workshop", _("Workshop")
    CONSULTATION = "consultation", _("Consultation")
    CAMPAIGN = "campaign", _("Campaign")
    PUBLICATION = "publication", _("Publication")
    PROJECT = "project", _("Project")
    OTHER = "other", _("Other")


class FeedKind(TextChoices):
    """What a subscription gives."""

    CALENDAR = "calendar", _("The calendar, as far as you may read it")
    FREE_BUSY = "free_busy", _("Who is where in which week, and nothing else")
