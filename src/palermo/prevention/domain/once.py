"""To insert what may be there once, also where two hands do so at the same moment: the database decides."""

from django.db import IntegrityError, models, transaction

from palermo.vocabulary.errors import Refusal


def insert_once(record: models.Model, *, otherwise: Refusal) -> None:
    """Insert a record; where a constraint or a trigger refuses it, refuse in words and undo nothing else."""
    try:
        with transaction.atomic():
            record.save(force_insert=True)
    except IntegrityError as error:
        raise otherwise from error
