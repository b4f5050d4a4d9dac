"""What the board draws: tiles with their definitions, funnel, days, waits, places, agencies."""

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from django.utils.translation import gettext as _

from palermo.protection.queries.board import AgencyCount, Board, SiteCount, Wait
from palermo.ui.charts import kinds
from palermo.ui.maps.tiles import cell_map

#: Hours within which an answer is usually due; an agency's own time may differ and counts in the table.
USUAL_HOURS = 24
_CLASS_HOURS, _LAST_CLASS = 3, 72


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.0%}" if whole else ""


def _tile(label: str, value: int, source: str, *, reason: str = "", tone: str = "neutral") -> dict[str, Any]:
    return {"label": label, "value": value, "source": source, "reason": reason, "tone": tone}


def tiles(board: Board) -> list[dict[str, Any]]:
    """The board's numbers, each with what it counts and why it looks as it does."""
    t = board.totals
    child = _("%(n)d on the child’s path") % {"n": t.children}
    screened = _("%(share)s of those who arrived") % {"share": _share(t.screened, t.arrived)} if t.arrived else ""
    presumed = _("%(share)s of those screened") % {"share": _share(t.presumed, t.screened)} if t.screened else ""
    return [
        _tile(
            _("Arrived"),
            t.arrived,
            _("Persons registered with an arrival in the period, at all agencies"),
            reason=child,
        ),
        _tile(_("Screened"), t.screened, _("Of these, with a finished screening"), reason=screened),
        _tile(
            _("Waiting for a judgement"),
            t.to_judge,
            _("Screened, and nobody has judged the presumption yet"),
            tone="warn" if t.to_judge else "neutral",
        ),
        _tile(
            _("Presumed"),
            t.presumed,
            _("Of those screened, judged “presumed victim” by a person"),
            reason=presumed,
        ),
        _tile(_("Referred"), t.referred, _("Of those who arrived, with a referral to another agency")),
        _tile(
            _("Waiting for an answer"),
            t.waiting,
            _("Referrals sent in the period without an answer now"),
            tone="warn" if t.waiting else "neutral",
        ),
        _tile(
            _("Overdue"), t.overdue, _("Of these, past the recipient’s time"), tone="danger" if t.overdue else "safe"
        ),
        _tile(
            _("Children waiting for a guardian"),
            t.guardians_waiting,
            _("Asked for in the period, nobody appointed now"),
            reason=_("%(n)d past the time") % {"n": t.guardians_overdue} if t.guardians_overdue else "",
            tone="danger" if t.guardians_overdue else "warn" if t.guardians_waiting else "neutral",
        ),
        _tile(_("Declined"), t.declined, _("Referrals sent in the period that the recipient declined")),
    ]


def funnel(board: Board) -> Any:
    t = board.totals
    stages = [
        (_("Arrived"), t.arrived),
        (_("Screened"), t.screened),
        (_("Presumed"), t.presumed),
        (_("Referred"), t.referred),
        (_("Accepted"), t.accepted),
    ]
    return kinds.funnel(
        stages,
        title=_("From arrival to acceptance"),
        lead=_("Persons who arrived in the period; accepted by at least one agency."),
        source=_("records of all agencies, this period"),
    )


def days(board: Board) -> Any:
    words = {"arrived": _("Arrived"), "screened": _("Screened"), "presumed": _("Presumed")}
    rows = [
        {"day": day.day, "series": words[name], "persons": getattr(day, name)} for day in board.days for name in words
    ]
    return kinds.lines(
        rows,
        time="day",
        value="persons",
        series="series",
        title=_("By day of arrival"),
        labels={"day": _("Day"), "series": _("What"), "persons": _("Persons")},
        source=_("records of all agencies, this period"),
    )


def _spread(waits: Iterable[Wait]) -> list[float]:
    """A waiting time for each, in the middle of its class, so that the chart's classes hold them as counted."""
    return [wait.hours + _CLASS_HOURS / 2 for wait in waits for _each in range(wait.count)]


def _bins(hours: list[float]) -> int:
    longest = max([USUAL_HOURS * 1.25, *hours])
    width = _CLASS_HOURS if longest <= 2 * USUAL_HOURS else 2 * _CLASS_HOURS
    return round(longest / width)


def answers(board: Board) -> Any:
    hours = _spread(board.answers)
    answered, in_time = sum(a.answered for a in board.agencies), sum(a.in_time for a in board.agencies)
    lead = _("%(in_time)d of %(answered)d answers came within the recipient’s own time.") % {
        "in_time": in_time,
        "answered": answered,
    }
    return kinds.waiting(
        hours,
        deadline=USUAL_HOURS,
        bins=_bins(hours),
        title=_("How long a referral waited for its answer"),
        lead=lead,
        labels={"count": _("Referrals")},
        source=_("records of all agencies, in steps of three hours; the last is 72 hours or more"),
    )


def screenings(board: Board) -> Any:
    hours = _spread(board.screenings)
    return kinds.waiting(
        hours,
        deadline=USUAL_HOURS,
        bins=_bins(hours),
        title=_("How long an arrival waited for the end of a screening"),
        source=_("records of all agencies, in steps of three hours; the last is 72 hours or more"),
    )


def _codes(names: Iterable[str]) -> dict[str, str]:
    """Short, unlike codes of places: initials, or the first three letters, numbered where two are alike."""
    found: dict[str, str] = {}
    for name in names:
        words = [word for word in name.replace("-", " ").split() if word[:1].isalnum()]
        code = ("".join(word[0] for word in words)[:3] if len(words) > 1 else name[:3]).upper()
        taken = set(found.values())
        found[name] = next(c for c in (code, *(f"{code}{n}" for n in range(2, 99))) if c not in taken)
    return found


def _cells(sites: Iterable[SiteCount]) -> list[dict[str, Any]]:
    """One cell a position; places that share one are added up."""
    sites = list(sites)
    codes = _codes(site.name for site in sites)
    cells: dict[tuple[int, int], dict[str, Any]] = {}
    for site in sites:
        cell = cells.setdefault(
            (site.column, site.row),
            {"code": codes[site.name], "name": site.name, "column": site.column, "row": site.row, "value": 0},
        )
        if cell["name"] != site.name:
            cell["name"] += f", {site.name}"
        cell["value"] += site.presumed
    return list(cells.values())


def places(board: Board) -> Any:
    return cell_map(
        _cells(board.sites),
        title=_("Presumed by place of arrival"),
        value_label=_("Presumed"),
        lead=_("One cell a facility, where it lies in the region."),
        source=_("records of all agencies, this period"),
    )


def _agency(count: AgencyCount) -> dict[str, Any]:
    return {**asdict(count), "share": _share(count.in_time, count.answered)}


def agencies(board: Board) -> list[dict[str, Any]]:
    """Rows of the table, those with something overdue first."""
    return [_agency(count) for count in board.agencies]


def charts(board: Board) -> list[Any]:
    """The drawings that have something to draw."""
    drawn = [funnel(board)]
    drawn += [days(board)] if len(board.days) > 1 else []
    drawn += [answers(board)] if board.answers else []
    drawn += [screenings(board)] if board.screenings else []
    drawn += [places(board)] if board.sites else []
    return drawn
