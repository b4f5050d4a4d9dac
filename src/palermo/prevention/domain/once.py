"""To take a file in once: its size and digest, what its reader refuses, and the insert, which the database decides."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import IntegrityError, models, transaction

from palermo.vocabulary.errors import Refusal


def digest_of_file(data: bytes, *, name: str, most: int) -> str:
    """The SHA-256 of a file.

    Args:
        name: of the file.
        most: bytes at most.

    Raises:
        Refusal: it is empty or too large.
    """
    if not data or len(data) > most:
        told = "the file is empty" if not data else f"the file is larger than {most // 1_000_000} MB"
        raise Refusal(told, where="file", remedy=name)
    return hashlib.sha256(data).hexdigest()


@contextmanager
def at_the_file() -> Iterator[None]:
    """What a reader refuses is put at the form's field for the file, its place in the sentence."""
    try:
        yield
    except Refusal as refusal:
        if refusal.where == "file":
            raise
        told = f"{refusal.where}: {refusal.message}" if refusal.where else refusal.message
        raise Refusal(told, where="file", remedy=refusal.remedy) from refusal


def insert_once(record: models.Model, *, otherwise: Refusal) -> None:
    """Insert a record; where a constraint or a trigger refuses it, refuse in words and undo nothing else."""
    try:
        with transaction.atomic():
            record.save(force_insert=True)
    except IntegrityError as error:
        raise otherwise from error
