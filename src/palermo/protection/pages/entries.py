"""What protection adds to the main navigation."""

from django.utils.translation import gettext_lazy as _

from palermo.office.domain.persons import REGISTER
from palermo.office.enums import NoticeKind
from palermo.office.pages.doors import sees
from palermo.office.pages.links import NEEDS, OPENS
from palermo.protection.pages import counts
from palermo.ui.navigation import Entry, register


def enter() -> None:
    """Register the entries; called once when the applications are ready."""
    for kind in (NoticeKind.GUARDIAN_ASKED, NoticeKind.GUARDIAN_OVERDUE, NoticeKind.GUARDIAN_APPOINTED):
        OPENS[kind], NEEDS[kind] = "protection:guardian_note", counts.READS_GUARDIANS
    for kind in (NoticeKind.REFERRAL_RECEIVED, NoticeKind.REFERRAL_ANSWERED, NoticeKind.REFERRAL_OVERDUE):
        OPENS[kind], NEEDS[kind] = "protection:referral", counts.SENDS
    NEEDS[NoticeKind.REFERRAL_RECEIVED] = counts.ANSWERS
    for kind in (NoticeKind.CONSENT_WITHDRAWN, NoticeKind.DATA_RECALLED):
        OPENS[kind], NEEDS[kind] = "protection:data_ended", counts.ANSWERS
    OPENS[NoticeKind.CONCERN_RECEIVED] = "protection:concern_page"
    NEEDS[NoticeKind.CONCERN_RECEIVED] = counts.READS_CONCERNS
    section = _("Protection")
    register(
        Entry(_("Today"), "protection:home", icon="house", order=10),
        Entry(_("Arrivals"), "protection:arrivals", "people", section, 24, sees(REGISTER)),
        Entry(_("Board"), "protection:board", "board", section, 20, sees(counts.READS_BOARD)),
        Entry(
            _("Referrals received"),
            "protection:inbox",
            "inbox",
            section,
            30,
            sees(counts.ANSWERS),
            counts.waiting_answers,
        ),
        Entry(
            _("Guardians asked for"),
            "protection:guardians",
            "child",
            section,
            31,
            counts.appoints,
            counts.waiting_guardians,
        ),
        Entry(_("Referrals sent"), "protection:sent", "send", section, 32, sees(counts.SENDS)),
        Entry(_("Cases"), "protection:cases", "case", section, 28, sees(counts.READS_CASES)),
        Entry(_("Concerns"), "protection:concerns", "speech", section, 40, sees(counts.READS_CONCERNS)),
    )
