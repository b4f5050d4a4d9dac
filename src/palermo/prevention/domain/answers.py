"""The parts of an estimate, one at a time: methods, near ties, changed lists, groups, the conclusion."""

from collections.abc import Mapping
from typing import Any

from palermo.prevention.methods.choices import METHODS
from palermo.prevention.models import ListTable, Run
from palermo.prevention.queries.runs import CONCLUSION
from palermo.prevention.queries.tables import groups_of, lists_of

TIES, VARIANTS, GROUPS = "ties", "variants", "groups"
#: Above, a search for near ties or changed lists would take minutes.
SEARCHABLE = 8
#: Resamples of each group at most; groups are many.
OF_GROUPS = 2_000


def parts_for(asked: Mapping[str, Any], table: ListTable) -> list[str]:
    """Names of the parts that a run has, in the order in which they are made."""
    searched = [TIES, VARIANTS] if len(table.lists) <= SEARCHABLE else []
    return [*asked["methods"], *searched, *([GROUPS] if table.by else []), CONCLUSION]


def answer(run: Run, name: str, before: Mapping[str, Any]) -> Any:
    """One part as JSON.

    Args:
        run: with its table.
        name: of the part.
        before: the parts that are made already.
    """
    from palermo.prevention.formats.strata import as_object as strata_object  # noqa: PLC0415 -- heavy
    from palermo.prevention.formats.survey import estimate_object, estimate_of, variant_object  # noqa: PLC0415 -- heavy
    from palermo.prevention.methods.estimation import by_method, by_strata, conclude, tied, variants  # noqa: PLC0415 -- heavy

    asked, lists = run.asked, lists_of(run.table)
    for method in METHODS:
        if name == method:
            known = {key: asked[key] for key in ("threshold", "order", "resamples", "seed")}
            return estimate_object(by_method(lists, method, **known))
    if name == TIES:
        return [estimate_object(each) for each in tied(lists, order=asked["order"])]
    if name == VARIANTS:
        changed = variants(lists, threshold=asked["threshold"], order=asked["order"])
        return [variant_object(each) for each in changed]
    if name == GROUPS:
        resamples = min(asked["resamples"] or OF_GROUPS, OF_GROUPS)
        kept = {"threshold": asked["threshold"], "resamples": resamples, "seed": asked["seed"]}
        return strata_object(by_strata(groups_of(run.table), by=tuple(run.table.by), **kept))
    methods = [estimate_of(before[method]) for method in METHODS if method in before]
    return conclude(lists, methods, [estimate_of(each) for each in before.get(TIES, [])])
