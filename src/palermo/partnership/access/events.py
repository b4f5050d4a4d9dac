"""Row-level security of events, attendance, outreach, projects and their money."""

from django.db.migrations.operations.base import Operation

from palermo.office.rls import guard, sql_file
from palermo.partnership.access.clearance import cleared, of_parent

_OFFICES = "EXISTS (SELECT FROM {parent} p WHERE p.id = {table}.{column} AND p.office_id = (SELECT office_my_agency()))"
_SEEN = "EXISTS (SELECT FROM {parent} p WHERE p.id = {table}.{column})"
_DESKS = "EXISTS (SELECT FROM {parent} p WHERE p.id = {table}.{column} AND p.office_id = (SELECT partnership_desk()))"


def of_office(table: str, column: str, parent: str, *, may: str, or_if: str = "") -> Operation:
    """Policies of parts of a record that only members of its office see, or whoever sees it where `or_if` holds."""
    names = {"table": table, "column": column, "parent": parent}
    reads = _OFFICES.format(**names)
    if or_if:
        reads = f"({reads} OR ({or_if} AND EXISTS (SELECT FROM {parent} p WHERE p.id = {table}.{column})))"
    return guard(table, reads=reads, writes=_DESKS.format(**names), may=may)


def history(table: str, column: str = "pgh_obj_id", parent: str = "", *, office: bool = False) -> Operation:
    """Policies of the history of `table`, which only triggers write.

    Args:
        table: the table whose history it is.
        column: the column of the history that names the cleared record whose policy decides.
        parent: the table of that record, if not `table`; a history asks no table that asks a policy again.
        office: for members of the record's office only.
    """
    names = {"table": f"{table}event", "column": column, "parent": parent or table}
    reads = _OFFICES.format(**names) if office else _SEEN.format(**names)
    return guard(f"{table}event", reads=reads, writes="false", may="SELECT")


_ALL = "SELECT, INSERT, UPDATE, DELETE"
#: What never changes once a record is kept: its id, its office, when it was entered.
_DATED = 'clearance, readers, reference, title, "when", earliest, latest, date_basis'
OPERATIONS: list[Operation] = [
    cleared(
        "partnership_event",
        may=f"SELECT, INSERT, UPDATE ({_DATED}, kind, our_role, status, place, places, organiser, co_organisers,"
        " themes, states, audience, languages, project_id, train_the_trainers, note)",
    ),
    of_parent("partnership_eventsession", "event_id", "partnership_event", may=_ALL),
    of_parent("partnership_eventdocument", "event_id", "partnership_event", may=_ALL),
    of_parent("partnership_eventrecommendation", "event_id", "partnership_event", may=_ALL),
    cleared("partnership_network", may="SELECT, INSERT, UPDATE (clearance, readers, title, standing, months)"),
    of_office(
        "partnership_attendance",
        "event_id",
        "partnership_event",
        may="SELECT, INSERT, DELETE, UPDATE (name, organisation, state, delegation, capacity, gender, sector, step,"
        " mode, trained, trained_as_trainer, publish_name, invited_at, registered_at, source)",
        or_if="partnership_attendance.publish_name = 'all' AND partnership_attendance.step = 'present'",
    ),
    cleared(
        "partnership_publication",
        may=f"SELECT, INSERT, UPDATE ({_DATED}, subtitle, series, title_stated, status, languages, themes, downloads,"
        " downloads_on, project_id, released_at_event_id)",
    ),
    cleared(
        "partnership_mediaitem",
        may="SELECT, INSERT, UPDATE (clearance, readers, title, kind, outlet, published_on,"
        " address, language, event_id)",
    ),
    cleared(
        "partnership_project",
        may="SELECT, INSERT, UPDATE (clearance, readers, title, budget, starts, ends, hosts, partners,"
        " internal_partners, themes, aim)",
    ),
    of_parent("partnership_projectoutput", "project_id", "partnership_project", may=_ALL),
    of_office(
        "partnership_budgetline", "project_id", "partnership_project", may="SELECT, INSERT, UPDATE (title, minor)"
    ),
    of_office("partnership_spending", "project_id", "partnership_project", may="SELECT, INSERT"),
    cleared(
        "partnership_contribution",
        may="SELECT, INSERT, UPDATE (clearance, readers, donor, state, kind, project_id, currency, minor, what,"
        " earmark, year, anonymous)",
    ),
    *(history(f"partnership_{name}") for name in ("event", "publication", "project", "contribution")),
    history("partnership_eventrecommendation", "event_id", "partnership_event"),
    history("partnership_attendance", "event_id", "partnership_event", office=True),
    history("partnership_spending", "project_id", "partnership_project", office=True),
    sql_file(__file__, "events.sql"),
]
