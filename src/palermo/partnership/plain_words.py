"""What partnership did, in words that a person can read. None of its verbs is about a person whom we protect."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WORDS: dict[str, Promise] = {
    "partnership.assess_finding": _("judged how far a State has come with a recommendation"),
    "partnership.follow_up_finding": _("noted that a recommendation came up again"),
    "partnership.freeze_report": _("fixed the figures of a report"),
    "partnership.import_findings": _("read recommendations in from a file"),
    "partnership.link_findings": _("linked two recommendations"),
    "partnership.publish_finding": _("published a recommendation"),
    "partnership.publish_report": _("published a report"),
    "partnership.read_findings": _("read recommendations to States"),
    "partnership.read_reports": _("looked at figures, without names"),
    "partnership.record_finding": _("wrote down a recommendation to a State"),
    "partnership.record_measure": _("noted what a State did"),
    "partnership.record_reply": _("noted what a State answered"),
    "partnership.recount_figure": _("counted a figure of a report again"),
    "partnership.write_finding_text": _("wrote a version of a recommendation"),
    "partnership.write_report": _("wrote at a report"),
}
