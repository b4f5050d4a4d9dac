"""To ask for a release within the budget, to make it in the background, and to decide on it after its review."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from django.db import transaction

from palermo.office import clock
from palermo.office.domain.acting import at_length, log
from palermo.office.domain.background import defer
from palermo.office.domain.persons import draw_code
from palermo.office.domain.rights import allow
from palermo.office.enums import Role
from palermo.office.models import Member
from palermo.office.sealing import sealed_json
from palermo.prevention.domain.once import insert_once
from palermo.prevention.domain.sealed import keep_content
from palermo.prevention.domain.studies import require_open, said
from palermo.prevention.domain.told_series import of_series
from palermo.prevention.enums import ReleaseState
from palermo.prevention.methods.choices import FLOOR
from palermo.prevention.models import CaseTable, Release, ReleaseReport, Series
from palermo.prevention.queries.releases import spent_of
from palermo.prevention.queries.sealed import content_of
from palermo.vocabulary.errors import Refusal
from palermo.vocabulary.standards import TITLES

if TYPE_CHECKING:
    from palermo.prevention.methods.release import Release as Made

ASK = allow("prevention.ask_release", Role.ANALYST)
WORK = "prevention.make_release"
SYNTHETIC = "synthetic"
#: Tables as CSV by name; what a reader must know; the report for the holder.
Parts = tuple[dict[str, str], dict[str, Any], dict[str, Any]]


@transaction.atomic
def ask_release(
    *, member: Member, table: CaseTable, title: str, epsilon: float, columns: Sequence[str] = (), floor: int = FLOOR
) -> Release:
    """Ask for tables and synthetic records of some columns; what it spends is spent, published or not.

    Args:
        epsilon: of this release, at the budget's delta.
        columns: those to release, all if none.
        floor: least count of any value, pair and kind of record that is shown.

    Raises:
        Refusal: no budget is decided, or the release would overspend it (the database looks too, under a lock).
    """
    require_open(member=member, study=table.study, verb=ASK)
    chosen = [column for column in table.columns if not columns or column in columns]
    if len(chosen) < 2:
        raise Refusal("choose at least two columns", where="columns")
    return spend(member=member, of=table, title=title, epsilon=epsilon, columns=chosen, floor=floor)


def spend(
    *,
    member: Member,
    of: CaseTable | Series,
    title: str,
    epsilon: float,
    columns: list[str],
    floor: int,
    per_person: int | None = None,
) -> Release:
    """Record a release of cases or of a series, and with it what it spends; it is made in the background.

    The caller has asked whether the member may.
    """
    from palermo.prevention.methods.release import rho_for  # noqa: PLC0415 -- heavy

    spent = spent_of(of.study_id)
    if spent is None:
        raise Refusal("no budget is decided for this study", where="epsilon", remedy="Decide on the budget first.")
    if not 2 <= floor <= 1000:
        raise Refusal("the floor must be between 2 and 1000", where="floor")
    rho = rho_for(epsilon, spent.budget.delta)
    try:
        spent.ledger.spend(title, rho)
    except Refusal as refusal:
        raise Refusal(refusal.message, where="epsilon", remedy=refusal.remedy) from refusal
    release = Release(
        agency=member.agency,
        study=of.study,
        code=draw_code(),
        table=of if isinstance(of, CaseTable) else None,
        series=of if isinstance(of, Series) else None,
        per_person=per_person,
        title=said(title, where="title", remedy="A name by which readers find it.", least=3),
        columns=columns,
        floor=floor,
        epsilon=epsilon,
        delta=spent.budget.delta,
        rho=rho,
        asked_at=clock.now(),
        asked_by=member.pk,
    )
    spent_now = "another release has just spent what was left"
    insert_once(release, otherwise=Refusal(spent_now, where="epsilon", remedy="Ask for less."))
    defer(WORK, release=release.pk)
    log(ASK, object_id=release.pk)
    return release


@transaction.atomic
def make_release(*, release: Release) -> Release:
    """Draw the noise, make what may be shown, and look for what attackers would. Background work."""
    if release.state != ReleaseState.QUEUED:
        return release
    try:
        with at_length():
            tables, told, report = (of_series if release.table is None else _of_cases)(release)
    except Refusal as refusal:
        release.state, release.problem = ReleaseState.FAILED, f"{refusal.message} {refusal.remedy}".strip()
        release.save(update_fields=["state", "problem"])
        return release
    whole = {"tables": tables, "told": told}
    keep_content(agency=release.agency, owner_id=release.pk, data=json.dumps(whole, ensure_ascii=False).encode())
    kept = ReleaseReport(agency=release.agency, study_id=release.study_id, release=release, made_at=clock.now())
    kept.sealed_told = sealed_json(**report)
    kept.save(force_insert=True)
    release.state, release.made_at = ReleaseState.REVIEW, clock.now()
    release.save(update_fields=["state", "made_at"])
    return release


def _of_cases(release: Release) -> Parts:
    """Tables and synthetic records of coded cases."""
    from palermo.prevention.formats.records import read_records  # noqa: PLC0415 -- heavy
    from palermo.prevention.methods.release import encode, publish  # noqa: PLC0415 -- heavy

    table = release.table
    assert table is not None
    data = content_of(table.pk)
    codes = {column: table.codes[column] for column in release.columns}
    # A standard's codes say what a 0 means; without one it says "not so" or "not known", which is no fact.
    absent = ("",) if table.preset else ("", "0")
    cases = encode(read_records(data, name=table.name), codes, absent=absent)
    above = {column: up for column, up in table.parents.items() if column in codes}
    made = publish(cases, epsilon=release.epsilon, delta=release.delta, floor=release.floor, parents=above or None)
    report = {"utility": [_finite(asdict(each)) for each in made.utility], **_attack(made)}
    return _csv(made), {**_told(release, made), "standard": TITLES.get(table.preset, "")}, report


def _csv(made: "Made") -> dict[str, str]:
    """The tables and the synthetic records as CSV, by name."""
    return {name: frame.write_csv() for name, frame in {**made.tables, SYNTHETIC: made.synthetic.frame()}.items()}


def _told(release: Release, made: "Made") -> dict[str, Any]:
    """What a reader must know, and nothing of the real cases beyond what the noisy counts told."""
    return {
        "epsilon": release.epsilon,
        "delta": release.delta,
        "floor": release.floor,
        "records": int(made.synthetic.codes.shape[0]),
        "noise": {"single": made.measured.noise[0], "pairs": made.measured.noise[1]},
        "rolled_up": {column: list(values) for column, values in made.measured.rolled.items()},
    }


def _attack(made: "Made") -> dict[str, Any]:
    return {"attack": _finite(asdict(made.attack))}


def _finite(values: dict[str, Any]) -> dict[str, Any]:
    """Without numbers that JSON does not know."""
    return {key: None if isinstance(value, float) and value != value else value for key, value in values.items()}  # noqa: PLR0124 -- not a number
