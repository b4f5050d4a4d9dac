"""What partnership adds to the main navigation."""

from palermo.partnership.pages.event_entries import enter_events


def enter() -> None:
    """Register the entries; called once when the applications are ready."""
    enter_events()
