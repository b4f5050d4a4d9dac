"""What was done with a person's data, in words that the person can read. One table a room; no places, no staff.

Every room keeps its own in `plain_words.py`; a test refuses a verb that has none.
"""

from django.utils.functional import Promise
from django.utils.module_loading import import_string, module_has_submodule
from django.utils.translation import gettext_lazy as _

from palermo.office.enums import AgencyKind, Purpose

WORDS: dict[str, Promise] = {
    "office.correct_person": _("corrected what stands in your file"),
    "office.access_report": _("printed for you who has used your data"),
    "office.answer_right": _("answered what you had asked about your data"),
    "office.appoint_member": _("gave a new colleague access to their work"),
    "office.ask_right": _("wrote down what you asked about your data"),
    "office.change_password": _("changed a password"),
    "office.data_recalled": _(
        "was told to stop using your data, because the service that had sent them took them back"
    ),
    "office.disclose": _("sent some of your data to another service"),
    "office.dismiss_member": _("took a colleague's access away"),
    "office.emergency_opened": _("was told that your file was opened in an emergency"),
    "office.enrol_second_factor": _("prepared a sign-in"),
    "office.give_consent": _("wrote down what you agreed to"),
    "office.open_emergency": _("opened your file in an emergency, for three hours"),
    "office.oversee": _("checked who had used data"),
    "office.read_identity": _("looked up your name and how to reach you"),
    "office.read_answers": _("read the answer to what you had asked about your data"),
    "office.read_right": _("read what you had asked about your data"),
    "office.recall": _("was told to stop using your data, because you had taken your consent back"),
    "office.refused": _("tried something that was not allowed, and was stopped"),
    "office.register_person": _("opened a file about you"),
    "office.renew_sign_in": _("let a colleague sign in again"),
    "office.review_emergency": _("checked whether opening your file in an emergency was right"),
    "office.seal_identity": _("wrote down your name and how to reach you"),
    "office.search_before_create": _("looked whether they knew you already"),
    "office.sign_in": _("signed in"),
    "office.tell_of_expiry": _("was told that your consent is about to end"),
    "office.withdraw_consent": _("wrote down that you took your consent back"),
}


#: A paper in somebody's pocket says more than its lines: what would tell of a crime against them is said neutrally.
KINDS: dict[str, Promise] = {
    AgencyKind.POLICE_SPECIAL: _("Public safety service"),
    AgencyKind.POLICE_GENERAL: _("Public safety service"),
    AgencyKind.PROSECUTION: _("Justice service"),
    AgencyKind.COMPETENT_AUTHORITY: _("Authority that decides on rights"),
    AgencyKind.MIGRATION_ENFORCEMENT: _("Public office"),
}
PURPOSES: dict[str, Promise] = {
    Purpose.IDENTIFICATION: _("Decision on rights and help"),
    Purpose.INVESTIGATION: _("Justice"),
}


def kind_words(kind: str) -> str:
    """A kind of agency as it stands in the report handed to the person."""
    return str(KINDS.get(kind) or AgencyKind(kind).label)


def purpose_words(purpose: str) -> str:
    """A purpose as it stands in the report handed to the person; empty where there is none."""
    return str(PURPOSES.get(purpose) or Purpose(purpose).label) if purpose else ""


def words_for(verb: str) -> Promise:
    """The words for a verb of any room; one without words still says something, so that no report breaks."""
    return all_words().get(verb, _("did something that this list has no words for; ask what it was"))


def staff_words(verb: str) -> str:
    """A verb as those who work with the log read it: not as it is told to the person whose data it is."""
    if verb in OF_STAFF:
        return str(OF_STAFF[verb])
    return verb.partition(".")[2].replace("_", " ").capitalize() or verb


#: Where the name of a verb alone would not say it.
OF_STAFF: dict[str, Promise] = {
    "office.data_recalled": _("Data recalled by their sender"),
    "office.emergency_opened": _("File opened in an emergency by another agency"),
    "office.oversee": _("Looked at the log or another part of oversight"),
    "office.read_identity": _("Name and contact read"),
    "office.recall": _("Consent withdrawn: use of the data stopped"),
    "office.refused": _("Refused"),
    "office.search_before_create": _("Searched before a file was opened"),
    "office.tell_of_expiry": _("Told that a consent ends"),
    "protection.note_guardian": _("Guardian noted"),
    "protection.open_package": _("Data of a referral opened"),
    "protection.read_case": _("Case read"),
    "protection.read_guardian_request": _("Request for a guardian read"),
}


def all_words() -> dict[str, Promise]:
    """The tables of all rooms that are installed."""
    from django.apps import apps  # noqa: PLC0415 -- after start

    found: dict[str, Promise] = {}
    for config in apps.get_app_configs():
        if config.module and module_has_submodule(config.module, "plain_words"):
            found |= import_string(f"{config.name}.plain_words.WORDS")
    return found
