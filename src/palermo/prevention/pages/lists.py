"""Lists: what was delivered, how they overlap, to bring some and to withdraw some."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from palermo.prevention.domain.lists import KEEP, WITHDRAW, keep_lists, withdraw_lists
from palermo.prevention.domain.studies import READ
from palermo.prevention.enums import Linkage
from palermo.prevention.models import Linking, ListTable
from palermo.prevention.pages.doors import Sheet, acts, address, crumbs, form_page, link, reads, study_of, tabs
from palermo.prevention.pages.pictures import upset
from palermo.prevention.pages.pictures.drawing import Picture
from palermo.prevention.queries.tables import groups_of, lists_of
from palermo.ui.components.status import badge
from palermo.ui.forms import DateInput, RadioTiles

if TYPE_CHECKING:
    from palermo.prevention.methods.estimation import Lists


class ListsForm(forms.Form):
    file = forms.FileField(
        label=_("File"),
        help_text=_("CSV: 0 or 1 for each list and a last column of counts, or one row a person. No names."),
    )
    by = forms.CharField(
        label=_("Columns that name groups, if any"),
        required=False,
        max_length=200,
        help_text=_("Such as sex, age, form: with commas between. Each group is then estimated apart."),
    )
    linkage = forms.ChoiceField(
        label=_("How was it found out who is one person?"), choices=Linkage.choices, widget=RadioTiles
    )
    delivered_by = forms.CharField(label=_("Delivered by"), max_length=160, help_text=_("An office, no person."))
    delivered_on = forms.DateField(label=_("Delivered on"), widget=DateInput)


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Why?"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))


@reads(READ)
def lists(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Every table of lists of a study. Its own statements: the study, the tables, the linkages."""
    found = study_of(request, pk, "lists")
    rows = [
        (
            link(address("overlap", one.pk), one.name),
            ", ".join(one.lists),
            one.observed,
            one.shared,
            f"{one.delivered_by}, {one.delivered_on}",
            badge(_("withdrawn"), "warn") if one.withdrawn_at else badge(_("in use"), "safe"),
        )
        for one in ListTable.objects.filter(study=found).defer("groups")
    ]
    columns = [_("File"), _("Lists"), _("Known persons"), _("On two or more"), _("Delivered"), _("State")]
    linkings = [
        (
            link(address("linking", one.pk), one.name),
            ", ".join(one.lists),
            one.records,
            one.get_linkage_display(),
            one.get_state_display(),
        )
        for one in Linking.objects.filter(study=found)
    ]
    context = {
        "study": found,
        "tabs": tabs(found, "lists"),
        "columns": columns,
        "rows": rows,
        "linkings": linkings,
        "linking_columns": [_("Files"), _("Lists"), _("Records"), _("Linkage"), _("State")],
    }
    return render(request, "prevention/lists.html", context)


@acts(KEEP)
def lists_add(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = study_of(request, pk)
    sheet = Sheet(
        title=_("Bring lists"),
        submit=_("Read and keep the counts"),
        back=address("lists", found.pk),
        crumbs=crumbs(found, (_("Lists"), address("lists", found.pk))),
        lead=_("The file is read and forgotten: only how many are on which lists together is kept."),
    )

    def act(told: dict[str, Any]) -> str:
        file = told.pop("file")
        by = tuple(part.strip() for part in told.pop("by").split(",") if part.strip())
        kept = keep_lists(member=request.user, study=found, name=file.name, data=file.read(), by=by, **told)
        return address("overlap", kept.pk)

    form = ListsForm(request.POST, request.FILES) if request.method == "POST" else ListsForm()
    return form_page(request, sheet, form, act)


def table_of(request: HttpRequest, pk: UUID, part: str = "") -> ListTable:
    """A table of lists with its study; `part` logs that it was read."""
    one = get_object_or_404(ListTable.objects.select_related("study__agency"), pk=pk)
    study_of(request, one.study_id, part)
    return one


def upset_of(lists: "Lists") -> Picture:
    """How the lists overlap, as picture and as table."""
    found = upset.overlaps_of(lists.names, lists.counts.tolist())
    title = _now("How many persons are on exactly these lists")
    left = len(found) - upset.MOST
    drawn = upset.draw(lists.names, found, label=title)
    return Picture(
        title=title,
        # Our own drawing: every word in it is escaped where it is drawn (pictures.drawing).
        svg=mark_safe(drawn),  # noqa: S308
        columns=[_("On these lists and no other"), _("Lists"), _("Persons")],
        table=[(" + ".join(one.lists), len(one.lists), one.persons) for one in found],
        lead=_now("Joined dots: on two lists or more; an estimate rests on these alone.")
        + (_now(" The %(n)d rarest combinations are in the table only.") % {"n": left} if left > 0 else ""),
        numeric="2,3",
    )


@reads(READ)
def overlap(request: HttpRequest, pk: UUID) -> HttpResponse:
    """How lists overlap. Its own statements: the table, the study."""
    one = table_of(request, pk, "overlap")
    whole = lists_of(one)
    groups = [(", ".join(group), lists.observed, lists.shared) for group, lists in groups_of(one).items() if one.by]
    context = {
        "table": one,
        "study": one.study,
        "crumbs": crumbs(one.study, (_("Lists"), address("lists", one.study_id))),
        "picture": upset_of(whole),
        "groups": groups,
        "group_columns": [", ".join(one.by), _("Known persons"), _("On two lists or more")],
        "facts": [
            (_("Delivered by"), one.delivered_by, one.delivered_on),
            (_("Linkage"), one.get_linkage_display()),
            ("SHA-256", one.sha256, _("of the file, which is not kept")),
        ],
    }
    return render(request, "prevention/overlap.html", context)


@acts(WITHDRAW)
def lists_withdraw(request: HttpRequest, pk: UUID) -> HttpResponse:
    one = table_of(request, pk)
    sheet = Sheet(
        title=_("Withdraw these lists"),
        submit=_("Withdraw them"),
        back=address("overlap", one.pk),
        crumbs=crumbs(one.study, (_("Lists"), address("lists", one.study_id))),
        lead=_("Nothing new is estimated from them. What was estimated keeps its record."),
        danger=True,
    )

    def act(told: dict[str, Any]) -> None:
        withdraw_lists(member=request.user, table=one, **told)

    form = ReasonForm(request.POST if request.method == "POST" else None)
    return form_page(request, sheet, form, act)
