"""To leave work for later in the same transaction as the record that needs it."""

import json
from uuid import UUID

from django.db import connection

from palermo.office.domain.acting import at_work


def defer(work: str, /, **ids: UUID) -> None:
    """Put work into the queue of the agency at work here; if the transaction is undone, so is this.

    Args:
        work: the name under which a room's `tasks.py` registered it (`office.tasks.deferred`).
        ids: what it is about. Ids only: the queue holds no data.
    """
    at_work()
    with connection.cursor() as cursor:
        cursor.execute("SELECT office_defer(%s, %s::jsonb)", [work, json.dumps({k: str(v) for k, v in ids.items()})])
