"""Deconfliction: what others plan in the same State, as warnings with level, reason, source and a suggested step.

A plan is compared with what is known of others' plans there. Nothing is forbidden here: bodies differ in mandate, and a
second visit may be wanted. What must never happen (one's own double booking) the database forbids by itself.
"""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

from palermo.partnership.methods.spans import Span
from palermo.vocabulary.themes import load_themes

#: "Same quarter": no more days than a quarter has lie between the two, wherever the calendar's quarters begin.
QUARTER_DAYS = 90
#: A theme that others take up within this many days is an opportunity.
THEME_DAYS = 365
#: How long after its end a visit's report or follow-up is still awaited before one's own plan.
PENDING_DAYS = 730


class Level(StrEnum):
    """How a warning is shown, the most pressing first."""

    RED = "red"
    AMBER = "amber"
    BLUE = "blue"
    GREEN = "green"


class Stage(StrEnum):
    """How far a plan has come."""

    OPEN = "open"  # an idea, a rumour, a plan: it may move
    FIRM = "firm"  # announced or confirmed
    REPORT_PENDING = "report_pending"  # held; its report is not out
    FOLLOW_UP_PENDING = "follow_up_pending"  # reported; what came of it is to be looked at
    OVER = "over"


@dataclass(frozen=True, slots=True)
class Plan:
    """Something that a body does in or about a State.

    Attributes:
        source: key of the record it is read from ("visit:UUID", "step:UUID"); empty for what only free/busy tells.
        presence: whether people come to the State; a questionnaire or a report is no presence.
        greta: whether it rests on the Council of Europe Convention's monitoring, which knows its parties only.
        own: whether it is of the planner's own office.
        certainty: in words, for what is hearsay ("rumour"); empty where it is plain.
        told: who said so, where, when; empty where the record itself is the source.
    """

    source: str
    state: str
    span: Span
    body: str
    title: str
    stage: Stage
    presence: bool = True
    themes: frozenset[str] = frozenset()
    greta: bool = False
    own: bool = False
    certainty: str = ""
    told: str = ""


@dataclass(frozen=True, slots=True)
class Alert:
    """One warning: how pressing, why, from which record, what to do."""

    level: Level
    reason: str
    about: Plan
    step: str
    days_apart: int


def deconflict(plan: Plan, others: Iterable[Plan], *, party: Callable[[str, dt.date], bool]) -> list[Alert]:
    """Warnings on `plan`, the most pressing and nearest first.

    Args:
        plan: what is being planned.
        others: plans of whomever; those of other States, and `plan` itself, are passed over.
        party: whether the Council of Europe Convention binds a State on a day. Outside it GRETA has nothing to plan,
            so an entry that says otherwise is hearsay and raises nothing.
    """
    found: list[Alert] = []
    for other in others:
        if other.state != plan.state or (other.source and other.source == plan.source):
            continue
        if other.greta and not party(other.state, other.span.first):
            continue
        found += _clash(plan, other)
        found += _pending(plan, other)
        found += _opportunity(plan, other)
    order = list(Level)
    return sorted(found, key=lambda one: (order.index(one.level), one.days_apart, one.about.source, one.reason))


def _says(other: Plan) -> str:
    unsure = f" ({other.certainty})" if other.certainty else ""
    return f"{other.body}{unsure}: {other.title}, {other.span}"


def _clash(plan: Plan, other: Plan) -> list[Alert]:
    if not (plan.presence and other.presence):
        return []
    apart = plan.span.days_apart(other.span)
    who = "your own office" if other.own else other.body
    if plan.span.shares_week(other.span):
        when = "at the same time" if plan.span.meets(other.span) else "in the same week"
        step = (
            "Move one of the two, or send one team for both."
            if other.own
            else f"Ask {who} which of the two moves, or make it one joint visit."
        )
        return [Alert(Level.RED, f"{_says(other)}, {when}.", other, _first_ask(other, step), apart)]
    if apart <= QUARTER_DAYS:
        step = (
            "Join the two, or say in each invitation what the other is for."
            if other.own
            else f"Tell {who} your dates and agree who asks whom, so that nobody is asked twice."
        )
        where = "before" if other.span.last < plan.span.first else "after"
        return [
            Alert(Level.AMBER, f"{_says(other)}, {_days(apart)} {where} yours.", other, _first_ask(other, step), apart)
        ]
    return []


def _pending(plan: Plan, other: Plan) -> list[Alert]:
    apart = plan.span.days_apart(other.span)
    if other.span.first > plan.span.last or apart > PENDING_DAYS:
        return []
    if other.stage is Stage.REPORT_PENDING:
        step = (
            "Finish that report first: the State waits for it."
            if other.own
            else f"Ask {other.body} when its report comes, and for its main points before you go."
        )
        return [Alert(Level.BLUE, f"{_says(other)}: its report is not out.", other, step, apart)]
    if other.stage is Stage.FOLLOW_UP_PENDING:
        step = (
            "Take its recommendations along and make this the follow-up."
            if other.own
            else f"Read what {other.body} recommended, and ask whether you may raise it."
        )
        return [Alert(Level.BLUE, f"{_says(other)}: its follow-up is due.", other, step, apart)]
    return []


def _opportunity(plan: Plan, other: Plan) -> list[Alert]:
    apart, shared = plan.span.days_apart(other.span), sorted(plan.themes & other.themes)
    if not shared or apart > THEME_DAYS or other.own:
        return []
    known = load_themes()
    themes = ", ".join(known[code].label.lower() if code in known else code for code in shared)
    if other.presence and other.stage in {Stage.OPEN, Stage.FIRM}:
        step = f"Propose a joint visit to {other.body}."
    else:
        step = f"Propose to {other.body} to share findings."
    reason = f"{_says(other)}, on the same theme ({themes}) within twelve months."
    return [Alert(Level.GREEN, reason, other, _first_ask(other, step), apart)]


def _first_ask(other: Plan, step: str) -> str:
    return f"Have it confirmed first; it is {other.certainty}. {step}" if other.certainty == "rumour" else step


def _days(number: int) -> str:
    return "1 day" if number == 1 else f"{number} days"
