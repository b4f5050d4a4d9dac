"""Row-level security of findings. Parts are only added: no version, reply or assessment is changed or taken away."""

from django.db.migrations.operations.base import Operation

from palermo.office.rls import guard, sql_file
from palermo.partnership.access.clearance import cleared, of_parent

_FINDING = "partnership_finding"
_MINE = "written_by = (SELECT office_me())"
#: Other agencies read what is final; drafts, and what the State commented, are the office's and its named readers'.
_TEXTS = """EXISTS (SELECT FROM partnership_finding p WHERE p.id = partnership_findingtext.finding_id
    AND (partnership_findingtext.stage IN ('final', 'published')
        OR p.office_id = (SELECT office_my_agency())))"""
_TEXT_WRITES = """EXISTS (SELECT FROM partnership_finding p WHERE p.id = partnership_findingtext.finding_id
    AND p.office_id = (SELECT partnership_desk()))"""


def _both(table: str, one: str, other: str, *, one_parent: str = _FINDING) -> Operation:
    """A row between two records: read by who reads both, made by who writes one and reads the other."""
    first = f"EXISTS (SELECT FROM {one_parent} q WHERE q.id = {table}.{one}"
    second = f"EXISTS (SELECT FROM {_FINDING} p WHERE p.id = {table}.{other})"
    writes = f"{first} AND q.office_id = (SELECT partnership_desk())) AND {second}"
    return guard(table, reads=f"{first}) AND {second}", writes=writes, may="SELECT, INSERT")


OPERATIONS: list[Operation] = [
    cleared(
        _FINDING,
        may="SELECT, INSERT, UPDATE (clearance, readers)",
        inserts="stage = 'draft' AND status = ''",
    ),
    guard(
        "partnership_findingtext",
        reads=_TEXTS,
        writes=f"{_TEXT_WRITES} AND {_MINE}",
        may="SELECT, INSERT",
    ),
    *(
        of_parent(f"partnership_{table}", "finding_id", _FINDING, may="SELECT, INSERT", inserts=_MINE)
        for table in ("reply", "assessment", "followup")
    ),
    of_parent("partnership_findingprovision", "finding_id", _FINDING, may="SELECT, INSERT"),
    cleared("partnership_measure", may="SELECT, INSERT, UPDATE (clearance, readers)"),
    _both("partnership_measurefinding", "measure_id", "finding_id", one_parent="partnership_measure"),
    _both("partnership_findinglink", "finding_id", "other_id"),
    of_parent("partnership_findingevent", "id", _FINDING, may="SELECT"),
    sql_file(__file__, "findings.sql", "!partnership_finding_stage()", "!partnership_finding_status()"),
]
