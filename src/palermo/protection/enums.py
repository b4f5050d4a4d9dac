"""The lists of protection: states of its records and the answers to questions."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class AnswerValue(TextChoices):
    """What was answered. Not known is not no, and not asked is neither."""

    YES = "yes", _("Yes")
    NO = "no", _("No")
    NOT_KNOWN = "not_known", _("Not known")
    NOT_ASKED = "not_asked", _("Not asked")


class HowKnown(TextChoices):
    """How an answer came to be known."""

    TOLD = "told", _("The person said it")
    SEEN = "seen", _("The interviewer saw it")
    DOCUMENT = "document", _("A document shows it")
    THIRD_PARTY = "third_party", _("Somebody else said it")


class ScreeningState(TextChoices):
    """Where a screening stands."""

    OPEN = "open", _("Under way")
    PAUSED = "paused", _("Paused")
    STOPPED = "stopped", _("Stopped by the person")
    FINISHED = "finished", _("Finished")


class PresumptionResult(TextChoices):
    """What the rule presumes. None of these closes a door."""

    PRESUMED = "presumed", _("Presumed victim")
    NOT_INDICATED = "not_indicated_now", _("Not indicated now")
    CANNOT_SAY = "cannot_say", _("Cannot say: too little is known")


class Judgement(TextChoices):
    """What a person makes of the presumption."""

    PRESUMED = "presumed", _("Presumed victim")
    NOT_PRESUMED = "not_presumed", _("Not presumed now")


class CaseState(TextChoices):
    """Where a case stands; the competent authority's decision is apart from protection."""

    PRESUMED = "presumed", _("Presumed victim")
    IDENTIFIED = "identified", _("Formally identified")
    NOT_IDENTIFIED = "not_identified", _("Not identified; may appeal")
    APPEALED = "appealed", _("Under appeal")
    CLOSED = "closed", _("Closed")


class RiskLevel(TextChoices):
    """How soon somebody must act."""

    URGENT = "urgent", _("Urgent: now")
    HIGH = "high", _("High: today")
    WATCH = "watch", _("Watch")


class RiskKind(TextChoices):
    """What threatens."""

    TRAFFICKER_NEAR = "trafficker_near", _("A trafficker or companion is near")
    THREATS = "threats", _("Threats to the person or the family")
    HEALTH = "health", _("Health")
    SELF_HARM = "self_harm", _("Self-harm")
    NO_SAFE_PLACE = "no_safe_place", _("No safe place tonight")
    CHILD_ALONE = "child_alone", _("A child alone")
    REMOVAL = "removal", _("Removal or transfer ahead")
    OTHER = "other", _("Other")


class ReferralState(TextChoices):
    """Where a referral stands."""

    SENT = "sent", _("Waiting for an answer")
    ACCEPTED = "accepted", _("Accepted")
    DECLINED = "declined", _("Declined")
    DONE = "done", _("Done")
    WITHDRAWN = "withdrawn", _("Withdrawn")


#: States in which a referral still asks something of somebody.
OPEN_REFERRALS = (ReferralState.SENT, ReferralState.ACCEPTED)


class DeclineReason(TextChoices):
    """Why a referral was declined; the sender needs to know what to do next."""

    NO_PLACE = "no_place", _("No place or capacity")
    NOT_OURS = "not_ours", _("Not within our mandate")
    NOT_SAFE = "not_safe", _("Not safe for this person here")
    NO_CONTACT = "no_contact", _("The person could not be reached")
    PERSON_DECLINED = "person_declined", _("The person does not want it")
    OTHER = "other", _("Other")


class AgeGroup(TextChoices):
    """As much of a child's age as the agency needs that is asked for a guardian."""

    UNDER_6 = "under_6", _("Under 6")
    UNDER_12 = "under_12", _("6 to 11")
    UNDER_15 = "under_15", _("12 to 14")
    UNDER_18 = "under_18", _("15 to 17")
    NOT_SURE = "not_sure", _("18 or over by what was said")


class RecallReason(TextChoices):
    """Why data that rest on another basis than consent are called back."""

    GUARDIAN = "guardian", _("The guardian may be implicated")
    PERSON = "person", _("The person, or the child, does not want it")
    NOT_NEEDED = "not_needed", _("The danger or the need is over")
    MISTAKE = "mistake", _("It was sent by mistake")
    NOT_SAFE = "not_safe", _("The data are not safe there")


class ServiceKind(TextChoices):
    """What is asked for or given."""

    ACCOMMODATION = "accommodation", _("Safe accommodation")
    HEALTH = "health", _("Medical care")
    PSYCHOLOGICAL = "psychological", _("Psychological support")
    LEGAL = "legal", _("Legal aid")
    INTERPRETING = "interpreting", _("Interpreting")
    GUARDIANSHIP = "guardianship", _("Guardianship")
    IDENTIFICATION = "identification", _("Formal identification")
    EDUCATION = "education", _("Education and training")
    WORK = "work", _("Work and labour rights")
    RESIDENCE = "residence", _("Residence status")
    COMPENSATION = "compensation", _("Compensation")
    RETURN = "return", _("Safe and voluntary return")
    POLICE_PROTECTION = "police_protection", _("Protection by the police")
    OTHER = "other", _("Other")


class ConcernState(TextChoices):
    """Where a concern stands."""

    NEW = "new", _("New")
    TAKEN_UP = "taken_up", _("Taken up")
    REFERRED = "referred", _("Referred")
    ADVISED = "advised", _("Answered with advice")


class IdentificationOutcome(TextChoices):
    """What the competent authority decided."""

    IDENTIFIED = "identified", _("Identified as a victim of trafficking")
    NOT_IDENTIFIED = "not_identified", _("Not identified")


class ServiceState(TextChoices):
    """Where a service stands."""

    PLANNED = "planned", _("Planned")
    UNDER_WAY = "under_way", _("Under way")
    ENDED = "ended", _("Ended")
