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


# Findings and reports


class FindingKind(TextChoices):
    """What a finding is."""

    PRACTICE = "practice", _("Promising practice")
    CHALLENGE = "challenge", _("Challenge")
    RECOMMENDATION = "recommendation", _("Recommendation")


class SourceKind(TextChoices):
    """Where a finding comes from."""

    VISIT = "visit", _("Visit")
    EVENT = "event", _("Conference or meeting")
    CONSULTATION = "consultation", _("Consultation with organisations")
    SURVEY = "survey", _("Survey")
    PUBLICATION = "publication", _("Publication")
    BODY = "body", _("Report of another body")
    OTHER = "other", _("Other")


class Urgency(TextChoices):
    """How pressing a recommendation is, as its verb says: urges, considers that … should, invites."""

    IMMEDIATE = "immediate", _("Immediate")
    HIGH = "high", _("High")
    NORMAL = "normal", _("Normal")


class TextStage(TextChoices):
    """Where a version of a finding's text stands between the office and the State."""

    DRAFT = "draft", _("Draft")
    SENT = "sent", _("Sent to the State")
    COMMENTS = "comments", _("Comments of the State")
    FINAL = "final", _("Final")
    PUBLISHED = "published", _("Published")


class Position(TextChoices):
    """What the State says to a finding. Its word, not our assessment."""

    ACCEPTED = "accepted", _("Accepted")
    PARTLY = "partly", _("Accepted in part")
    NOTED = "noted", _("Noted")
    ALREADY_DONE = "already_done", _("Already done, in its view")


class MeasureKind(TextChoices):
    """What a State did."""

    LAW = "law", _("Law")
    POLICY = "policy", _("Strategy or plan")
    INSTITUTION = "institution", _("Institution or mandate")
    TRAINING = "training", _("Training")
    SERVICE = "service", _("Service or funding")
    OTHER = "other", _("Other")


class Progress(TextChoices):
    """Where implementation stands, as the office assesses it with evidence on a day."""

    NOT_STARTED = "not_started", _("Not started")
    UNDER_WAY = "under_way", _("Under way")
    PARTLY = "partly", _("Partly done")
    LARGELY = "largely", _("Largely done")
    FULLY = "fully", _("Fully done")
    OVERTAKEN = "overtaken", _("Overtaken by events")


class LinkKind(TextChoices):
    """How one finding stands to another."""

    SAME_AS = "same_as", _("Says the same as")
    FOLLOWS = "follows", _("Follows up")
    CONTRADICTS = "contradicts", _("Contradicts")
    OFFERED = "offered", _("Practice offered for")


class ReportStage(TextChoices):
    """Where a report stands; a frozen one keeps its figures whatever happens to the records."""

    DRAFT = "draft", _("Draft")
    FROZEN = "frozen", _("Frozen")
    PUBLISHED = "published", _("Published")
