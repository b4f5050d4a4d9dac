"""Posts in time: the verb, the database's constraint and the method agree; who may write, on what document."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from palermo.office.domain.acting import acting_as, attempting
from palermo.office.domain.rights import NotAllowed
from palermo.partnership.domain.designations import confirm_designation, designate, end_designation
from palermo.partnership.domain.directory import add_contact, add_organisation, change_contact
from palermo.partnership.methods.posts import SINGLE, Tenure, holders
from palermo.partnership.models import Contact, Designation
from palermo.partnership.queries.directory import kinds_of_states, tally, tenure_of, unconfirmed
from palermo.vocabulary.errors import Refusal

pytestmark = pytest.mark.django_db
DAY = dt.date(2017, 3, 1)
DOCUMENT = "Note verbale 12/2017"


@pytest.fixture
def desk(house):
    return house.co_ordinator


@pytest.fixture
def official(desk, do):
    return lambda name="Ana Exemplar", **said: do(desk, add_contact, name=name, **said)


def days(start, end):
    return {
        "since": dt.date(2017, 1, 1) + dt.timedelta(days=start),
        "until": None if end is None else dt.date(2017, 1, 1) + dt.timedelta(days=start + end),
    }


@st.composite
def plans(draw):
    return {
        "post": draw(st.sampled_from(["co_ordinator", "rapporteur", "focal_point"])),
        "state": draw(st.sampled_from(["MD", "TH"])),
        "shared": draw(st.booleans()),
        **days(draw(st.integers(0, 9)), draw(st.none() | st.integers(0, 4))),
    }


def kept_or_refused(desk, person, plan):
    try:
        with attempting():
            return designate(member=desk, contact=person, document=DOCUMENT, **plan)
    except Refusal as refusal:
        return None if refusal.where == "since" else refusal


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(given_plans=st.lists(plans(), min_size=1, max_size=6), offset=st.integers(0, 14))
def test_what_is_kept_never_clashes_and_is_found_on_its_days(desk, official, given_plans, offset):
    with transaction.atomic():
        people = [official(f"Person {n}") for n, _ in enumerate(given_plans)]
        kept = []
        with acting_as(desk):
            for n, (person, plan) in enumerate(zip(people, given_plans, strict=True)):
                seat = plan["state"]
                wish = Tenure(
                    str(n), str(person.pk), plan["post"], seat, plan["since"], plan["until"], shared=plan["shared"]
                )
                made = kept_or_refused(desk, person, plan)
                assert (made is None) is any(wish.excludes(other) for other in kept)
                kept += [tenure_of(made)] if made else []
            day = dt.date(2017, 1, 1) + dt.timedelta(days=offset)
            found = tally(day)
            assert found.together == holders(kept, kinds_of_states(), day, SINGLE)
            assert found.co_ordinators == holders(kept, kinds_of_states(), day, ["co_ordinator"])
            for one in kept:
                confirm = day + dt.timedelta(days=400)
                silent = set(unconfirmed(confirm).values_list("pk", flat=True))
                assert (one.id in {str(pk) for pk in silent}) is (one.held_on(confirm) and one.unconfirmed_on(confirm))
        transaction.set_rollback(True)


@pytest.mark.parametrize(("shared", "refused"), [((False, False), True), ((True, False), True), ((True, True), False)])
def test_the_database_itself_refuses_two_holders(desk, official, shared, refused):
    other = official("Boris Exemplar")

    def made(**said):
        with acting_as(desk), transaction.atomic():
            Designation(
                contact=other, office=desk.agency, post="co_ordinator", state="MD", document=DOCUMENT, **said
            ).save(force_insert=True)

    made(since=DAY, until=DAY + dt.timedelta(days=9), shared=shared[0])
    made(since=DAY + dt.timedelta(days=10), shared=shared[0])
    later = {"since": DAY + dt.timedelta(days=9), "until": DAY + dt.timedelta(days=9), "shared": shared[1]}
    if refused:
        with pytest.raises(IntegrityError, match="partnership_designation_seat"):
            made(**later)
    else:
        made(**later)


def test_a_post_goes_from_one_to_the_next(desk, official, do):
    old, new = official("Ana Exemplar"), official("Boris Exemplar")
    held = do(desk, designate, contact=old, post="co_ordinator", state="md", since=DAY, document=DOCUMENT)
    assert held.state == "MD"
    successor = {"contact": new, "post": "co_ordinator", "state": "MD", "since": dt.date(2018, 7, 1)}
    with pytest.raises(Refusal, match="somebody else holds this post"):
        do(desk, designate, document="Note verbale 7/2018", **successor)
    do(desk, end_designation, designation=held, until=dt.date(2018, 6, 30), document="Note verbale 7/2018")
    do(desk, designate, document="Note verbale 7/2018", **successor)
    with acting_as(desk):
        by_day = {day: tally(day).co_ordinators.contacts for day in (dt.date(2018, 6, 30), dt.date(2018, 7, 1), DAY)}
    assert by_day == {
        dt.date(2018, 6, 30): (str(old.pk),),
        dt.date(2018, 7, 1): (str(new.pk),),
        DAY: (str(old.pk),),
    }


def test_51_co_ordinators_from_42_states_and_partners_is_a_query(desk, official, do, django_assert_num_queries):
    kinds = kinds_of_states()
    states = [code for code in sorted(kinds) if kinds[code] == "participating_state"][:38]
    partners = [code for code in sorted(kinds) if kinds[code] != "participating_state"][:4]
    for code in states + partners:
        do(desk, designate, contact=official(code), post="co_ordinator", state=code, since=DAY, document=DOCUMENT)
    for code in states[:9]:
        do(desk, designate, contact=official(code), post="rapporteur", state=code, since=DAY, document=DOCUMENT)
    do(
        desk,
        designate,
        contact=official("Later"),
        post="rapporteur",
        state="UZ",
        since=dt.date(2019, 1, 1),
        document="x",
    )
    with acting_as(desk), django_assert_num_queries(1):
        found = tally(dt.date(2017, 12, 31))
    assert (len(found.together.contacts), len(found.together.states)) == (51, 42)
    assert (len(found.together.participating), len(found.together.partners)) == (38, 4)
    assert (len(found.co_ordinators.contacts), len(found.rapporteurs.contacts)) == (42, 9)
    assert (found.rapporteurs.participating, found.rapporteurs.partners) == (tuple(states[:9]), ())


def test_confirming_keeps_the_day_and_who_asked(desk, official, do, later):
    held = do(desk, designate, contact=official(), post="focal_point", state="MD", since=DAY, document=DOCUMENT)
    do(desk, confirm_designation, designation=held, on=dt.date(2018, 5, 1))
    with acting_as(desk):
        kept = Designation.objects.get(pk=held.pk)
        assert (kept.confirmed_on, kept.confirmed_by) == (dt.date(2018, 5, 1), desk.pk)
        assert list(unconfirmed(dt.date(2019, 5, 1))) == []
        assert list(unconfirmed(dt.date(2019, 5, 2))) == [kept]
    with pytest.raises(Refusal, match="confirmed later"):
        do(desk, confirm_designation, designation=kept, on=dt.date(2018, 4, 30))
    with pytest.raises(Refusal, match="cannot be confirmed"):
        do(desk, confirm_designation, designation=kept, on=dt.date(2017, 2, 28))


@pytest.mark.parametrize(
    ("said", "where"),
    [
        ({"post": "king"}, "post"),
        ({"state": ""}, "state"),
        ({"state": "XX"}, "state"),
        ({"until": dt.date(2017, 2, 28)}, "until"),
        ({"document": "  "}, "document"),
        ({"confirmed_on": dt.date(2999, 1, 1)}, "confirmed_on"),
        ({"clearance": "secret"}, "clearance"),
    ],
)
def test_what_is_refused_names_its_field(desk, official, do, said, where):
    plain = {"post": "co_ordinator", "state": "MD", "since": DAY, "document": DOCUMENT}
    with pytest.raises(Refusal) as refused:
        do(desk, designate, contact=official(), **(plain | said))
    assert refused.value.where == where
    assert refused.value.remedy


def test_an_organisation_has_posts_of_its_own(desk, official, do):
    ngo = do(desk, add_organisation, name="Example Aid", kind="ngo", state="MD")
    held = do(desk, designate, contact=official(), post="ngo_contact", organisation=ngo, since=DAY, document="E-mail")
    assert (held.state, held.organisation) == ("", ngo)
    with acting_as(desk):
        assert tally(DAY).together.tenures == ()
    with pytest.raises(Refusal, match="in the directory already"):
        do(desk, add_organisation, name=" Example Aid", kind="ngo", state="md")


def test_an_official_is_listed_only_with_their_consent(desk, official, do):
    with pytest.raises(Refusal, match="has not agreed") as refused:
        official(clearance="public")
    assert refused.value.where == "clearance"
    person = official(clearance="public", consented_on=DAY, languages=["ron", "rus", "ron"])
    assert person.languages == ["ron", "rus"]
    with pytest.raises(Refusal, match="has not agreed"):
        do(desk, change_contact, contact=person, consented_on=None)
    do(desk, change_contact, contact=person, clearance="office", consented_on=None, phone="+373 22 000000")
    with acting_as(desk):
        kept = Contact.objects.get(pk=person.pk)
        assert (kept.clearance, kept.consented_on, kept.phone) == ("office", None, "+373 22 000000")
        with pytest.raises(IntegrityError, match="partnership_contact_consent"), transaction.atomic():
            Contact.objects.filter(pk=person.pk).update(clearance="organisation")


def test_only_the_desk_writes_and_only_in_its_own_records(house, desk, official, do, as_owner):
    from palermo.office.domain.agencies import enrol_member

    with as_owner():
        stranger, _ = enrol_member(
            agency=house.shelter,
            username="protocol",
            name="P",
            roles=["protocol_officer"],
            password="x",
            using="default",
        )
    person = official(clearance="organisation", consented_on=DAY)
    with pytest.raises(NotAllowed):
        do(house.manager, add_contact, name="Nobody")
    with pytest.raises(NotAllowed, match="this record belongs to another agency"):
        do(stranger, change_contact, contact=person, name="Changed")
    with pytest.raises(NotAllowed, match="this record belongs to another agency"):
        do(stranger, designate, contact=person, post="rapporteur", state="MD", since=DAY, document=DOCUMENT)
    with acting_as(stranger):
        assert Contact.objects.filter(pk=person.pk).update(name="Changed") == 0


def test_history_keeps_how_somebody_was_reached_before(desk, official, do, owner_sql):
    person = official(phone="1")
    do(desk, change_contact, contact=person, phone="2")
    rows = owner_sql("SELECT phone FROM partnership_contactevent WHERE pgh_obj_id = %s ORDER BY pgh_id", [person.pk])
    assert rows == [("1",), ("2",)]
