"""Publications from plan to release, and media items."""

from functools import partial
from typing import Any
from uuid import UUID

import django_tables2 as tables
from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from palermo.office.domain.rights import may
from palermo.office.pages.doors import Sheet, acts, form_page, reads, sent
from palermo.partnership.domain import publications as verbs
from palermo.partnership.domain.events import READ
from palermo.partnership.enums import MediaKind, PublicationStatus
from palermo.partnership.models import Event, MediaItem, Publication
from palermo.partnership.pages.event_fields import ClearanceForm, LinesField, WhenForm, sheet_of
from palermo.partnership.pages.events import days_of, declared_rows
from palermo.ui.forms import DateInput
from palermo.ui.tables import BadgeColumn, MainColumn, NumberColumn, WorkTable

PER_PAGE = 25
TONES = {"planned": "neutral", "drafting": "info", "published": "safe", "released": "safe"}


class PublicationForm(WhenForm, ClearanceForm):
    title = forms.CharField(label=_("Title"), max_length=300)
    subtitle = forms.CharField(label=_("Subtitle"), max_length=300, required=False)
    series = forms.CharField(label=_("Series"), max_length=120, required=False)
    languages = LinesField(label=_("Languages (three letters)"), longest=3)
    themes = LinesField(label=_("Themes"), longest=40)
    ends_on = None
    field_order = ("title", "subtitle", "series", "when", "date_basis", "languages", "themes", "clearance")


class MoveForm(forms.Form):
    status = forms.ChoiceField(label=_("Where does it stand?"), choices=PublicationStatus.choices)
    when = forms.CharField(
        label=_("Came out"), max_length=10, required=False, help_text=_("2017, 2017-06 or 2017-06-03")
    )
    event = forms.ModelChoiceField(label=_("Released at"), queryset=Event.objects.all(), required=False)


class DownloadsForm(forms.Form):
    downloads = forms.IntegerField(label=_("Downloads in all"), min_value=0, max_value=2**31 - 1)
    on = forms.DateField(label=_("Counted on"), widget=DateInput)


class MediaForm(ClearanceForm):
    title = forms.CharField(label=_("Title"), max_length=300)
    kind = forms.ChoiceField(label=_("Kind"), choices=MediaKind.choices)
    outlet = forms.CharField(label=_("Outlet"), max_length=200, required=False)
    published_on = forms.DateField(label=_("Published"), widget=DateInput)
    address = forms.URLField(label=_("Address"), max_length=500, required=False, assume_scheme="https")
    language = forms.CharField(label=_("Language (three letters)"), max_length=3, required=False)
    event = forms.ModelChoiceField(label=_("Event"), queryset=Event.objects.all(), required=False)
    field_order = ("title", "kind", "outlet", "published_on", "address", "language", "event", "clearance")


class Narrow(forms.Form):
    status = forms.ChoiceField(label=_("Status"), required=False, choices=[("", _("any")), *PublicationStatus.choices])


class PublicationTable(WorkTable):
    title = MainColumn(verbose_name=_("Publication"), linkify=("partnership:publication", {"pk": tables.A("pk")}))
    when = tables.Column(verbose_name=_("When"), order_by=("earliest",), empty_values=())
    status = BadgeColumn(TONES, verbose_name=_("Status"))
    languages = tables.Column(verbose_name=_("Languages"), orderable=False)
    downloads = NumberColumn(verbose_name=_("Downloads"))

    caption = _("Publications")
    empty_help = _("Plan one here, or import a year with “palermo partnership import”.")

    class Meta(WorkTable.Meta):
        attrs = {"class": "work"}

    def render_when(self, record: Publication) -> str:
        return days_of(record)

    def render_languages(self, value: list[str]) -> str:
        return ", ".join(value) or "–"


class MediaTable(WorkTable):
    title = MainColumn(verbose_name=_("Media item"))
    kind = tables.Column(verbose_name=_("Kind"))
    outlet = tables.Column(verbose_name=_("Outlet"))
    published_on = tables.DateColumn(verbose_name=_("Published"), format="SHORT_DATE_FORMAT")

    caption = _("Media items")
    empty_help = _("What the media said about an event or a campaign stands here.")

    class Meta(WorkTable.Meta):
        attrs = {"class": "work"}


