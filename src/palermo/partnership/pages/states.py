"""The 57 States and 11 Partners at a glance, and the page of one."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from palermo.office.domain.rights import may
from palermo.office.pages.doors import reads
from palermo.partnership.domain.commitments import READ
from palermo.partnership.domain.law import ADD_LAW
from palermo.partnership.enums import Gap, LawPoint, OutcomeStage, Stage
from palermo.partnership.pages.corridors import row_of as corridor_row
from palermo.partnership.pages.directory import row_of
from palermo.partnership.pages.fields import day_form
from palermo.partnership.pages.state_parts import parts_of
from palermo.partnership.queries.directory import Entry, corridors_of, of_state, tally, with_people
from palermo.partnership.queries.law import bills_of, gaps_of, points_of, states_with_law
from palermo.partnership.queries.outcomes import outcomes_of
from palermo.ui.components.layout import link
from palermo.ui.maps.tiles import state_map
from palermo.vocabulary.commitments import GRADES
from palermo.vocabulary.conventions import load_parties
from palermo.vocabulary.processes import load_processes
from palermo.vocabulary.states import State, load_states

#: Two posts and the points of law: what can be known of a State at a glance.
MOST = 2 + len(LawPoint)
KINDS = {
    "participating_state": _("participating State"),
    "partner_mediterranean": _("Mediterranean Partner for Co-operation"),
    "partner_asian": _("Asian Partner for Co-operation"),
}
GAP_TONES = {Gap.MET: "safe", Gap.PARTLY: "warn", Gap.NOT_MET: "danger", Gap.NOT_KNOWN: "neutral"}
COVER_TONES = {"yes": "safe", "partly": "warn", "no": "danger"}
STAGE_TONES = {
    Stage.ADOPTED: "safe",
    Stage.IN_FORCE: "safe",
    Stage.DROPPED: "neutral",
    OutcomeStage.INTERESTED: "info",
    OutcomeStage.DRAFTING: "warn",
    OutcomeStage.ADOPTED: "safe",
}


def state_or_404(code: str) -> State:
    """The State or Partner of that code."""
    state = load_states().get(code)
    if state is None:
        raise Http404
    return state


def state_url(code: str) -> str:
    """The address of a State's page."""
    return reverse("partnership:state", args=[code])


@reads(READ)
def states(request: HttpRequest) -> HttpResponse:
    """A tile a State, shaded by how much is known of it on a day. Two statements."""
    form = day_form(request.GET)
    found, law = tally(form.chosen), states_with_law()
    held = {code: [] for code in load_states()}  # type: dict[str, list[Any]]
    for holders, word in ((found.co_ordinators, _("co-ordinator")), (found.rapporteurs, _("rapporteur"))):
        for code in holders.states:
            held[code].append(word)
    known = {code: float(len(posts) + law.get(code, 0)) or None for code, posts in held.items()}
    rows = [
        (
            link(state_url(state.iso2), state.name),
            KINDS[state.kind],
            ", ".join(str(word) for word in held[state.iso2]) or None,
            law.get(state.iso2),
        )
        for state in sorted(load_states().values(), key=lambda state: state.name)
    ]
    figure = state_map(
        known,
        title=_("What is known of each State"),
        partners=True,
        breaks=(2.0, 4.0, 6.0, 8.0),
        value_label=_("Known"),
        lead=_("A co-ordinator, a rapporteur and eight points of law: ten at most. Dashed: nothing is known."),
        source=_("directory and law register"),
    )
    columns = (_("State"), _("Kind"), _("Posts held on this day"), _("Points of law known, of eight"))
    return render(request, "partnership/states.html", {"form": form, "map": figure, "columns": columns, "rows": rows})


def _facts(state: State, day: Any) -> list[tuple[Any, ...]]:
    party = load_parties().get(state.iso2)
    bound = party is not None and party.bound_on(day)
    note = _("Council of Europe Convention, CETS 197")
    if party:
        note = f"{note}; {party.source} [{party.grade}]"
    processes = [one.name for one in load_processes().values() if state.iso2 in one.taking_part(day)]
    since = _("bound since %(day)s") % {"day": party.since} if party and bound else _("not bound")
    return [
        (_("Kind"), KINDS[state.kind]),
        (_("Joined"), str(state.joined)),
        (_("Convention"), since, note),
        (_("Processes"), "; ".join(processes) or _("none of the three")),
    ]


def _posts(code: str, day: Any) -> dict[str, list[tuple[Any, ...]]]:
    entries = with_people(of_state(code))
    entries.sort(key=lambda entry: (entry.designation.post, entry.designation.since), reverse=True)

    def held(entry: Entry) -> bool:
        one = entry.designation
        return one.since <= day and (one.until is None or one.until >= day)

    return {
        "held": [row_of(entry)[1:] for entry in entries if held(entry)],
        "others": [row_of(entry)[1:] for entry in entries if not held(entry)],
    }


@reads(READ)
def state_page(request: HttpRequest, code: str) -> HttpResponse:
    """Everything about one State that the reader's clearance opens."""
    state = state_or_404(code)
    form = day_form(request.GET)
    day = form.chosen
    context = {
        "state": state,
        "form": form,
        "day": day,
        "facts": _facts(state, day),
        "posts": _posts(code, day),
        "points": points_of(code, day),
        "gaps": gaps_of(code),
        "bills": bills_of(code),
        "outcomes": outcomes_of(code),
        "corridors": [corridor_row(one) for one in corridors_of(code)],
        "parts": parts_of(request, code),
        "grades": GRADES,
        "gap_tones": GAP_TONES,
        "cover_tones": COVER_TONES,
        "stage_tones": STAGE_TONES,
        "may_write": may(request.user, ADD_LAW),
        "crumbs": ((_("States"), reverse("partnership:states")),),
        "post_columns": (_("Post"), _("Who"), _("From"), _("To"), _("Document"), _("Last confirmed")),
    }
    return render(request, "partnership/state.html", context)
