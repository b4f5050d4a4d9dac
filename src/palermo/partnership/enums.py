"""The lists of partnership that every part of it uses."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Clearance(TextChoices):
    """Who may read a record. Decided in one place: the policy that `access/clearance.py` puts on every table."""

    PUBLIC = "public", _("Public")
    ORGANISATION = "organisation", _("Members of every agency")
    OFFICE = "office", _("The office that keeps it")
    NAMED = "named", _("Named persons only")


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
