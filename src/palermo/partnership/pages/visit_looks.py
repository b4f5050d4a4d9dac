"""How visits, certainties and warnings look."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from palermo.partnership.enums import Certainty, VisitStatus
from palermo.partnership.methods.deconfliction import Alert, Level
from palermo.partnership.methods.spans import Span
from palermo.partnership.models import Visit
from palermo.partnership.queries.teams import bound_elsewhere
from palermo.vocabulary.themes import load_themes

STATUS = {
    VisitStatus.IDEA: "neutral",
    VisitStatus.PLANNED: "info",
    VisitStatus.AGREED: "info",
    VisitStatus.CONFIRMED: "safe",
    VisitStatus.DONE: "warn",
    VisitStatus.REPORTED: "info",
    VisitStatus.FOLLOWED_UP: "safe",
    VisitStatus.CLOSED: "neutral",
    VisitStatus.CANCELLED: "danger",
}
CERTAINTY = {
    Certainty.RUMOUR: "warn",
    Certainty.PLANNED: "info",
    Certainty.ANNOUNCED: "safe",
    Certainty.DONE: "neutral",
    Certainty.CANCELLED: "danger",
}
#: Level → word, tone, icon. The word stands beside the colour.
LEVELS: dict[Level, tuple[Any, str, str]] = {
    Level.RED: (_("Same week"), "danger", "danger"),
    Level.AMBER: (_("Same quarter"), "warn", "warn"),
    Level.BLUE: (_("Still pending"), "info", "clock"),
    Level.GREEN: (_("Opportunity"), "safe", "people"),
}
#: The source of a warning where the record itself is it.
_TOLD = {
    "visit": _("visits of %(body)s"),
    "initiative": _("shared calendar, entered for %(body)s"),
    "": _("free/busy of %(body)s"),
}
_PAGES = {"visit": "partnership:visit", "step": "partnership:step", "initiative": "partnership:initiative"}


def theme_labels(codes: Iterable[str]) -> list[str]:
    """Labels of themes; a code that is on no list stands for itself."""
    known = load_themes()
    return [known[code].label if code in known else code for code in codes]


def alerts_on_team(visit: Visit, span: Span) -> list[dict[str, Any]]:
    """Warnings on members of a visit's team whom another visit binds on these days. One statement."""
    reason = _("%(name)s is on “%(title)s” in %(state)s, %(days)s.")
    return [
        {
            "word": _("Bound elsewhere"),
            "tone": "danger",
            "icon": "danger",
            "reason": reason
            % {"name": one.name, "title": one.visit.title, "state": one.visit.state_name, "days": one.visit.span},
            "step": _("Send somebody else, or move one of the two."),
            "url": reverse("partnership:visit", args=[one.visit_id]),
        }
        for one in bound_elsewhere(visit, span, [person.key for person in visit.team.all()])
    ]


def alerts_of(alerts: Sequence[Alert]) -> list[dict[str, Any]]:
    """Warnings as a page shows them, with the address of the record that each rests on."""
    shown = []
    for alert in alerts:
        word, tone, icon = LEVELS[alert.level]
        kind, _colon, pk = alert.about.source.partition(":")
        url = reverse(_PAGES[kind], args=[pk]) if kind in _PAGES else ""
        shown.append(
            {
                "word": word,
                "tone": tone,
                "icon": icon,
                "reason": alert.reason,
                "step": alert.step,
                "url": url,
                "told": alert.about.told or _TOLD[kind] % {"body": alert.about.body},
            }
        )
    return shown
