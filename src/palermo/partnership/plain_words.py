"""What partnership did, in words that a person can read. None of its verbs is about a person whom we protect."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WORDS: dict[str, Promise] = {
    "partnership.add_bill": _("noted a bill of a State"),
    "partnership.add_contact": _("entered an official in the directory"),
    "partnership.add_corridor": _("entered a corridor between States"),
    "partnership.add_law_record": _("noted what a State's law says"),
    "partnership.add_organisation": _("entered an organisation in the directory"),
    "partnership.add_text_version": _("added the text of a commitment in a language"),
    "partnership.assess_gap": _("judged how a State stands to a commitment"),
    "partnership.change_contact": _("corrected an official's entry in the directory"),
    "partnership.confirm_designation": _("confirmed who holds a post"),
    "partnership.designate": _("noted who was designated to a post"),
    "partnership.end_corridor": _("noted until when a corridor was seen"),
    "partnership.end_designation": _("noted that a post had ended"),
    "partnership.end_law_record": _("noted until when a law was in force"),
    "partnership.export_directory": _("took the directory out as a file"),
    "partnership.import_directory": _("read the directory in from a file"),
    "partnership.load_commitments": _("loaded the commitments that States have made"),
    "partnership.move_bill": _("noted how far a bill has come"),
    "partnership.move_outcome": _("noted how far a State has come"),
    "partnership.open_outcome": _("noted what a State takes up"),
    "partnership.read_commitments": _("read commitments and laws"),
    "partnership.read_directory": _("looked into the directory of officials"),
}
