"""What was found from lists: the parts of a run, the newest run, what is published."""

from typing import Any
from uuid import UUID

from palermo.prevention.models import PublishedEstimate, Run, RunPart

CONCLUSION = "conclusion"


def parts_of(run: Run) -> dict[str, Any]:
    """Every part that is made, by its name. One statement."""
    return {part.name: part.told for part in RunPart.objects.filter(run=run).order_by("made_at", "name")}


def newest_done(study_id: UUID) -> Run | None:
    """The newest finished run of a study. One statement."""
    return Run.objects.filter(study_id=study_id, state="done").select_related("table").order_by("-done_at").first()


def published_of(study_id: UUID) -> PublishedEstimate | None:
    """The range that everybody may read. One statement."""
    return PublishedEstimate.objects.filter(study_id=study_id, withdrawn_at=None).first()
