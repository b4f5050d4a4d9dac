"""Row-level security of the directory: organisations, officials, designations, corridors."""

from django.db.migrations.operations.base import Operation

from palermo.office.rls import sql_file
from palermo.partnership.access.clearance import cleared, of_parent

# A row names only what its writer sees, so that nobody learns by a foreign key whether something is there.
_SEES = (
    "(partnership_{table}.{column} IS NULL"
    " OR EXISTS (SELECT FROM partnership_{parent} s WHERE s.id = partnership_{table}.{column}))"
)

OPERATIONS: list[Operation] = [
    cleared(
        "partnership_organisation", may="SELECT, INSERT, UPDATE (clearance, readers, name, kind, state, structure)"
    ),
    cleared(
        "partnership_contact",
        may="SELECT, INSERT, UPDATE (clearance, readers, name, name_own_script, organisation_id, position, email,"
        " phone, languages, consented_on)",
        inserts=_SEES.format(table="contact", column="organisation_id", parent="organisation"),
    ),
    # Whose post it was, since when and on which document is never rewritten; it ends, and it is confirmed.
    cleared(
        "partnership_designation",
        may="SELECT, INSERT, UPDATE (clearance, readers, until, document_until, confirmed_on, confirmed_by)",
        inserts="confirmed_by IS NOT DISTINCT FROM CASE WHEN confirmed_on IS NOT NULL THEN (SELECT office_me()) END"
        " AND "
        + _SEES.format(table="designation", column="contact_id", parent="contact")
        + " AND "
        + _SEES.format(table="designation", column="organisation_id", parent="organisation"),
    ),
    cleared("partnership_corridor", may="SELECT, INSERT, UPDATE (clearance, readers, evidence, source, grade, until)"),
    *(
        of_parent(f"partnership_{name}event", "pgh_obj_id", f"partnership_{name}", may="SELECT")
        for name in ("organisation", "contact", "designation", "corridor")
    ),
    sql_file(__file__, "seats.sql"),
]
