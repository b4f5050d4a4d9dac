"""To ask a ledger where money went, which patterns and red flags it shows; answered step by step in the background."""

import json
from collections.abc import Callable, Sequence
from typing import Any

from django.db import transaction

from palermo.office import clock
from palermo.office.domain.acting import at_length, log
from palermo.office.domain.background import defer
from palermo.office.domain.rights import allow
from palermo.office.enums import Role
from palermo.office.models import Member
from palermo.prosecution.domain.investigations import require_open
from palermo.prosecution.domain.sealed import keep_content, sealed_json
from palermo.prosecution.enums import AnalysisKind, AnalysisState
from palermo.prosecution.methods.tracing import Rule
from palermo.prosecution.models import Analysis, Book
from palermo.prosecution.queries.books import ledger_in, names_in, part_id, part_of, rows_of, units_of
from palermo.prosecution.queries.sealed import opened
from palermo.vocabulary.errors import Refusal

TRACE = allow("prosecution.ask_trace", Role.INVESTIGATOR)
BACK = allow("prosecution.ask_back", Role.INVESTIGATOR)
SEARCH = allow("prosecution.ask_search", Role.INVESTIGATOR)
WORK = "prosecution.analyse"
#: Answers that a court is to rest on: accounts that are not proven are closed to them.
_RESTS = (AnalysisKind.TRACE, AnalysisKind.BACK)
SURVIVORS = "survivors"


@transaction.atomic
def ask_trace(
    *,
    member: Member,
    book: Book,
    accounts: Sequence[str],
    currency: str = "",
    through_unproven: bool = False,
    opening_enough: bool = True,
) -> Analysis:
    """Ask where everything went that these accounts paid, under every rule.

    Args:
        accounts: as the ledger calls them.
        currency: one trace follows one currency; the commonest of the ledger if empty.
        through_unproven: follow also through accounts whose statements do not prove that nothing is missing.
        opening_enough: accounts whose statements nobody holds were never overdrawn.
    """
    require_open(member=member, investigation=book.investigation, verb=TRACE)
    if not accounts:
        raise Refusal("say whose payments to follow", where="accounts", remedy="Choose at least one account.")
    unit = currency or units_of(book)[0]
    if set(accounts) - set(names_in(rows_of(book))):
        raise Refusal("there is no such account in the ledger", where="accounts", remedy="Write it as it stands there.")
    question = {
        "accounts": sorted(set(accounts)),
        "currency": unit,
        "through_unproven": through_unproven,
        "opening_enough": opening_enough,
    }
    return _ask(member, book, AnalysisKind.TRACE, question, steps=len(Rule) + 1, verb=TRACE)


@transaction.atomic
def ask_back(
    *, member: Member, book: Book, row: str, through_unproven: bool = False, opening_enough: bool = True
) -> Analysis:
    """Ask where the money of one payment came from: first in, first out in reverse.

    Args:
        row: the payment's id in the ledger; it says the currency.
    """
    require_open(member=member, investigation=book.investigation, verb=BACK)
    units_of(book)
    rows = rows_of(book)
    units = rows.filter(rows["id"] == row.strip())["currency"].to_list()
    if not units:
        raise Refusal("there is no such row in the ledger", where="row", remedy="Copy its id from an account's page.")
    question = {
        "row": row.strip(),
        "currency": units[0],
        "through_unproven": through_unproven,
        "opening_enough": opening_enough,
    }
    return _ask(member, book, AnalysisKind.BACK, question, steps=1, verb=BACK)


@transaction.atomic
def ask_search(*, member: Member, book: Book, kind: str, currency: str = "", threshold: str = "") -> Analysis:
    """Ask for patterns or red flags.

    Args:
        threshold: the reporting duty of the country, as text; 10,000 of the currency if empty.
    """
    require_open(member=member, investigation=book.investigation, verb=SEARCH)
    if kind not in (AnalysisKind.PATTERNS, AnalysisKind.FLAGS):
        raise Refusal("this is no search", where="kind")
    question = {"currency": currency or units_of(book)[0], "threshold": threshold}
    return _ask(member, book, kind, question, steps=1, verb=SEARCH)


def _ask(member: Member, book: Book, kind: str, question: dict[str, Any], *, steps: int, verb: str) -> Analysis:
    units_of(book)
    analysis = Analysis(
        agency=member.agency,
        investigation=book.investigation,
        book=book,
        kind=kind,
        sealed_question=sealed_json(**question),
        steps=steps,
        asked_at=clock.now(),
        asked_by=member.pk,
    )
    analysis.save(force_insert=True)
    defer(WORK, analysis=analysis.pk)
    log(verb, object_id=analysis.pk, kind=kind)
    return analysis


@transaction.atomic
def analyse(*, analysis: Analysis) -> Analysis:
    """Do the next step and leave the one after it for the next piece of work, so that each is seen when it is done."""
    if analysis.state in (AnalysisState.DONE, AnalysisState.FAILED):
        return analysis
    name = _steps(analysis)[analysis.done]
    try:
        with at_length():
            answer = _answer(analysis, name)
    except Refusal as refusal:
        analysis.state, analysis.sealed_problem = AnalysisState.FAILED, sealed_json(message=str(refusal))
        analysis.save(update_fields=["state", "sealed_problem"])
        return analysis
    data = json.dumps(answer, ensure_ascii=False).encode()
    keep_content(agency=analysis.agency, owner_id=part_id(analysis.pk, name), data=data)
    analysis.done += 1
    finished = analysis.done == analysis.steps
    analysis.state = AnalysisState.DONE if finished else AnalysisState.WORKING
    analysis.done_at = clock.now() if finished else None
    analysis.save(update_fields=["state", "done", "done_at"])
    if not finished:
        defer(WORK, analysis=analysis.pk)
    return analysis


def _steps(analysis: Analysis) -> list[str]:
    if analysis.kind == AnalysisKind.TRACE:
        return [*(rule.value for rule in Rule), SURVIVORS]
    return [analysis.kind]


def _answer(analysis: Analysis, name: str) -> dict[str, Any]:
    from palermo.prosecution.domain import answers  # noqa: PLC0415 -- heavy

    question = opened(analysis.sealed_question)
    rows = rows_of(analysis.book)
    # Patterns and signs look at every account, also where the statements prove nothing: they are leads.
    asked = question if analysis.kind in _RESTS else question | {"through_unproven": True}
    ledger = ledger_in(analysis.book, rows, currency=question["currency"], question=asked)
    if name == SURVIVORS:
        parts = {rule.value: part_of(analysis, rule.value) for rule in Rule}
        return answers.answer_survivors(ledger, parts)
    if analysis.kind == AnalysisKind.TRACE:
        return answers.answer_rule(ledger, rows, Rule(name), question["accounts"])
    if analysis.kind == AnalysisKind.BACK:
        return answers.answer_back(ledger, rows, question["row"])
    search: dict[str, Callable[[Any, Any, str], dict[str, Any]]] = {
        AnalysisKind.PATTERNS: answers.answer_patterns,
        AnalysisKind.FLAGS: answers.answer_flags,
    }
    return search[analysis.kind](ledger, rows, question["threshold"])
