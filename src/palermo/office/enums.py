"""The lists that say who we are to each other and why data may move."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class AgencyKind(TextChoices):
    """What an agency is in the national response. The mandate follows from the kind."""

    FIRST_RECEPTION = "first_reception", _("First reception")
    ASYLUM = "asylum", _("Asylum service")
    POLICE_SPECIAL = "police_special", _("Police, anti-trafficking unit")
    POLICE_GENERAL = "police_general", _("Police, other units")
    PROSECUTION = "prosecution", _("Prosecution service")
    LABOUR_INSPECTORATE = "labour_inspectorate", _("Labour inspectorate")
    CHILD_PROTECTION = "child_protection", _("Child protection")
    MUNICIPALITY = "municipality", _("Municipality")
    SCHOOL = "school", _("School")
    HEALTH = "health", _("Health service")
    SERVICE_PROVIDER = "service_provider", _("Service provider")
    COMPETENT_AUTHORITY = "competent_authority", _("Competent authority for identification")
    NATIONAL_CO_ORDINATOR = "national_co_ordinator", _("National co-ordinator")
    MIGRATION_ENFORCEMENT = "migration_enforcement", _("Migration enforcement")


class Role(TextChoices):
    """What a member does. Only the roles in `desk_roles` ever reach a person's file."""

    FIRST_RESPONDER = "first_responder", _("First responder")
    CASE_MANAGER = "case_manager", _("Case manager")
    SERVICE_WORKER = "service_worker", _("Service worker")
    DECISION_MAKER = "decision_maker", _("Decision maker on identification")
    CO_ORDINATOR = "co_ordinator", _("Co-ordinator")
    DATA_PROTECTION_OFFICER = "data_protection_officer", _("Data protection officer")
    ADMINISTRATOR = "administrator", _("Administrator of members")
    INVESTIGATOR = "investigator", _("Financial investigator")
    ANALYST = "analyst", _("Analyst of the rapporteur")
    PROTOCOL_OFFICER = "protocol_officer", _("Protocol officer")
    OFFICER = "officer", _("Officer without files")


#: Roles that work on files. The SQL function office_desk() holds the same list; a test compares them.
DESK_ROLES = frozenset({Role.FIRST_RESPONDER, Role.CASE_MANAGER, Role.SERVICE_WORKER, Role.DECISION_MAKER})


class DataKind(TextChoices):
    """Kinds of data that consent names one by one."""

    IDENTITY = "identity", _("Name, birth date and documents")
    CONTACT = "contact", _("How to reach the person safely")
    PROFILE = "profile", _("Age group, sex, languages and citizenship")
    NEEDS = "needs", _("Urgent needs and wishes")
    RISKS = "risks", _("Risks to safety")
    ACCOUNT = "account", _("What the person told about what happened")
    SCREENING = "screening", _("Reasons for the presumption")
    HEALTH = "health", _("Health")
    FAMILY = "family", _("Family and guardian")


class Purpose(TextChoices):
    """Why data may be used. There is none for a border, visa or return decision, and there must never be one."""

    PROTECTION = "protection", _("Protection and safety")
    ACCOMMODATION = "accommodation", _("Safe accommodation")
    HEALTH_CARE = "health_care", _("Health care")
    LEGAL_AID = "legal_aid", _("Legal aid and compensation")
    CHILD_PROTECTION = "child_protection", _("Protection of a child")
    IDENTIFICATION = "identification", _("Formal identification as a victim")
    INVESTIGATION = "investigation", _("Investigation of the traffickers")
    LABOUR_RIGHTS = "labour_rights", _("Labour rights")
    EDUCATION = "education", _("Education and inclusion")
    ASYLUM_GUARANTEES = "asylum_guarantees", _("Special guarantees in the asylum procedure")


class LawfulBasis(TextChoices):
    """On what a disclosure rests. Recorded with each disclosure, never assumed."""

    CONSENT = "consent", _("Consent of the person")
    CHILD_BEST_INTERESTS = "child_best_interests", _("Best interests of the child")
    VITAL_INTERESTS = "vital_interests", _("Vital interests")
    LEGAL_DUTY = "legal_duty", _("Legal duty")


class ObjectKind(TextChoices):
    """What `reach` is about."""

    PERSON = "person", _("Person's file")
    REFERRAL = "referral", _("Referral")
    PACKAGE = "package", _("Data sent with a referral")
    GUARDIAN = "guardian", _("Request for a guardian")


class NoticeKind(TextChoices):
    """Messages from the system to an agency. They name no person."""

    MAKE_CONTACT = "make_contact", _("Another agency asks you to make contact")
    CONSENT_WITHDRAWN = "consent_withdrawn", _("Consent was withdrawn: stop using the data")
    DATA_RECALLED = "data_recalled", _("The sender took back what it had sent: stop using the data")
    CONSENT_ENDS = "consent_ends", _("A consent ends within a week: speak with the person")
    EMERGENCY_OPENED = "emergency_opened", _("A file of yours was opened in an emergency")
    REFERRAL_RECEIVED = "referral_received", _("A referral has arrived")
    REFERRAL_ANSWERED = "referral_answered", _("A referral was answered")
    REFERRAL_OVERDUE = "referral_overdue", _("A referral has had no answer in time")
    GUARDIAN_ASKED = "guardian_asked", _("A guardian is asked for: a child waits")
    GUARDIAN_OVERDUE = "guardian_overdue", _("A child’s guardian was not appointed in time")
    GUARDIAN_APPOINTED = "guardian_appointed", _("A guardian was appointed")
    CONCERN_RECEIVED = "concern_received", _("A concern has arrived")
    SAFETY = "safety", _("Safety notice")
    RIGHTS = "rights", _("A person used a right over their data")


class RightsKind(TextChoices):
    """What a person may ask for about their own data."""

    ACCESS = "access", _("Access to the data and to who has seen it")
    RECTIFICATION = "rectification", _("Rectification")
    COMPLAINT = "complaint", _("Complaint")


class Sex(TextChoices):
    """Sex as recorded; not known is not a guess."""

    FEMALE = "female", _("Female")
    MALE = "male", _("Male")
    OTHER = "other", _("Other")
    NOT_KNOWN = "not_known", _("Not known")


class AgePath(TextChoices):
    """Which path a person is taken on. Where age is not sure the child's path is taken (CoE Convention, Art. 10(3))."""

    ADULT = "adult", _("Adult")
    CHILD = "child", _("Child")
    NOT_SURE = "not_sure", _("Age not sure: treated as a child")
