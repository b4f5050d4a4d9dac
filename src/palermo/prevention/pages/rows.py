"""Released tables, as they stand in their files."""

import csv
import io


def rows_of(text: str) -> list[dict[str, str]]:
    """The rows of a released table."""
    return list(csv.DictReader(io.StringIO(text)))