@reads(READ)
def publication_index(request: HttpRequest) -> HttpResponse:
    form = Narrow(request.GET or None)
    found = Publication.objects.all()
    if form.is_valid() and form.cleaned_data["status"]:
        found = found.filter(status=form.cleaned_data["status"])
    table = PublicationTable(found, empty_text=_("No publication is kept yet"))
    tables.RequestConfig(request, paginate={"per_page": PER_PAGE, "silent": True}).configure(table)
    context = {"table": table, "form": form, "found": table.paginator.count, "keeps": may(request.user, verbs.KEEP)}
    return render(request, "partnership/publications.html", context)


@reads(READ)
def publication_page(request: HttpRequest, pk: UUID) -> HttpResponse:
    publication = get_object_or_404(Publication.objects.select_related("office", "project", "released_at_event"), pk=pk)
    steps = list(PublicationStatus.values)
    context = {
        "publication": publication,
        "keeps": publication.office_id == request.user.agency_id and may(request.user, verbs.MOVE),
        "steps": [label for _, label in PublicationStatus.choices],
        "step": steps.index(publication.status) + 1,
        "facts": [
            (_("When"), days_of(publication), publication.date_basis if publication.when else ""),
            (_("Series"), publication.series or "–"),
            (_("Languages"), ", ".join(publication.languages)),
            (_("Themes"), ", ".join(publication.themes) or "–"),
            (_("Title as printed"), publication.title_stated),
            (_("Downloads"), publication.downloads, publication.downloads_on or ""),
            (_("Kept by"), publication.office.name),
            (_("Who may read it"), publication.get_clearance_display()),
        ],
        "declared": declared_rows(publication.title, f"publication.{publication.reference}"),
        "crumbs": [(_("Publications"), reverse("partnership:publications"))],
    }
    return render(request, "partnership/publication.html", context)


_sheet = partial(sheet_of, _("Publications"), "partnership:publications", "partnership:publication")


@acts(verbs.KEEP)
def publication_new(request: HttpRequest) -> HttpResponse:
    def act(said: dict[str, Any]) -> str:
        return reverse("partnership:publication", args=[verbs.keep_publication(member=request.user, **said).pk])

    sheet = _sheet(_("Plan a publication"), _("Plan it"), done=_("The publication is planned."))
    return form_page(request, sheet, PublicationForm(sent(request)), act)


@acts(verbs.MOVE)
def publication_move(request: HttpRequest, pk: UUID) -> HttpResponse:
    publication = get_object_or_404(Publication, pk=pk)

    def act(said: dict[str, Any]) -> None:
        verbs.move_publication(member=request.user, publication=publication, **said)

    form = MoveForm(sent(request), initial={"when": publication.when if publication.status == "published" else ""})
    return form_page(request, _sheet(_("It moved forward"), _("Save"), publication), form, act)


@acts(verbs.COUNT)
def publication_downloads(request: HttpRequest, pk: UUID) -> HttpResponse:
    publication = get_object_or_404(Publication, pk=pk)

    def act(said: dict[str, Any]) -> None:
        verbs.count_downloads(member=request.user, publication=publication, **said)

    return form_page(
        request, _sheet(_("Count of downloads"), _("Save"), publication), DownloadsForm(sent(request)), act
    )


@reads(READ)
def media_index(request: HttpRequest) -> HttpResponse:
    table = MediaTable(MediaItem.objects.all(), empty_text=_("No media item is kept yet"))
    tables.RequestConfig(request, paginate={"per_page": PER_PAGE, "silent": True}).configure(table)
    return render(request, "partnership/media.html", {"table": table, "keeps": may(request.user, verbs.MEDIA)})


@acts(verbs.MEDIA)
def media_new(request: HttpRequest) -> HttpResponse:
    def act(said: dict[str, Any]) -> None:
        verbs.keep_media_item(member=request.user, **said)

    back = reverse("partnership:media")
    sheet = Sheet(title=_("A media item"), submit=_("Keep it"), back=back, crumbs=((_("Media items"), back),))
    return form_page(request, sheet, MediaForm(sent(request)), act)
