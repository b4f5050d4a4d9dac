"""Row-level security of questionnaires, and the door for respondents without an account."""

from django.db.migrations.operations.base import Operation

from palermo.office.rls import at_the_door, sql_file
from palermo.partnership.access.clearance import cleared, of_parent
from palermo.partnership.access.events import history, of_office

_LINK = ("partnership_open_answers(bytea, bytea)", "partnership_give_answers(bytea, bytea, jsonb, boolean)")

OPERATIONS: list[Operation] = [
    cleared("partnership_questionnaire", may="SELECT, INSERT, UPDATE (clearance, readers, title, purpose)"),
    of_parent(
        "partnership_questionnaireversion",
        "questionnaire_id",
        "partnership_questionnaire",
        may="SELECT, INSERT, UPDATE (fixed_at)",
    ),
    of_parent(
        "partnership_question",
        "questionnaire_id",
        "partnership_questionnaire",
        may="SELECT, INSERT, DELETE",
        inserts="EXISTS (SELECT FROM partnership_questionnaireversion v WHERE v.id = partnership_question.version_id"
        " AND v.questionnaire_id = partnership_question.questionnaire_id AND v.fixed_at IS NULL)",
    ),
    cleared("partnership_round", may="SELECT, INSERT, UPDATE (clearance, readers, title, closes_on)"),
    of_office(
        "partnership_respondent",
        "round_id",
        "partnership_round",
        may="SELECT, INSERT, UPDATE (token_hash, code_hash, link_made_at, tries, submitted_at)",
    ),
    of_office(
        "partnership_answer",
        "round_id",
        "partnership_round",
        may="SELECT, INSERT, DELETE, UPDATE (value, evidence, at)",
    ),
    history("partnership_answer", "round_id", "partnership_round", office=True),
    sql_file(__file__, "answers.sql", *_LINK),
    at_the_door(functions=_LINK),
]
