"""Where a row of a ledger was read from."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Origin:
    """The statement's file, its SHA-256, the line in it."""

    file: str
    sha256: str
    line: int
