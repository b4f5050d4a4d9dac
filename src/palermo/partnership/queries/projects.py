"""What the pages of projects ask."""

from django.db.models import Sum

from palermo.partnership.methods.budget import LineLeft
from palermo.partnership.models import Project
from palermo.vocabulary.money import Money


def lines_of(project: Project) -> list[LineLeft]:
    """A project's lines with what is left of them; empty for whoever is not of its office. One statement."""
    rows = project.lines.annotate(spent=Sum("spending__minor")).order_by("code")
    return [
        LineLeft(row.code, row.title, Money(row.minor, row.currency), Money(row.spent or 0, row.currency))
        for row in rows
    ]
