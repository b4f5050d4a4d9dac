"""Where the shared calendar's entries come from. A subject adds its own by `register_calendar_source`."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from palermo.partnership.enums import Certainty, ExternalBody, InitiativeKind, VisitStatus
from palermo.partnership.formats.plan_rows import PRESENCES
from palermo.partnership.methods.calendar import Entry
from palermo.partnership.methods.spans import Span
from palermo.partnership.models import ExternalStep, Initiative, Visit
from palermo.vocabulary.conventions import bound_by_convention

#: Gives the entries that meet a span and that the member at work may read.
Source = Callable[[Span], Iterable[Entry]]

#: Initiatives for which nobody has to be anywhere.
ABSENT_KINDS = frozenset({InitiativeKind.PUBLICATION, InitiativeKind.CAMPAIGN, InitiativeKind.PROJECT})
_SOURCES: dict[str, Source] = {}
VISIT_CERTAINTY = {
    VisitStatus.IDEA: Certainty.RUMOUR,
    VisitStatus.PLANNED: Certainty.PLANNED,
    VisitStatus.AGREED: Certainty.PLANNED,
    VisitStatus.CONFIRMED: Certainty.ANNOUNCED,
    VisitStatus.CANCELLED: Certainty.CANCELLED,
}


def register_calendar_source(name: str, source: Source) -> None:
    """Add a source (in `AppConfig.ready` or at import); the same name again replaces it, so reloading is harmless."""
    _SOURCES[name] = source


def source_names() -> list[str]:
    """The names of all sources, in order."""
    return sorted(_SOURCES)


@dataclass(frozen=True)
class Filter:
    """What a reader wants to see; an empty field narrows nothing."""

    structure: str = ""
    state: str = ""
    theme: str = ""
    kind: str = ""
    source: str = ""

    @classmethod
    def of(cls, said: Mapping[str, Any]) -> "Filter":
        """From a query or a saved filter; what is not known is passed over, what is too long is cut."""
        return cls(**{name: str(said.get(name) or "")[:60] for name in cls.__dataclass_fields__})

    def said(self) -> dict[str, str]:
        """The fields that narrow, as they are saved and stand in an address."""
        return {name: value for name in self.__dataclass_fields__ if (value := getattr(self, name))}

    def lets(self, entry: Entry) -> bool:
        """Whether the entry is wanted."""
        return (
            (not self.structure or entry.structure == self.structure)
            and (not self.state or self.state in entry.states)
            and (not self.theme or self.theme in entry.themes)
            and (not self.kind or entry.kind == self.kind)
            and (not self.source or entry.source == self.source)
        )


def entries_in(span: Span, wanted: Filter | None = None, *, cancelled: bool = False) -> list[Entry]:
    """The entries that meet a span, by day; one statement a source.

    Args:
        span: the days.
        wanted: what to narrow to.
        cancelled: with those that were cancelled (a subscribed calendar must learn of it).
    """
    asked = wanted or Filter()
    sources = [source for name, source in _SOURCES.items() if not asked.source or name == asked.source]
    found = [entry for source in sources for entry in source(span) if asked.lets(entry)]
    found = [entry for entry in found if cancelled or entry.certainty != Certainty.CANCELLED]
    return sorted(found, key=lambda entry: (entry.span, entry.title, entry.uid))


def _visits(span: Span) -> Iterable[Entry]:
    for visit in Visit.objects.filter(starts__lte=span.last, ends__gte=span.first).select_related("office"):
        yield Entry(
            uid=f"visit-{visit.pk}",
            source="visit",
            title=visit.title,
            span=Span(visit.starts, visit.ends),  # type: ignore[arg-type]  # the filter asks for days
            kind="visit",
            structure=visit.office.name,
            states=(visit.state,),
            themes=tuple(visit.themes),
            certainty=str(VISIT_CERTAINTY.get(VisitStatus(visit.status), Certainty.DONE)),
            clearance=visit.clearance,
            sequence=visit.sequence,
            changed_at=visit.changed_at,
            url=reverse("partnership:visit", args=[visit.pk]),
        )


def _initiatives(span: Span) -> Iterable[Entry]:
    for one in Initiative.objects.filter(starts__lte=span.last, ends__gte=span.first):
        yield Entry(
            uid=f"initiative-{one.pk}",
            source="initiative",
            title=one.title,
            span=one.span,
            kind=one.kind,
            structure=one.structure,
            states=tuple(one.states),
            themes=tuple(one.themes),
            certainty=one.certainty,
            clearance=one.clearance,
            sequence=one.sequence,
            changed_at=one.changed_at,
            url=reverse("partnership:initiative", args=[one.pk]),
            presence=one.kind not in ABSENT_KINDS,
        )


def _steps(span: Span) -> Iterable[Entry]:
    found = ExternalStep.objects.filter(starts__lte=span.last, ends__gte=span.first).select_related("cycle")
    for step in found:
        yield Entry(
            uid=f"step-{step.pk}",
            source="step",
            title=str(step),
            span=step.span,
            kind=step.step,
            structure=step.cycle.body,
            states=(step.state,),
            themes=tuple(step.themes),
            certainty=step.certainty,
            clearance=step.clearance,
            sequence=step.sequence,
            changed_at=step.changed_at,
            url=reverse("partnership:step", args=[step.pk]),
            # Outside the Convention GRETA has nothing to plan: an entry that says otherwise is hearsay and clashes with
            # nothing, as in deconfliction.
            presence=step.step in PRESENCES
            and (step.cycle.body != ExternalBody.GRETA or bound_by_convention(step.state, step.starts)),
        )


register_calendar_source("visit", _visits)
register_calendar_source("initiative", _initiatives)
register_calendar_source("step", _steps)
