"""Ids as people and addresses give them."""

from uuid import UUID


def uuid_of(text: str) -> UUID | None:
    """The id that a text is, None if it is none."""
    try:
        return UUID(text)
    except ValueError:
        return None
