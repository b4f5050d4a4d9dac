"""A small world for proofs: a person in every state of consent, and members of every role in every kind of agency.

Each person carries words that occur nowhere else, so that a page which shows one of them tells whose it is. All of it
is made through verbs; everybody is invented.
"""

import datetime as dt
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

from records import do

from palermo.office.enums import AgencyKind, DataKind, Purpose, Role

#: What a person carries, and the kinds of data under which each may leave the agency.
KINDS_OF_MARKER: dict[str, frozenset[str]] = {
    "name": frozenset({DataKind.IDENTITY}),
    "phone": frozenset({DataKind.CONTACT}),
    "code": frozenset(),
    "note": frozenset({DataKind.ACCOUNT}),
    "risk": frozenset({DataKind.RISKS, DataKind.HEALTH}),
    "complaint": frozenset(),
}
#: Family names of nobody, one a state.
NAMES = {
    "alone": "Quillonby",
    "waiting": "Varmoselt",
    "accepted": "Drubbenor",
    "withdrawn": "Ostelvaine",
    "expired": "Prackleth",
    "declined": "Hurnwedge",
    "child": "Tizzolan",
    "opened": "Marvendusk",
    "over": "Klebbistow",
    "linked": "Yarrowmint",
    "decided": "Fennaquist",
    "elsewhere": "Uxbrellan",
}


@dataclass
class Marked:
    """A person, who owns the file, and what may be read where."""

    state: str
    person: Any
    case: Any
    markers: dict[str, str]
    owner: Any
    referral: Any = None
    #: Agency and kinds of data that an open referral on a standing basis lets it read.
    recipient: Any = None
    kinds: frozenset[str] = frozenset()
    #: The agency that was asked for a guardian: it sees the code.
    guardian_asked_of: Any = None
    #: Agencies for which an emergency opening is live.
    opened_by: list[Any] = field(default_factory=list)


def every_member(house: Any) -> dict[str, Any]:
    """One member for every role that an agency of every kind can give, by `KIND ROLE`; and one who was dismissed."""
    from palermo.office.domain.agencies import dismiss_member, enrol_member, found_agency
    from palermo.office.models import Agency

    found: dict[str, Any] = {}
    for kind in AgencyKind:
        agency = Agency.objects.filter(kind=kind).order_by("-has_account", "name").first() or found_agency(
            name=str(kind.label), kind=kind, state="GR", using="default"
        )
        if kind == AgencyKind.SERVICE_PROVIDER:
            agency = house.shelter
        roles = {Role.OFFICER} if agency.enforces_migration else set(Role)
        for role in sorted(roles - (set() if kind == AgencyKind.NATIONAL_CO_ORDINATOR else {Role.CO_ORDINATOR})):
            name = f"{kind} {role}"
            found[name], _ = enrol_member(
                agency=agency,
                username=name.replace(" ", "_"),
                name="Somebody",
                roles=[role],
                password="x",
                using="default",
            )
    found["dismissed"], _ = enrol_member(
        agency=house.reception, username="gone", name="Gone", roles=[Role.CASE_MANAGER], password="x", using="default"
    )
    return found | {"dismiss": lambda: do(house.reception_admin, dismiss_member, other=found["dismissed"])}


def _marked(house: Any, state: str, number: int) -> Marked:
    """A file with everything in it: identity, a screening with spoken words, a case, a risk, a service, a complaint."""
    from palermo.office.domain.persons import register_person
    from palermo.office.domain.rights_of_person import ask_right
    from palermo.office.methods.identity import Identity
    from palermo.protection.domain import screenings
    from palermo.protection.domain.cases import add_risk
    from palermo.protection.domain.services import plan_service
    from palermo.protection.methods.forms import load_conditions, load_form

    member = house.shelter_manager if state == "elsewhere" else house.manager
    child = state == "child"
    family = NAMES[state]
    markers = {
        "name": family,
        "phone": f"69{number:02d}7{number:02d}8{number:02d}",
        "note": f"spoken{family.lower()}word",
        "risk": f"threat{family.lower()}word",
        "complaint": f"complaint{family.lower()}word",
    }
    identity = Identity(given_name="Ada", family_name=family, phones=("+30" + markers["phone"],))
    person = do(
        member,
        register_person,
        path="child" if child else "adult",
        age=14 if child else 30,
        alone=True,
        language="ara",
        site=house.harbour,
        identity=identity,
    )
    markers["code"] = person.code
    path = screenings.path_of_person(person)
    conditions = [c.code for c in load_conditions() if path in c.paths]
    screening = do(member, screenings.start_screening, person=person, form="intake", conditions=conditions)
    question = load_form("intake").asked(path)[0].code
    do(member, screenings.answer_question, screening=screening, question=question, value="yes", note=markers["note"])
    do(member, screenings.finish_screening, screening=screening)
    reason = "What was seen and heard says so."
    case = do(member, screenings.judge_presumption, screening=screening, judgement="presumed", reason=reason)
    do(member, add_risk, case=case, kind="health", level="watch", note=markers["risk"])
    provider = house.clinic
    do(
        house.shelter_manager if state == "elsewhere" else house.manager,
        plan_service,
        case=case,
        kind="health",
        provider=provider,
    )
    do(member, ask_right, person=person, kind="complaint", words=markers["complaint"])
    return Marked(state, person, case, markers, member.agency)


