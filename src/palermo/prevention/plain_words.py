"""What the analyst's room did, in words. No line of these is about the file of a person."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WORDS: dict[str, Promise] = {
    "prevention.ask_estimate": _("asked how many people no list knows"),
    "prevention.ask_release": _("made tables and synthetic records of cases"),
    "prevention.count_linking": _("counted linked lists and deleted the files"),
    "prevention.decide_pair": _("decided whether two records are one person"),
    "prevention.delete_held_files": _("deleted linked files whose day was past"),
    "prevention.discard_linking": _("deleted linked files without counting"),
    "prevention.link_files": _("linked lists of agencies"),
    "prevention.read_pair": _("looked at two records that may be one person"),
    "prevention.close_study": _("closed a study"),
    "prevention.decide_release": _("decided whether a release is published"),
    "prevention.keep_cases": _("kept coded cases to release from"),
    "prevention.keep_lists": _("kept counts of lists that agencies delivered"),
    "prevention.keep_series": _("kept counts over time"),
    "prevention.open_study": _("opened a study"),
    "prevention.publish_estimate": _("published an estimate"),
    "prevention.read_study": _("read a study"),
    "prevention.set_budget": _("decided how much a study may tell about anybody"),
    "prevention.withdraw_estimate": _("took a published estimate back"),
    "prevention.withdraw_lists": _("withdrew delivered lists"),
    "prevention.withdraw_release": _("took a published release back"),
}
