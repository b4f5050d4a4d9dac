"""Findings and reports that tests begin with, made through verbs by the co-ordinator's office."""

import datetime as dt

from records import do

DAY = dt.date(2017, 5, 10)


def finding(
    member, title="The State should train its labour inspectors.", *, state="DK", on=DAY, stage="final", **values
):
    """A recommendation of a visit, with an English text."""
    from palermo.partnership.domain.findings import Source, Wording, record_finding

    body, kind = values.pop("body", ""), values.pop("source_kind", "visit")
    given = {"kind": "recommendation", "themes": ["prevention"], "texts": (Wording("en", title),), **values}
    source = Source(kind, on, "Country visit", body)
    return do(member, record_finding, title=title, source=source, state=state, stage=stage, **given)


def declared(member, name, value, bound="exact", *, year=2017, as_owner=None, **values):
    """A figure that somebody declared."""
    from palermo.office.domain.acting import acting_as
    from palermo.partnership.domain.clearing import cleared_for
    from palermo.partnership.models import DeclaredFigure

    with acting_as(member):
        row = DeclaredFigure(**cleared_for(member=member), name=name, value=value, bound=bound, year=year, **values)
        row.save(force_insert=True)
    return row