def _refer(house: Any, one: Marked, recipient: Any, purpose: str, kinds: tuple[str, ...], **consent: Any) -> Any:
    from palermo.office.domain.consent import give_consent
    from palermo.protection.domain.referrals import Basis, Request, send_referral

    if one.person.is_child:
        basis = Basis(
            "child_best_interests",
            reason="A safe place tonight comes first",
            guardian="Asked of Child Protection",
            guardian_not_implicated=True,
            child_view="Wants to sleep where nobody knocks",
        )
        given = None
    else:
        given = do(
            house.manager,
            give_consent,
            person=one.person,
            recipient=recipient,
            purpose=purpose,
            kinds=kinds,
            language="ara",
            how="spoken",
            **consent,
        )
        basis = Basis("consent", consent=given)
    asked = Request(recipient, purpose, ("other",), kinds)
    one.referral = do(house.manager, send_referral, person=one.person, request=asked, basis=basis)
    one.recipient, one.kinds = recipient, frozenset(kinds)
    return given


def small_world(house: Any) -> SimpleNamespace:
    """Build it.

    Returns:
        `people` by state, `concern` and its marker, `link` (token and code), `members` by `KIND ROLE`.
    """
    from django.utils import timezone

    from palermo.office import clock
    from palermo.office.domain.consent import withdraw_consent
    from palermo.office.domain.emergency import open_emergency
    from palermo.protection.domain.guardians import note_guardian, request_guardian
    from palermo.protection.domain.identification import decide_identification
    from palermo.protection.domain.links import send_link
    from palermo.protection.domain.referrals import accept_referral, decline_referral

    ago = lambda **span: clock.at(timezone.now() - dt.timedelta(**span))  # noqa: E731
    people: dict[str, Marked] = {}
    for number, state in enumerate(NAMES, 1):
        with ago(days=3):
            people[state] = _marked(house, state, number)
    shelter, everything = house.shelter, (DataKind.IDENTITY, DataKind.CONTACT, DataKind.ACCOUNT, DataKind.RISKS)
    purpose = Purpose.ACCOMMODATION

    _refer(house, people["waiting"], shelter, purpose, (DataKind.CONTACT, DataKind.ACCOUNT))
    _refer(house, people["accepted"], shelter, purpose, (DataKind.IDENTITY, DataKind.RISKS))
    do(house.shelter_manager, accept_referral, referral=people["accepted"].referral)

    given = _refer(house, people["withdrawn"], shelter, purpose, everything)
    do(house.shelter_manager, accept_referral, referral=people["withdrawn"].referral)
    do(house.manager, withdraw_consent, consent=given)
    with ago(days=2):
        _refer(house, people["expired"], shelter, purpose, everything, days=1)
    _refer(house, people["declined"], shelter, purpose, everything)
    do(house.shelter_manager, decline_referral, referral=people["declined"].referral, reason="no_place")
    for state in ("withdrawn", "expired", "declined"):
        people[state].kinds = frozenset()

    _refer(house, people["child"], house.children, Purpose.CHILD_PROTECTION, (DataKind.IDENTITY, DataKind.ACCOUNT))
    guardian = do(
        house.manager,
        request_guardian,
        person=people["child"].person,
        asked_of=house.children,
        companion_checked=True,
        child_view="Wants somebody to come along",
    )
    people["child"].guardian_asked_of = house.children
    do(house.manager, note_guardian, request=guardian, guardian="Grete Example, by the court")

    why = "There is a threat to life tonight, as was told by telephone."
    do(house.police_manager, open_emergency, code=people["opened"].person.code, reason=why)
    people["opened"].opened_by.append(house.police)
    with ago(hours=4):
        do(house.police_manager, open_emergency, code=people["over"].person.code, reason=why)

    _refer(house, people["linked"], house.clinic, Purpose.HEALTH_CARE, (DataKind.IDENTITY, DataKind.RISKS))
    link = do(house.manager, send_link, referral=people["linked"].referral)

    _refer(house, people["decided"], house.authority, Purpose.IDENTIFICATION, (DataKind.IDENTITY, DataKind.SCREENING))
    people["decided"].referral = do(house.decider, accept_referral, referral=people["decided"].referral)
    reason = "The elements are there in the account and in the documents."
    do(
        house.decider,
        decide_identification,
        referral=people["decided"].referral,
        outcome="not_identified",
        reason=reason,
    )

    return SimpleNamespace(people=people, link=link, **_concern(house))


def _concern(house: Any) -> dict[str, Any]:
    from palermo.office.domain.acting import acting_as
    from palermo.protection.domain.concerns import Account, raise_concern

    said = "worryglimmerstone"
    with acting_as(None):
        _id, receipt = raise_concern(recipient=house.reception, profession="teacher", account=Account(seen=said))
    return {"concern": said, "receipt": receipt}
