"""Raw SQL as the application with a member's pass: what a stolen session could say."""

import pytest
from django.db import connection, transaction


@pytest.fixture
def sql_as(house):
    """`sql_as(member, query, params)` runs SQL as `palermo_app` with the member's live pass; rows or the number of them."""
    from palermo.office.domain.acting import acting_as

    def run(member, query, params=None):
        with acting_as(member), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(query, params)
            return cursor.fetchall() if cursor.description else cursor.rowcount

    return run
