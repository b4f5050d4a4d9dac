"""What prosecution adds to the main navigation."""


def enter() -> None:
    """Register the entries; called once when the applications are ready."""
