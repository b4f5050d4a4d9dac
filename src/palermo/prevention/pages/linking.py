"""Linkage of agencies' files: to bring them, to look at doubtful pairs, to count, to give up."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from palermo.office import clock
from palermo.prevention.domain.linking import HELD, LINK, MOST_RECORDS, link_files
from palermo.prevention.domain.pairs import (
    COUNT,
    DECIDE,
    DISCARD,
    count_linking,
    decide_pair,
    discard_linking,
    read_pair,
)
from palermo.prevention.domain.studies import READ
from palermo.prevention.enums import LinkingState, PairVerdict
from palermo.prevention.models import Linking
from palermo.prevention.pages import tones
from palermo.prevention.pages.doors import Sheet, acts, address, crumbs, form_page, link, reads, sent, study_of
from palermo.prevention.pages.pictures import waterfall
from palermo.prevention.pages.pictures.drawing import Picture
from palermo.prevention.queries.linking import decisions_of, held_of
from palermo.ui.components.status import badge
from palermo.ui.forms import DateInput, FilesField, RadioTiles
from palermo.vocabulary.errors import Refusal

if TYPE_CHECKING:
    import polars as pl

    from palermo.prevention.formats.held import Held

PARTS = {
    "name": _("Name"),
    "birth": _("Birth date"),
    "birth_date": _("Birth date"),
    "sex": _("Sex"),
    "citizenship": _("Citizenship"),
    "place": _("Place of birth"),
    "address": _("Address"),
    "occupation": _("Occupation"),
    "met": _("Place where met"),
    "phone": _("Telephone"),
    "document": _("Document"),
}


class LinkForm(forms.Form):
    file = FilesField(
        label=_("Files of all agencies"),
        help_text=_("Made by each agency with “palermo encode”: hashes, no names."),
    )
    names_basis = forms.CharField(
        label=_("Legal basis, if the files hold names"),
        required=False,
        max_length=200,
        help_text=_("The act and its article. Files of hashes need none; files with names are refused without it."),
    )
    delivered_by = forms.CharField(label=_("Delivered by"), max_length=160, help_text=_("Offices, no person."))
    delivered_on = forms.DateField(label=_("Delivered on"), widget=DateInput)


class PairForm(forms.Form):
    verdict = forms.ChoiceField(label=_("What did you find?"), choices=PairVerdict.choices, widget=RadioTiles)
    reason = forms.CharField(label=_("Why?"), max_length=200, help_text=_("It is kept: write no name and no number."))


def linking_of(request: HttpRequest, pk: UUID, part: str = "") -> Linking:
    """A linkage with its study; `part` logs that it was read."""
    one = get_object_or_404(Linking.objects.select_related("study__agency", "agency"), pk=pk)
    study_of(request, one.study_id, part)
    return one


def _way(one: Linking, *more: tuple[Any, str]) -> tuple[tuple[Any, str], ...]:
    return crumbs(one.study, (_("Lists"), address("lists", one.study_id)), *more)


def _sheet(one: Linking, **more: Any) -> Sheet:
    back = address("linking", one.pk)
    return Sheet(**{"back": back, "crumbs": _way(one, (one.name, back)), **more})


@acts(LINK)
def link_add(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = study_of(request, pk)
    sheet = Sheet(
        title=_("Link lists of agencies"),
        submit=_("Link them"),
        back=address("lists", found.pk),
        crumbs=crumbs(found, (_("Lists"), address("lists", found.pk))),
        lead=_(
            "The files are held sealed for %(days)d days at most, and deleted as soon as they are counted."
            " At most %(most)d records."
        )
        % {"days": HELD.days, "most": MOST_RECORDS},
    )

    def act(told: dict[str, Any]) -> str:
        files = [(one.name, one.read()) for one in told.pop("file")]
        return address("linking", link_files(member=request.user, study=found, files=files, **told).pk)

    form = LinkForm(request.POST, request.FILES) if request.method == "POST" else LinkForm()
    return form_page(request, sheet, form, act)


@reads(READ)
def linking(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One linkage: its doubtful pairs. Its own statements: the linkage, the study, decisions, the held files."""
    one = linking_of(request, pk, "linking")
    rows: list[tuple[Any, ...]] = []
    held = one.state == LinkingState.REVIEW and one.until > clock.now()
    if held:
        made = decisions_of(one)
        rows = [
            (
                link(address("pair", one.pk, number), _now("Pair %(n)d") % {"n": number + 1}),
                *_weight(pair),
                made[number].get_verdict_display() if number in made else _now("not yet"),
            )
            for number, pair in enumerate(held_of(one).doubtful.iter_rows(named=True))
        ]
    context = {
        "linking": one,
        "study": one.study,
        "crumbs": _way(one),
        "held": held,
        "rows": rows,
        "state": badge(one.get_state_display(), tones.LINKING[one.state]),  # type: ignore[index]
        "columns": [_("Pair"), _("Evidence"), _("Worth"), _("Decided")],
        "facts": [
            (_("Lists"), ", ".join(one.lists), _("%(n)d records") % {"n": one.records}),
            (_("Linkage"), one.get_linkage_display(), one.names_basis),
            (_("Delivered by"), one.delivered_by, one.delivered_on),
            (_("Held until"), one.until.date(), _("then deleted without counting")),
        ],
    }
    return render(request, "prevention/linking.html", context)


