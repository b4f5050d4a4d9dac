"""Questions about commitments: which there are, and one with its provisions and texts."""

from uuid import UUID

from django.db.models import Prefetch, QuerySet

from palermo.partnership.models import Instrument, Provision


def commitments() -> QuerySet[Instrument]:
    """Instruments by date with their provisions and the provisions' texts. Three statements."""
    provisions = Provision.objects.prefetch_related("texts")
    return Instrument.objects.prefetch_related(Prefetch("provisions", provisions))


def commitment(pk: UUID) -> Instrument | None:
    """One of them, if the reader's clearance opens it. Three statements."""
    return commitments().filter(pk=pk).first()
