"""The lists of an investigation: roles of persons, elements of the crime, evidence, proceedings, money."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class InvestigationState(TextChoices):
    """Where an investigation stands."""

    OPEN = "open", _("Open")
    CLOSED = "closed", _("Closed")


class PersonRole(TextChoices):
    """What a person is in an investigation. A victim is never listed as a subject, whatever else they did."""

    CONTROLLER = "controller", _("Controller")
    FRONT = "front", _("Front for others")
    BUYER = "buyer", _("Buyer")
    VICTIM = "victim", _("Victim")
    WITNESS = "witness", _("Witness")


#: Roles in which a person is suspected.
SUSPECTS = frozenset({PersonRole.CONTROLLER, PersonRole.FRONT, PersonRole.BUYER})


class VictimAge(TextChoices):
    """Age at the time of the act. Where it is not sure the means are still to be shown, or the age."""

    ADULT = "adult", _("18 or older")
    CHILD = "child", _("Under 18")
    NOT_SURE = "not_sure", _("Not sure")


class ElementKind(TextChoices):
    """The three elements of trafficking in persons (Protocol, Art. 3)."""

    ACT = "act", _("Act")
    MEANS = "means", _("Means")
    PURPOSE = "purpose", _("Purpose of exploitation")


class ElementCode(TextChoices):
    """What the elements may consist in (Protocol, Art. 3(a); Directive 2011/36/EU, Art. 2, for begging and crime)."""

    RECRUITMENT = "recruitment", _("Recruitment")
    TRANSPORTATION = "transportation", _("Transportation")
    TRANSFER = "transfer", _("Transfer")
    HARBOURING = "harbouring", _("Harbouring")
    RECEIPT = "receipt", _("Receipt")
    THREAT = "threat", _("Threat of force")
    FORCE = "force", _("Use of force")
    COERCION = "coercion", _("Other coercion")
    ABDUCTION = "abduction", _("Abduction")
    FRAUD = "fraud", _("Fraud")
    DECEPTION = "deception", _("Deception")
    POWER = "power", _("Abuse of power")
    VULNERABILITY = "vulnerability", _("Abuse of a position of vulnerability")
    PAYMENT = "payment", _("Payments to a person in control of another")
    SEXUAL = "sexual", _("Sexual exploitation")
    LABOUR = "labour", _("Forced labour or services")
    SLAVERY = "slavery", _("Slavery or similar practices")
    SERVITUDE = "servitude", _("Servitude")
    ORGANS = "organs", _("Removal of organs")
    BEGGING = "begging", _("Forced begging")
    CRIME = "crime", _("Forced criminal activity")


#: Element → the codes that it may consist in.
ELEMENTS: dict[str, tuple[ElementCode, ...]] = {
    ElementKind.ACT: tuple(ElementCode)[:5],
    ElementKind.MEANS: tuple(ElementCode)[5:14],
    ElementKind.PURPOSE: tuple(ElementCode)[14:],
}


class EvidenceKind(TextChoices):
    """What an item of evidence is."""

    STATEMENT = "statement", _("Bank or payment record")
    TESTIMONY = "testimony", _("Testimony")
    DOCUMENT = "document", _("Document")
    DEVICE = "device", _("Device or its image")
    MESSAGE = "message", _("Messages")
    IMAGE = "image", _("Pictures or film")
    OBJECT = "object", _("Object")
    REPORT = "report", _("Report of an expert or officer")


class DisclosureStatus(TextChoices):
    """Whether the defence gets an item. Decided item by item, by a person."""

    TO_REVIEW = "to_review", _("To be reviewed")
    TO_DISCLOSE = "to_disclose", _("To be disclosed")
    DISCLOSED = "disclosed", _("Disclosed")
    WITHHELD = "withheld", _("Withheld by decision of the court")


class AuthorityKind(TextChoices):
    """On what a statement or another record was obtained."""

    ORDER = "order", _("Order of a court or prosecutor")
    CONSENT = "consent", _("Consent of the holder of the account")
    REPORT = "report", _("Report of a suspicion")


class Decision(TextChoices):
    """On a suspect who is also a victim (CoE Convention, Art. 26; Directive 2011/36/EU, Art. 8)."""

    NOT_PUNISHED = "not_punished", _("Compelled: no charge for this")
    NOT_COMPELLED = "not_compelled", _("Not compelled to what they are suspected of")


class StepKind(TextChoices):
    """Steps of proceedings against one person, from charge to the end, and steps about liberty."""

    CHARGED = "charged", _("Charged")
    INDICTED = "indicted", _("Indicted")
    TRIAL = "trial", _("Trial began")
    GUILTY = "guilty", _("Convicted")
    NOT_GUILTY = "not_guilty", _("Acquitted")
    APPEALED = "appealed", _("Appealed")
    UPHELD = "upheld", _("Upheld on appeal")
    CHANGED = "changed", _("Changed on appeal")
    DISCONTINUED = "discontinued", _("Discontinued")
    DETAINED = "detained", _("Detained")
    BAIL = "bail", _("Released on bail")
    RELEASED = "released", _("Released")


class FileState(TextChoices):
    """What became of a statement file."""

    READ = "read", _("Read")
    TO_MEND = "to_mend", _("Columns to be shown")
    REFUSED = "refused", _("Refused")


class BookState(TextChoices):
    """Where a ledger stands. Nothing is traced in it before a person has looked at what was merged."""

    QUEUED = "queued", _("Waits to be made")
    DRAFT = "draft", _("To be looked at")
    READY = "ready", _("Ready")
    FAILED = "failed", _("Could not be made")


class AnalysisKind(TextChoices):
    """What is asked of a ledger."""

    TRACE = "trace", _("Where the money went")
    BACK = "back", _("Where a payment came from")
    PATTERNS = "patterns", _("Patterns in time")
    FLAGS = "flags", _("Red flags")


class AnalysisState(TextChoices):
    """Where an analysis stands."""

    QUEUED = "queued", _("Waits")
    WORKING = "working", _("At work")
    DONE = "done", _("Done")
    FAILED = "failed", _("Could not be done")


class ExportKind(TextChoices):
    """What leaves the room."""

    EVIDENCE = "evidence", _("Evidence file")
    GOAML = "goaml", _("goAML report")
    ENTITIES = "entities", _("FollowTheMoney entities")
    ROWS = "rows", _("Every row, as a workbook")


class ExportState(TextChoices):
    """Where a file that leaves stands."""

    QUEUED = "queued", _("Is being made")
    DONE = "done", _("Made")
    FAILED = "failed", _("Could not be made")


class AssetKind(TextChoices):
    """What something of value is."""

    ACCOUNT = "account", _("Balance of an account")
    PROPERTY = "property", _("Land or building")
    VEHICLE = "vehicle", _("Vehicle")
    CRYPTO = "crypto", _("Crypto-assets")
    CASH = "cash", _("Cash")
    SHARES = "shares", _("Shares of a company")
    OTHER = "other", _("Other valuables")


class AssetState(TextChoices):
    """Where an asset stands, from found to paid (the same as `methods.confiscation.State`; a test compares)."""

    FOUND = "found", _("Found")
    FROZEN = "frozen", _("Frozen")
    SEIZED = "seized", _("Seized")
    CONFISCATED = "confiscated", _("Confiscated")
    PAID = "paid", _("Paid out")
    RELEASED = "released", _("Released")


class ClaimThrough(TextChoices):
    """Through whom a victim claims. Through those who protect, only while the consent stands."""

    LINK = "link", _("Those who protect the person, by consent")
    COURT = "court", _("The person, at the court or prosecutor")


class ClaimState(TextChoices):
    """Where a victim's claim stands."""

    MADE = "made", _("Undecided")
    APPROVED = "approved", _("Approved")
    REFUSED = "refused", _("Refused")
    WITHDRAWN = "withdrawn", _("Withdrawn by the victim")


class ShareWay(TextChoices):
    """How what was recovered is shared (the same as `methods.restitution.Way`; a test compares). A choice of law."""

    PARI_PASSU = "pari-passu", _("By loss (pari passu)")
    ROLLING = "rolling", _("By what is traced into each asset (rolling charge)")


class Payee(TextChoices):
    """Who gets a share. Victims come before costs, and both before the State."""

    VICTIM = "victim", _("Victim")
    COSTS = "costs", _("Costs of keeping and selling")
    STATE = "state", _("State")