def _weight(pair: dict[str, Any]) -> tuple[Any, Any]:
    """How likely two records are one person, or how many keys agree; and how much a verdict is worth."""
    worth = f"{pair['worth']:.2f}"
    if "probability" in pair:
        return f"{pair['probability']:.0%}", worth
    return _now("%(n)d keys agree, %(of)d are enough") % {"n": pair["keys"], "of": pair["asked"]}, worth


@acts(DECIDE)
def pair(request: HttpRequest, pk: UUID, number: int) -> HttpResponse:
    """Two records side by side, what speaks for one person and what against, and the verdict."""
    one = linking_of(request, pk)
    try:
        held = read_pair(member=request.user, linking=one, pair=number)
    except Refusal as refusal:
        raise Http404 from refusal
    found = held.doubtful.row(number, named=True)
    before = decisions_of(one).get(number)
    following = address("pair", one.pk, number + 1) if number + 1 < one.pairs else address("linking", one.pk)
    sheet = _sheet(
        one,
        title=_("Pair %(n)d of %(of)d") % {"n": number + 1, "of": one.pairs},
        submit=_("Decide"),
        lead=_("Are these two records one person?"),
    )

    def act(told: dict[str, Any]) -> str:
        decide_pair(member=request.user, linking=one, pair=number, **told)
        return following

    kept = {"verdict": before.verdict, "reason": before.reason} if before else None
    return form_page(
        request,
        sheet,
        PairForm(sent(request), initial=kept),
        act,
        template="prevention/pair.html",
        values=_side_by_side(held, found),
        value_columns=["", *_lists_of(held, found)],
        agreement=_agreement(held, found),
        agreement_columns=[_("Key"), _("Agreement")],
        picture=_picture(held, found),
        following=following,
    )


def _lists_of(held: "Held", found: dict[str, Any]) -> list[str]:
    lists = dict(held.found.records.select("record", "source").iter_rows())
    return [lists[found["left"]], lists[found["right"]]]


def _side_by_side(held: "Held", found: dict[str, Any]) -> list[tuple[Any, str, str]]:
    """What the two records say; nothing where only hashes came."""
    if held.shown is None:
        return []
    left, right = (_row(held.shown, found[end]) for end in ("left", "right"))
    named = [name for name in PARTS if name in left and (left[name] or right[name])]
    return [(PARTS[name], left[name] or "–", right[name] or "–") for name in named]


def _row(shown: "pl.DataFrame", record: str) -> dict[str, Any]:
    return shown.filter(shown["record"] == record).row(0, named=True)


def _agreement(held: "Held", found: dict[str, Any]) -> list[tuple[str, Any]]:
    """Of hashes: which keys agree, which differ, which are missing on one side."""
    if held.shown is not None:
        return []
    words = {True: _("agrees"), False: _("differs"), None: _("missing on one side")}
    told = [(name, value) for name, value in found.items() if value is None or isinstance(value, bool)]
    order = {True: 0, False: 1, None: 2}
    return [(name.replace("_", " + "), words[value]) for name, value in sorted(told, key=lambda one: order[one[1]])]


def _picture(held: "Held", found: dict[str, Any]) -> Picture | None:
    """The waterfall of the weight; none where only hashes came."""
    if held.shown is None:
        return None
    parts: dict[str, float] = {}
    for name, value in found.items():
        if name.startswith("mw_"):
            what = name.removeprefix("mw_").removeprefix("tf_adj_")
            parts[what] = parts.get(what, 0.0) + float(value or 0.0)
    rows = [(_now("Any two records"), found["weight"] - sum(parts.values()))]
    rows += [(str(PARTS.get(name, name)), value) for name, value in parts.items()]
    title = _now("What speaks for one person, and what against")
    total = _now("Weight")
    return Picture(
        title=title,
        # Our own drawing: every word in it is escaped where it is drawn (pictures.drawing).
        svg=mark_safe(waterfall.draw(rows, total=total, label=title)),  # noqa: S308
        columns=[_("Comparison"), _("Adds")],
        table=[(name, f"{value:+.1f}") for name, value in [*rows, (total, found["weight"])]],
        lead=_now("Log2 of the odds: each step to the right doubles the odds that they are one person."),
    )


@acts(COUNT)
def linking_count(request: HttpRequest, pk: UUID) -> HttpResponse:
    one = linking_of(request, pk)
    sheet = _sheet(
        one,
        title=_("Count, and delete the files"),
        submit=_("Count"),
        lead=_("Records are joined with all decisions. How many persons are on which lists is kept, and nothing else."),
    )

    def act(_told: dict[str, Any]) -> str:
        return address("overlap", count_linking(member=request.user, linking=one).pk)

    return form_page(request, sheet, forms.Form(sent(request)), act)


@acts(DISCARD)
def linking_discard(request: HttpRequest, pk: UUID) -> HttpResponse:
    one = linking_of(request, pk)
    sheet = _sheet(
        one,
        title=_("Delete the files without counting"),
        submit=_("Delete them"),
        back=address("lists", one.study_id),
        danger=True,
    )

    def act(_told: dict[str, Any]) -> None:
        discard_linking(member=request.user, linking=one)

    return form_page(request, sheet, forms.Form(sent(request)), act)
