"""Row-level security of commitments, law register and outcomes. A part is seen and written as its whole."""

from django.db.migrations.operations.base import Operation

from palermo.partnership.access.clearance import cleared, of_parent

# A text names the instrument twice; the two must be one, or it would be read under another's clearance.
_OF_ITS_PROVISION = (
    "EXISTS (SELECT FROM partnership_provision v WHERE v.id = provision_id"
    " AND v.instrument_id = partnership_textversion.instrument_id)"
)

# Nobody enters or judges in another's name, nor about what they do not see.
_ENTERED = "entered_by = (SELECT office_me())"
_ASSESSED = (
    "assessed_by = (SELECT office_me())"
    " AND EXISTS (SELECT FROM partnership_provision v WHERE v.id = partnership_gapassessment.provision_id)"
    " AND (law_id IS NULL OR EXISTS (SELECT FROM partnership_lawrecord l WHERE l.id = partnership_gapassessment.law_id"
    " AND l.state = partnership_gapassessment.state))"
)

OPERATIONS: list[Operation] = [
    cleared(
        "partnership_instrument",
        may="SELECT, INSERT, UPDATE (clearance, readers, title, body, meeting, source, grade, grade_note)",
    ),
    of_parent(
        "partnership_provision", "instrument_id", "partnership_instrument", may="SELECT, INSERT, UPDATE (themes)"
    ),
    of_parent(
        "partnership_textversion",
        "instrument_id",
        "partnership_instrument",
        may="SELECT, INSERT, UPDATE (text, source)",
        inserts=_OF_ITS_PROVISION,
    ),
    # The law register is not overwritten: a law gets its last day, all else is a new row.
    cleared("partnership_lawrecord", may="SELECT, INSERT, UPDATE (clearance, readers, until)", inserts=_ENTERED),
    cleared("partnership_gapassessment", may="SELECT, INSERT", inserts=_ASSESSED),
    cleared("partnership_bill", may="SELECT, INSERT, UPDATE (clearance, readers)"),
    of_parent("partnership_billstep", "bill_id", "partnership_bill", may="SELECT, INSERT", inserts=_ENTERED),
    cleared("partnership_stateoutcome", may="SELECT, INSERT, UPDATE (clearance, readers)"),
    of_parent(
        "partnership_outcomestep", "outcome_id", "partnership_stateoutcome", may="SELECT, INSERT", inserts=_ENTERED
    ),
    of_parent("partnership_instrumentevent", "pgh_obj_id", "partnership_instrument", may="SELECT"),
    of_parent("partnership_provisionevent", "instrument_id", "partnership_instrument", may="SELECT"),
    of_parent("partnership_textversionevent", "instrument_id", "partnership_instrument", may="SELECT"),
]
