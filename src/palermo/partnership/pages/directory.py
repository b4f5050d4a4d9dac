"""The directory on a day: how many co-ordinators from how many States, who they are, and whom nobody has confirmed."""

from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from palermo.office.domain.rights import may
from palermo.office.pages.doors import reads
from palermo.partnership.domain.designations import CONFIRM
from palermo.partnership.domain.directory import ADD_CONTACT, READ
from palermo.partnership.enums import Post
from palermo.partnership.models import Contact
from palermo.partnership.pages.fields import DayForm, day_form
from palermo.partnership.queries.directory import Entry, Tally, held_on, tally, unconfirmed, with_people
from palermo.ui.components.layout import link
from palermo.ui.maps.tiles import state_map
from palermo.vocabulary.states import load_states

PER_PAGE = 50


def person(entry: Entry) -> Any:
    """The holder's name with the way to the entry; or that the name is not open to the reader."""
    if entry.contact is None:
        return _("not open to you")
    address = reverse("partnership:contact", args=[entry.contact.pk])
    return format_html('<a href="{}"><bdi>{}</bdi></a>', address, entry.contact)


def whose(entry: Entry) -> Any:
    """The State, with the way to its page, or the organisation."""
    code = entry.designation.state
    if not code:
        return entry.of or _("not open to you")
    return link(reverse("partnership:state", args=[code]), load_states()[code].name)


def row_of(entry: Entry) -> tuple[Any, ...]:
    """A designation as a row: whose, post, who, from, to, document, last confirmed."""
    held = entry.designation
    confirmed = held.confirmed_on or _("never")
    return (
        whose(entry),
        held.get_post_display(),
        person(entry),
        held.since,
        held.until or "–",
        held.document,
        confirmed,
    )


COLUMNS = (_("Of"), _("Post"), _("Who"), _("From"), _("To"), _("Document"), _("Last confirmed"))


class Narrow(DayForm):
    """Which designations of a day are listed."""

    show = forms.ChoiceField(
        label=_("Show"),
        required=False,
        choices=[
            ("", _("all posts")),
            ("together", _("co-ordinators and rapporteurs")),
            *Post.choices,
        ],
    )
    of = forms.ChoiceField(
        label=_("Of"),
        required=False,
        choices=[("", _("all")), ("states", _("participating States")), ("partners", _("Partners for Co-operation"))],
    )

    def keeps(self, entry: Entry) -> bool:
        """Whether the list shows it."""
        asked = self.cleaned_data if self.is_valid() else {}
        wanted = {"": Post.values, "together": [Post.CO_ORDINATOR, Post.RAPPORTEUR]}.get(
            show := asked.get("show") or "", [show]
        )
        state = load_states().get(entry.designation.state)
        kind = "" if state is None else "states" if state.kind == "participating_state" else "partners"
        return entry.designation.post in wanted and (asked.get("of") or kind) == kind


def _tiles(found: Tally) -> list[dict[str, Any]]:
    def tile(label: Any, value: int, reason: Any, **query: str) -> dict[str, Any]:
        asked = "&".join(f"{name}={said}" for name, said in {"day": found.day.isoformat(), **query}.items())
        return {"label": label, "value": value, "reason": reason, "url": f"?{asked}#holders"}

    return [
        tile(
            _("Co-ordinators and rapporteurs"),
            len(found.together.contacts),
            _("persons; who is both counts once"),
            show="together",
        ),
        tile(_("From States and Partners"), len(found.together.states), _("with one or the other"), show="together"),
        tile(
            _("Participating States"),
            len(found.together.participating),
            _("of 57, with one or the other"),
            show="together",
            of="states",
        ),
        tile(_("Partners"), len(found.together.partners), _("of 11"), show="together", of="partners"),
        tile(_("National co-ordinators"), len(found.co_ordinators.contacts), _("persons"), show="co_ordinator"),
        tile(_("National rapporteurs"), len(found.rapporteurs.contacts), _("persons"), show="rapporteur"),
    ]


def _map(found: Tally) -> Any:
    posts = dict.fromkeys(found.together.states, 0.0)
    for holders in (found.co_ordinators, found.rapporteurs):
        for code in holders.states:
            posts[code] += 1
    return state_map(
        posts,
        title=_("Posts known on this day"),
        partners=True,
        breaks=(1.0, 2.0, 3.0, 4.0),
        value_label=_("Posts"),
        lead=_("1: a co-ordinator or a rapporteur; 2: both. Dashed: nothing is known."),
        source=_("this directory"),
    )


@reads(READ)
def directory(request: HttpRequest) -> HttpResponse:
    """Who holds which post on a day. Four statements."""
    form = Narrow(request.GET or None)
    day = form.chosen
    if not request.GET.get("day"):
        form = Narrow({**request.GET.dict(), "day": day})
    found = tally(day)
    entries = [entry for entry in with_people(held_on(day)) if form.keeps(entry)]
    context = {
        "day": day,
        "form": form,
        "tiles": _tiles(found),
        "map": _map(found),
        "columns": COLUMNS,
        "rows": [row_of(entry) for entry in entries],
        "may_write": may(request.user, ADD_CONTACT),
    }
    return render(request, "partnership/directory.html", context)


@reads(READ)
def silent(request: HttpRequest) -> HttpResponse:
    """Designations that nobody has confirmed for a year."""
    form = day_form(request.GET)
    entries = with_people(unconfirmed(form.chosen), as_given=True)
    writes = may(request.user, CONFIRM)
    rows = [(*row_of(entry), _confirm(entry) if writes else "") for entry in entries]
    context = {"form": form, "day": form.chosen, "columns": (*COLUMNS, ""), "rows": rows}
    return render(request, "partnership/unconfirmed.html", context)


def _confirm(entry: Entry) -> Any:
    address = reverse("partnership:designation_confirm", args=[entry.designation.pk])
    return format_html('<a class="button button--small button--plain" href="{}">{}</a>', address, _("Confirm"))


class Search(forms.Form):
    words = forms.CharField(label=_("Name or position"), required=False, max_length=80)


@reads(READ)
def contacts(request: HttpRequest) -> HttpResponse:
    """Everybody in the directory whom the reader's clearance opens, by name."""
    form = Search(request.GET or None)
    found = Contact.objects.order_by("name", "pk")
    if form.is_valid():
        for word in form.cleaned_data["words"].split():
            found = found.filter(name__icontains=word) | found.filter(position__icontains=word)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {"form": form, "page": page, "may_write": may(request.user, ADD_CONTACT)}
    return render(request, "partnership/contacts.html", context)
