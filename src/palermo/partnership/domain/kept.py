"""To keep and to change records with a clearance: the one way in which the verbs of events and projects write."""

from collections.abc import Iterator
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from psycopg.errors import CheckViolation, UniqueViolation

from palermo.office.domain.rights import require_own
from palermo.office.models import Member
from palermo.partnership.domain.clearing import cleared_for
from palermo.vocabulary.errors import Refusal

Record = TypeVar("Record", bound=models.Model)


def check(record: models.Model) -> None:
    """Hold a record to the rules of its columns; what it refers to is the database's to check.

    Raises:
        Refusal: names the field that is wrong.
    """
    try:
        record.clean_fields(exclude={"readers", *_left(record)})
    except ValidationError as error:
        field, said = next(iter(error.message_dict.items()))
        raise Refusal(said[0], where=field, remedy="Mend it and save again.") from error


def _left(record: models.Model) -> Iterator[str]:
    for field in record._meta.concrete_fields:  # noqa: SLF001 -- Django's documented way to a model's fields
        if field.is_relation or (field.null and getattr(record, field.attname) is None):
            yield field.name


def constraint_of(error: IntegrityError) -> str:
    """The name of the constraint that the database held against a row; empty if it names none."""
    return str(getattr(getattr(error.__cause__, "diag", None), "constraint_name", None) or "")


def save(record: Record, *, twice: str = "there is one of that name already") -> Record:
    """Insert a record; a second of the same name, or one that breaks a rule of its row, is refused.

    Any other constraint is our mistake and no one's to mend in a form: it goes on as it is.
    """
    try:
        with transaction.atomic():
            record.save(force_insert=True)
    except IntegrityError as error:
        if isinstance(error.__cause__, UniqueViolation):
            raise Refusal(twice, remedy="Choose another name, or change the one there is.") from error
        if isinstance(error.__cause__, CheckViolation):
            rule = constraint_of(error).removeprefix("partnership_").replace("_", " ")
            raise Refusal(f"the record breaks a rule ({rule})", remedy="Look at what was filled in.") from error
        raise
    return record


def keep(model: type[Record], *, member: Member, values: dict[str, Any]) -> Record:
    """Make a record of the member's office under its clearance."""
    given = dict(values)
    top = cleared_for(member=member, **{key: given.pop(key) for key in ("clearance", "readers") if key in given})
    record = model(**top, **given)
    check(record)
    return save(record)


def change(record: Record, *, member: Member, verb: str, values: dict[str, Any]) -> list[str]:
    """Change a record of the member's office.

    Returns:
        The names of the fields that changed, for the log.
    """
    own(record, member=member, verb=verb)
    given = dict(values)
    if "clearance" in given:
        top = cleared_for(
            member=member,
            clearance=given.pop("clearance"),
            readers=given.pop("readers", getattr(record, "readers", ())),
        )
        given |= {"clearance": top["clearance"], "readers": top["readers"]}
    changed = [name for name, value in given.items() if getattr(record, name) != value]
    for name in changed:
        setattr(record, name, given[name])
    if changed:
        check(record)
        record.save(update_fields=changed)
    return changed


def own(record: models.Model, *, member: Member, verb: str) -> None:
    """Refuse unless the record is kept by the member's office.

    Raises:
        NotAllowed: another office keeps it.
    """
    require_own(member, getattr(record, "office_id", None), verb, what="this record")
