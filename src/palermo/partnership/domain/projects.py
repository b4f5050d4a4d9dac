"""Projects: outputs, lines of the budget, spending against them, contributions of donors."""

import datetime as dt
from typing import Any

from django.db import connection, transaction
from django.db.models import Sum

from palermo.office.domain.acting import log
from palermo.office.domain.rights import allow, require
from palermo.office.models import Member
from palermo.partnership.domain.clearing import DESK
from palermo.partnership.domain.kept import change, check, keep, own, save
from palermo.partnership.enums import Clearance, ContributionKind
from palermo.partnership.formats.records_file import slug
from palermo.partnership.models import BudgetLine, Contribution, Project, ProjectOutput, Spending
from palermo.vocabulary.errors import Refusal
from palermo.vocabulary.money import Money

KEEP = allow("partnership.keep_project", *DESK)
CHANGE = allow("partnership.change_project", *DESK)
OUTPUT = allow("partnership.plan_output", *DESK)
DELIVER = allow("partnership.deliver_output", *DESK)
LINE = allow("partnership.plan_line", *DESK)
SPEND = allow("partnership.record_spending", *DESK)
GIVE = allow("partnership.record_contribution", *DESK)


@transaction.atomic
def keep_project(*, member: Member, title: str, **values: Any) -> Project:
    """Keep a project."""
    require(member, KEEP)
    given = {"title": title, **values}
    given.setdefault("reference", slug(title))
    _check_days(given)
    project = keep(Project, member=member, values=given)
    log(KEEP, object_id=project.id)
    return project


@transaction.atomic
def change_project(*, member: Member, project: Project, **values: Any) -> Project:
    """Change a project; the log says which fields."""
    require(member, CHANGE)
    _check_days(values)
    log(CHANGE, object_id=project.id, fields=change(project, member=member, verb=CHANGE, values=values))
    return project


def _check_days(values: dict[str, Any]) -> None:
    starts, ends = values.get("starts"), values.get("ends")
    if starts and ends and ends < starts:
        raise Refusal("it ends before it begins", where="ends", remedy="Give the later day as the end.")


@transaction.atomic
def plan_output(*, member: Member, project: Project, title: str, due: dt.date | None = None) -> ProjectOutput:
    """Say what a project is to bring about, and by when."""
    require(member, OUTPUT)
    own(project, member=member, verb=OUTPUT)
    output = ProjectOutput(project=project, title=title, due=due)
    check(output)
    log(OUTPUT, object_id=project.id)
    return save(output)


@transaction.atomic
def deliver_output(*, member: Member, output: ProjectOutput, on: dt.date, evidence: str) -> None:
    """Say that an output was delivered, with its evidence."""
    require(member, DELIVER)
    own(output.project, member=member, verb=DELIVER)
    if not evidence.strip():
        raise Refusal("there is no evidence", where="evidence", remedy="Name a document, an event or a publication.")
    output.done_on, output.evidence = on, evidence.strip()
    check(output)
    output.save(update_fields=["done_on", "evidence"])
    log(DELIVER, object_id=output.project_id)


@transaction.atomic
def plan_line(*, member: Member, project: Project, code: str, title: str, amount: str, currency: str) -> BudgetLine:
    """Add a line to a project's budget; `amount` is a plain decimal in major units."""
    require(member, LINE)
    own(project, member=member, verb=LINE)
    money = _money(amount, currency)
    if money.minor < 0:
        raise Refusal("a line is not below nought", where="amount", remedy="Give what is planned.")
    line = BudgetLine(project=project, code=code, title=title, currency=money.currency, minor=money.minor)
    check(line)
    log(LINE, object_id=project.id)
    return save(line, twice=f"there is a line {code} already")


@transaction.atomic
def record_spending(*, member: Member, line: BudgetLine, on: dt.date, amount: str, what: str) -> Spending:
    """Write down money spent against a line, in the line's currency; a correction has the other sign.

    Raises:
        Refusal: more is spent than the line has left, or more is taken back than was spent.
    """
    require(member, SPEND)
    own(line.project, member=member, verb=SPEND)
    with connection.cursor() as cursor:  # two who spend the rest at once wait for each other
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [str(line.pk)])
    money = _money(amount, line.currency)
    spent = line.spending.aggregate(sum=Sum("minor"))["sum"] or 0
    if spent + money.minor > line.minor:
        left = Money(line.minor - spent, line.currency)
        raise Refusal(f"the line has {left} left", where="amount", remedy="Spend less, or plan another line first.")
    if money.minor == 0 or spent + money.minor < 0:
        raise Refusal("this takes back more than was spent", where="amount", remedy="Correct by what was too much.")
    row = Spending(project_id=line.project_id, line=line, on=on, minor=money.minor, what=what)
    check(row)
    log(SPEND, object_id=line.project_id)
    return save(row)


def _money(amount: str, currency: str) -> Money:
    money = Money.parse(amount, currency.strip().upper())
    if abs(money.minor) > 10**15:
        raise Refusal("the amount is too large", where="amount", remedy="Check the digits.")
    return money


@transaction.atomic
def record_contribution(
    *,
    member: Member,
    donor: str,
    kind: str,
    year: int,
    project: Project | None = None,
    amount: str = "",
    currency: str = "",
    anonymous: bool = False,
    **values: Any,
) -> Contribution:
    """Write down what a donor gives: money, something in kind, or staff. One who asks is named to the office only.

    Raises:
        Refusal: money without an amount; an anonymous donor under an open clearance.
    """
    require(member, GIVE)
    if project is not None:
        own(project, member=member, verb=GIVE)
    if anonymous and values.get("clearance", Clearance.OFFICE) not in {Clearance.OFFICE, Clearance.NAMED}:
        raise Refusal(
            "the donor asked not to be named", where="clearance", remedy="Keep it to the office, or to named persons."
        )
    given = {"donor": donor, "kind": kind, "year": year, "project": project, "anonymous": anonymous, **values}
    if kind == ContributionKind.MONEY:
        money = _money(amount, currency)
        if money.minor <= 0:
            raise Refusal("money given is above nought", where="amount", remedy="Give the amount.")
        given |= {"currency": money.currency, "minor": money.minor}
    given.setdefault("reference", slug(donor, kind, year, project.reference if project else "", values.get("what", "")))
    row = keep(Contribution, member=member, values=given)
    log(GIVE, object_id=row.id, kind=kind)
    return row
