"""Registering, sealing, history; the rights of the person; agencies and their members."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from palermo.office.domain.acting import acting_as
from palermo.office.domain.agencies import (
    MANDATES,
    appoint_member,
    dismiss_member,
    enrol_member,
    found_agency,
    renew_sign_in,
)
from palermo.office.domain.consent import give_consent, withdraw_consent
from palermo.office.domain.persons import correct_person, draw_code, read_identity, register_person, seal_identity
from palermo.office.domain.rights import NotAllowed, may, rights
from palermo.office.domain.rights_of_person import access_report, answer_right, ask_right, read_answers, words_of
from palermo.office.enums import AgencyKind
from palermo.office.methods.identity import Identity
from palermo.office.models import LogLine, Member, Notice, Person, RightsRequest, SealedIdentity
from palermo.office.queries.oversight import requests
from palermo.vocabulary.errors import Refusal


@pytest.mark.parametrize(
    ("path", "age", "good"),
    [
        ("adult", 18, True),
        ("adult", 17, False),
        ("child", 17, True),
        ("child", 18, False),
        ("not_sure", 40, True),
        ("not_sure", None, True),
        ("child", None, True),
    ],
)
def test_age_goes_with_the_path(register, path, age, good):
    if good:
        assert register(path=path, age=age).is_child == (path != "adult")
    else:
        with pytest.raises(Refusal) as caught:
            register(path=path, age=age)
        assert caught.value.where == "age"


def test_a_code_tells_nothing():
    codes = {draw_code() for _ in range(200)}
    assert len(codes) == 200
    assert {len(code) for code in codes} == {8}
    assert not set("".join(codes)) & set("IOL01")


def test_names_lie_nowhere_in_clear(person, owner_sql):
    tables = [
        row[0]
        for row in owner_sql(
            "SELECT relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE nspname = 'public' AND relkind = 'r'"
        )
    ]
    for table in tables:
        for (row,) in owner_sql(f"SELECT t::text FROM {table} t"):
            assert not any(word in row for word in ("Ивана", "Примерова", "Ivana", "rimerova", "2101234567")), table


def test_an_identity_is_corrected_and_found_by_its_new_name(house, person):
    with acting_as(house.reception_manager):
        seal_identity(
            member=house.reception_manager, person=person, identity=Identity(given_name="Anna", family_name="Beispiel")
        )
        assert read_identity(member=house.reception_manager, person=person) == Identity(
            given_name="Anna", family_name="Beispiel"
        )
        assert SealedIdentity.objects.count() == 1


def test_reading_who_somebody_is_is_logged(house, person):
    with acting_as(house.reception_manager):
        read_identity(member=house.reception_manager, person=person, purpose="health_care")
    with acting_as(house.reception_dpo):
        line = LogLine.objects.get(verb="office.read_identity")
        assert (line.member_id, line.person_id, line.purpose) == (house.reception_manager.pk, person.pk, "health_care")


@pytest.mark.parametrize("ignored", ["", "{pgtrigger_insert_insert_db889,pgtrigger_update_update_ae32a}"])
def test_history_is_written_whatever_the_session_sets(house, register, owner_sql, ignored):
    with connection.cursor() as cursor:
        names = (
            owner_sql("SELECT array_agg(tgname)::text FROM pg_trigger WHERE NOT tgisinternal")[0][0] if ignored else ""
        )
        cursor.execute("SELECT set_config('pgtrigger.ignore', %s, true)", [names])
    file = register()
    with acting_as(house.reception_responder):
        Person.objects.filter(pk=file.pk).update(age=31)
    assert owner_sql("SELECT pgh_label, age FROM office_personevent WHERE id = %s ORDER BY pgh_id", [file.pk]) == [
        ("insert", 30),
        ("update", 31),
    ]


def test_members_at_other_desks_are_refused(house, register):
    with pytest.raises(NotAllowed, match="somebody else"), acting_as(house.police_manager):
        register_person(member=house.reception_responder, path="adult", age=30)
    with pytest.raises(NotAllowed, match="your role"), acting_as(house.reception_admin):
        register_person(member=house.reception_admin, path="adult", age=30)


def test_migration_enforcement_may_do_nothing(house):
    assert {verb: may(house.border_officer, verb) for verb in rights() if may(house.border_officer, verb)} == {}
    house.border_officer.roles = ["case_manager", "administrator", "data_protection_officer"]
    assert {verb for verb in rights() if may(house.border_officer, verb)} == set()


def test_registering_takes_a_fixed_number_of_statements(house, keys):
    counts = []
    for _ in range(2):
        with acting_as(house.reception_responder), CaptureQueriesContext(connection) as queries:
            register_person(
                member=house.reception_responder,
                path="adult",
                age=30,
                identity=Identity(given_name="A", family_name="B", phones=("+302101234567", "+302101234568")),
            )
        counts.append(len([query for query in queries if "SAVEPOINT" not in query["sql"]]))
    assert counts == [4, 4]


def test_the_report_names_kinds_of_agency_and_no_staff(house, person):
    with acting_as(house.reception_manager):
        consent = give_consent(
            member=house.reception_manager,
            person=person,
            recipient=house.shelter,
            purpose="accommodation",
            kinds=["needs"],
            language="bul",
            how="spoken",
        )
        withdraw_consent(member=house.reception_manager, consent=consent)
        lines = access_report(member=house.reception_manager, person=person)
    assert [(line.agency_kind, line.verb, line.purpose) for line in lines] == [
        ("First reception", "office.register_person", "")
    ]
    with acting_as(house.reception_manager):
        lines = access_report(member=house.reception_manager, person=person)
    assert [(line.verb, line.purpose) for line in lines[1:]] == [
        ("office.give_consent", "Safe accommodation"),
        ("office.withdraw_consent", ""),
        ("office.access_report", ""),
    ]
    assert set(vars(lines[0])) == {"at", "agency_kind", "verb", "purpose"}


def test_the_report_is_the_owners_to_hand_over(house, person):
    with pytest.raises(NotAllowed, match="keeps the file"), acting_as(house.shelter_worker):
        access_report(member=house.shelter_worker, person=person)


def test_a_right_is_asked_for_and_answered(house, person, owner_sql):
    with acting_as(house.reception_responder):
        request = ask_right(
            member=house.reception_responder, person=person, kind="rectification", words="I was born in 1999."
        )
    assert (request.due_at - request.at).days == 30
    assert b"1999" not in bytes(owner_sql("SELECT sealed_words FROM office_rightsrequest")[0][0])
    with acting_as(house.reception_dpo):
        found = RightsRequest.objects.get()
        assert words_of(member=house.reception_dpo, request=found) == "I was born in 1999."
        with pytest.raises(Refusal, match="what was done"):
            answer_right(member=house.reception_dpo, request=found, answer=" ok ")
        answer_right(member=house.reception_dpo, request=found, answer="Your year of birth now says 1999.")
        found.refresh_from_db()
        assert found.answered_at is not None
    with acting_as(house.shelter_dpo):
        assert RightsRequest.objects.count() == 0
    assert owner_sql("SELECT pgh_label FROM office_rightsrequestevent ORDER BY pgh_id") == [("insert",), ("update",)]


def test_a_birth_date_keeps_a_child_off_the_adults_path(house):
    born = Identity(given_name="Some", birth_date=str(timezone.now().year - 15))
    with acting_as(house.reception_responder):
        for path in ("adult", "child", "not_sure"):
            if path == "adult":
                with pytest.raises(Refusal, match="may be a child") as caught:
                    register_person(member=house.reception_responder, path=path, identity=born)
                assert caught.value.where == "path"
            else:
                person = register_person(member=house.reception_responder, path=path, identity=born)
        with pytest.raises(Refusal, match="may be a child"):
            correct_person(
                member=house.reception_responder, person=person, path="adult", age=None, sex="male", citizenship="",
                language="",
            )  # fmt: skip


def test_an_answer_comes_back_to_those_who_keep_the_file(house, person, owner_sql):
    with acting_as(house.reception_responder):
        request = ask_right(member=house.reception_responder, person=person, kind="complaint", words="It was cold.")
    with acting_as(house.reception_dpo):
        assert [one.pk for one in requests()] == [request.pk]
        answer_right(member=house.reception_dpo, request=request, answer="There is a heater now.")
    with acting_as(house.reception_manager):
        found = read_answers(member=house.reception_manager, person=person)
        assert [(one.kind, one.answer) for one in found] == [("complaint", "There is a heater now.")]
        kinds = Notice.objects.filter(about_id=person.pk).values_list("kind", flat=True)
        assert list(kinds) == ["rights_answered"]
    with acting_as(house.shelter_worker):
        assert read_answers(member=house.shelter_worker, person=person) == []
    said = owner_sql("SELECT verb FROM office_logline WHERE person_id = %s ORDER BY seq DESC LIMIT 1", [person.pk])
    assert said == [("office.read_answers",)]


def test_what_is_no_right_is_refused(house, person):
    with pytest.raises(Refusal, match="not one of the rights"), acting_as(house.reception_responder):
        ask_right(member=house.reception_responder, person=person, kind="erasure", words="…")


def test_every_kind_of_agency_has_its_mandate():
    assert set(MANDATES) == set(AgencyKind)
    assert MANDATES[AgencyKind.MIGRATION_ENFORCEMENT] == ()


def test_an_administrator_appoints_and_dismisses(house):
    with acting_as(house.reception_admin):
        new, password = appoint_member(
            member=house.reception_admin, username="new", name="New Person", roles=["first_responder"]
        )
        assert (new.agency, new.roles, new.must_change_password, new.check_password(password)) == (
            house.reception,
            ["first_responder"],
            True,
            True,
        )
        dismiss_member(member=house.reception_admin, other=new)
    assert Member.objects.get(pk=new.pk).is_active is False


def test_an_administrator_lets_in_again_who_lost_the_second_factor(house):
    from allauth.mfa.models import Authenticator

    from palermo.office.domain.second_factor import enrol_second_factor

    other = house.reception_responder
    with acting_as(other):
        enrol_second_factor(member=other)
    with acting_as(house.reception_admin):
        password = renew_sign_in(member=house.reception_admin, other=other)
    other.refresh_from_db()
    assert (other.check_password(password), other.must_change_password, Authenticator.objects.count()) == (
        True,
        True,
        0,
    )
    with pytest.raises(NotAllowed), acting_as(house.shelter_admin):
        renew_sign_in(member=house.shelter_admin, other=other)


@pytest.mark.parametrize(
    ("roles", "message"),
    [([], "has a role"), (["queen"], "has a role"), (["co_ordinator"], "national co-ordinator")],
)
def test_roles_belong_to_the_agency(house, roles, message):
    with pytest.raises(Refusal, match=message), acting_as(house.reception_admin):
        appoint_member(member=house.reception_admin, username="new", name="New", roles=roles)


def test_administrators_reach_no_further_than_their_agency(house):
    with pytest.raises(NotAllowed, match="not a member of your agency"), acting_as(house.reception_admin):
        dismiss_member(member=house.reception_admin, other=house.shelter_worker)
    with pytest.raises(NotAllowed), acting_as(house.reception_manager):
        appoint_member(member=house.reception_manager, username="new", name="New", roles=["case_manager"])
    with pytest.raises(Refusal, match="taken"), acting_as(house.reception_admin):
        appoint_member(member=house.reception_admin, username="shelter_worker", name="New", roles=["case_manager"])


def test_migration_enforcement_has_officers_without_files_only(house, as_owner):
    with pytest.raises(Refusal, match="without files"), as_owner():
        enrol_member(agency=house.border, username="x", name="X", roles=["case_manager"], using="default")
    assert Member.objects.filter(agency=house.border).count() == 1


def test_agencies_have_two_hands_that_cannot_sign_in(house):
    hands = Member.objects.filter(agency=house.reception).exclude(kind="person").order_by("kind")
    assert [(hand.kind, hand.has_usable_password()) for hand in hands] == [("guest", False), ("system", False)]


def test_two_agencies_do_not_share_a_name(house, as_owner):
    with pytest.raises(Refusal, match="an agency named"), as_owner():
        found_agency(name="Lighthouse Shelter", kind="health", state="GR", using="default")


def test_second_factors_are_their_members_alone(house, as_app, enter, owner_sql):
    import psycopg
    from allauth.mfa.models import Authenticator

    from palermo.office.domain.second_factor import enrol_second_factor

    for member in (house.reception_responder, house.police_manager):
        with acting_as(member):
            enrol_second_factor(member=member)
    before = owner_sql("SELECT id, user_id, type, data FROM mfa_authenticator ORDER BY id")
    names = {"me": house.police_manager.pk, "them": house.reception_responder.pk}
    for statement in (
        "UPDATE mfa_authenticator SET data = (SELECT data FROM mfa_authenticator WHERE user_id = %(me)s) WHERE user_id = %(them)s",
        "UPDATE mfa_authenticator SET user_id = %(them)s, type = 'recovery_codes' WHERE user_id = %(me)s",
        "INSERT INTO mfa_authenticator (user_id, type, data, created_at) SELECT %(them)s, 'webauthn', '{}', now()",
    ):
        for member in (house.police_manager, None):
            with pytest.raises(psycopg.errors.InsufficientPrivilege), enter(as_app, member):
                as_app.execute(statement, names)
    with enter(as_app, house.police_manager):
        assert as_app.execute("DELETE FROM mfa_authenticator WHERE user_id = %(them)s", names).rowcount == 0
    assert owner_sql("SELECT id, user_id, type, data FROM mfa_authenticator ORDER BY id") == before
    Authenticator.objects.get(user=house.reception_responder).record_usage()
    assert owner_sql("SELECT count(*) FROM mfa_authenticator WHERE last_used_at IS NOT NULL") == [(1,)]
