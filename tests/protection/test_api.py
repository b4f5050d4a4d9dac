"""Each verb by API does what it does by page; refusals have one shape; who may not see, does not."""

import json

import pytest
from django.test import Client
from django.urls import get_resolver, reverse

from palermo.office.domain.acting import acting_as
from palermo.protection.methods.forms import load_conditions
from palermo.protection.models import Case, Package, Referral, Screening

pytestmark = pytest.mark.django_db

CONDITIONS = [condition.code for condition in load_conditions() if "adult" in condition.paths]


@pytest.fixture
def call(browser):
    """`call(member, "GET", "cases")` is the answer as JSON; `status` is what it must be."""

    def calling(member, method, path, said=None, *, status=200):
        body = json.dumps(said) if said is not None else ""
        answer = browser(member).generic(method, f"/api/{path}", body, content_type="application/json")
        assert answer.status_code == status, answer.content
        assert "no-store" in answer.headers["Cache-Control"]
        return answer.json() if answer.content else None

    return calling


@pytest.fixture
def logged(owner_sql):
    """`logged(person)` are the verbs in the access log about a person, in order."""

    def verbs(person_id):
        return [
            row[0]
            for row in owner_sql(
                "SELECT verb FROM office_logline WHERE person_id = %s ORDER BY agency_id, seq", [person_id]
            )
        ]

    return verbs


def seen_by(member, model, **which):
    with acting_as(member):
        return model.objects.get(**which)


def plain(record, *names):
    return {name: getattr(record, name) for name in names}


# By API as by page


def test_a_screening_by_api_equals_one_by_page(world, browser, make, call, logged):
    by_page, by_api = make.person("Byform"), make.person("Byjson")

    client = browser(world.responder)
    start = reverse("protection:screening_start", args=[by_page.pk, "intake"])
    client.post(start, {"conditions": CONDITIONS, "language": "ara", "interpreter": "R-12"})
    first = seen_by(world.responder, Screening, person=by_page)
    said = {"form": "intake", "conditions": CONDITIONS, "language": "ara", "interpreter": "R-12"}
    begun = call(world.responder, "POST", f"arrivals/{by_api.pk}/screenings", said, status=201)
    assert [question["answer"] for question in begun["questions"]] == [None] * len(begun["questions"])

    client = browser(world.responder)
    for question in begun["questions"]:
        answer = {"question": question["code"], "answer": "yes", "note": ""}
        client.post(reverse("protection:screening", args=[first.pk]), answer)
        how = "seen" if question["kind"] == "observation" else "told"
        said = {"question": question["code"], "value": "yes", "how_known": how}
        call(world.responder, "POST", f"screenings/{begun['id']}/answers", said)
    client = browser(world.responder)
    client.post(reverse("protection:screening_end", args=[first.pk]))
    finished = call(world.responder, "POST", f"screenings/{begun['id']}/finish")
    assert finished["result"] == "presumed"
    assert finished["reasons"]["reasons"]

    client = browser(world.responder)
    client.post(reverse("protection:screening_result", args=[first.pk]), {"judgement": "presumed", "reason": ""})
    judged = call(world.responder, "POST", f"screenings/{begun['id']}/judge", {"judgement": "presumed"})

    names = ("form", "form_version", "state", "conditions", "language", "interpreter", "result", "reasons", "judgement")
    one, other = (seen_by(world.responder, Screening, person=person) for person in (by_page, by_api))
    assert plain(one, *names, "judgement_reason", "rules_version") == plain(
        other, *names, "judgement_reason", "rules_version"
    )
    with acting_as(world.responder):
        answers = [
            list(s.answers.order_by("question").values_list("question", "value", "how_known")) for s in (one, other)
        ]
        case = Case.objects.get(person=by_api)
    assert answers[0] == answers[1]
    assert judged == {"case_id": str(case.pk)}
    assert logged(by_page.pk) == logged(by_api.pk)


def test_pause_stop_and_going_on(world, make, call):
    person = make.person()
    said = {"form": "intake", "conditions": CONDITIONS}
    begun = call(world.responder, "POST", f"arrivals/{person.pk}/screenings", said, status=201)
    assert call(world.responder, "POST", f"screenings/{begun['id']}/pause")["state"] == "paused"
    said = {"question": begun["questions"][0]["code"], "value": "not_known"}
    again = call(world.manager, "POST", f"screenings/{begun['id']}/answers", said)
    assert (again["state"], again["questions"][0]["answer"]) == ("open", "not_known")
    assert call(world.responder, "POST", f"screenings/{begun['id']}/stop")["state"] == "stopped"
    refused = call(world.responder, "POST", f"screenings/{begun['id']}/finish", status=422)
    assert refused["where"] == "screening"


def test_a_referral_by_api_equals_one_by_page(world, browser, make, call, logged):
    one, other = make.case("Byform"), make.case("Byjson")
    shelter = world.agency["shelter"]
    given, agreed = make.consent(one), make.consent(other)
    what = {"services": ["accommodation", "legal"], "kinds": ["profile", "risks"], "urgent": True}
    browser(world.manager).post(reverse("protection:refer_under", args=[given.pk]), what)
    basis = {"basis": "consent", "consent": str(agreed.pk)}
    said = {"recipient": str(shelter.pk), "purpose": "accommodation", "basis": basis, **what}
    made = call(world.manager, "POST", f"cases/{other.pk}/referrals", said, status=201)

    first = seen_by(world.manager, Referral, person_id=one.person_id)
    second = seen_by(world.manager, Referral, person_id=other.person_id)
    assert str(second.pk) == made["id"]
    names = ("sender_id", "recipient_id", "purpose", "services", "urgent", "child", "state")
    assert plain(first, *names) == plain(second, *names)
    assert first.due_at - first.sent_at == second.due_at - second.sent_at
    kinds = [seen_by(world.manager, Package, referral_id=referral.pk).kinds for referral in (first, second)]
    assert kinds == [["profile", "risks"]] * 2
    assert logged(one.person_id) == logged(other.person_id)


@pytest.mark.parametrize(
    ("page", "form", "path", "said"),
    [
        ("referral_accept", {"note": "Tonight"}, "accept", {"note": "Tonight"}),
        (
            "referral_decline",
            {"reason": "no_place", "note": "Try Quay"},
            "decline",
            {"reason": "no_place", "note": "Try Quay"},
        ),
    ],
)
def test_an_answer_by_api_equals_one_by_page(world, browser, make, call, logged, page, form, path, said):
    one, other = make.referral(make.case("Byform")), make.referral(make.case("Byjson"))
    browser(world.shelter_manager).post(reverse(f"protection:{page}", args=[one.pk]), form)
    answered = call(world.shelter_manager, "POST", f"referrals/{other.pk}/{path}", said)
    first, second = (seen_by(world.manager, Referral, pk=referral.pk) for referral in (one, other))
    names = ("state", "answered_by", "decline_reason", "answer_note")
    assert plain(first, *names) == plain(second, *names)
    assert answered["state"] == second.state
    assert logged(one.person_id) == logged(other.person_id)


def test_the_loop_closes_and_a_sender_may_take_it_back(world, make, call):
    referral, other = make.referral(make.case("One")), make.referral(make.case("Other"))
    call(world.worker, "POST", f"referrals/{referral.pk}/accept", {})
    assert call(world.worker, "POST", f"referrals/{referral.pk}/done", {"note": "Housed"})["state"] == "done"
    assert call(world.manager, "POST", f"referrals/{other.pk}/withdraw")["state"] == "withdrawn"


def test_what_came_with_a_referral_is_what_its_basis_covers(world, make, call, do):
    from palermo.office.domain.consent import withdraw_consent
    from palermo.office.models import Consent

    referral = make.referral(make.case(), kinds=("profile", "identity"))
    contents = call(world.worker, "POST", f"referrals/{referral.pk}/data")["contents"]
    assert sorted(contents) == ["identity", "profile"]
    assert contents["identity"]["name"] == "Ada Exemplar"
    consent = seen_by(world.manager, Consent, person_id=referral.person_id)
    do(world.manager, withdraw_consent, consent=consent)
    refused = call(world.worker, "POST", f"referrals/{referral.pk}/data", status=422)
    assert refused["where"] == "package"


def test_a_childs_referral_goes_on_best_interests(world, make, call):
    case = make.case("Young", age=12, path="child")
    basis = {"basis": "child_best_interests", "reason": "A safe place tonight comes first", "guardian": "Asked of them"}
    said = {
        "recipient": str(world.agency["children"].pk),
        "purpose": "child_protection",
        "services": ["guardianship"],
        "kinds": ["profile"],
        "basis": basis,
    }
    refused = call(world.manager, "POST", f"cases/{case.pk}/referrals", said, status=422)
    assert refused["where"] == "lawful basis"
    said["basis"] = {**basis, "guardian_not_implicated": True, "child_view": "Wants to stay with a sister"}
    assert call(world.manager, "POST", f"cases/{case.pk}/referrals", said, status=201)["child"] is True


WHO = {"given_name": "Ivana", "family_name": "Primerova", "phones": ["+302101234567"]}


def test_an_arrival_by_api_equals_one_by_page(world, browser, call, logged, do):
    from palermo.office.domain.persons import read_identity
    from palermo.office.models import Person

    page = {"path": "adult", "age": 30, "sex": "female", "language": "ara", "citizenship": "SY", "alone": "yes"}
    names = {"given_name": "Ivana", "family_name": "Primerova", "phone": "+302101234567"}
    client = browser(world.responder)
    client.post(reverse("protection:arrival_new"), {"step": "register", "site": world.harbour.pk, **page, **names})
    one = seen_by(world.responder, Person)
    said = {**page, "alone": True, "site": str(world.harbour.pk), "identity": WHO}
    made = call(world.responder, "POST", "arrivals", said, status=201)
    other = seen_by(world.responder, Person, pk=made["id"])
    known = ("path", "age", "sex", "language", "citizenship", "alone", "site_id", "agency_id")
    assert plain(one, *known) == plain(other, *known)
    assert logged(one.pk) == logged(other.pk)
    assert made["code"] == other.code
    assert "rimerova" not in json.dumps(made)
    sealed = [do(world.responder, read_identity, person=person) for person in (one, other)]
    assert sealed[0] == sealed[1]
    assert sealed[0].full_name == "Ivana Primerova"


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"age": 12}, "age"),
        ({"age": 130}, "age"),
        ({"language": "Arabic"}, "language"),
        ({"citizenship": "Syria"}, "citizenship"),
        ({"identity": {"birth_date": "21.3.2007"}}, "identity.birth_date"),
    ],
)
def test_an_impossible_arrival_is_refused(world, call, owner_sql, change, where):
    said = {"path": "adult", "age": 30} | change
    assert call(world.responder, "POST", "arrivals", said, status=422)["where"] == where
    assert owner_sql("SELECT count(*) FROM office_person") == [(0,)]


def test_a_place_of_another_agency_is_not_there(world, call, as_owner):
    from palermo.office.models import Site

    with as_owner():
        hidden = Site.objects.create(agency=world.shelter, name="Behind the Lighthouse")
    call(world.responder, "POST", "arrivals", {"path": "adult", "site": str(hidden.pk)}, status=404)


def test_to_search_before_one_registers(world, make, call, owner_sql):
    person = make.person("Primerova")
    said = {"identity": {"family_name": "Primerova", "given_name": "Ada"}, "reason": "New arrival"}
    assert [one["id"] for one in call(world.responder, "POST", "arrivals/search", said)] == [str(person.pk)]
    # Another agency learns nothing; ours is asked to make contact.
    assert call(world.police_manager, "POST", "arrivals/search", said) == []
    assert owner_sql("SELECT agency_id FROM office_notice WHERE kind = 'make_contact'") == [(world.reception.pk,)]
    assert call(world.responder, "POST", "arrivals/search", {"identity": {}, "reason": "None"}, status=422)


def test_a_correction_by_api_equals_one_by_page(world, browser, make, call, logged):
    from palermo.office.models import Disclosure, Person

    one, other = (make.referral(make.case(name)) for name in ("Byform", "Byjson"))
    said = {"path": "not_sure", "age": None, "sex": "male", "language": "fra", "citizenship": "CM"}
    page = said | {"age": ""}
    browser(world.manager).post(reverse("protection:person_correct", args=[one.person_id]), page)
    told = call(world.manager, "POST", f"arrivals/{other.person_id}/correct", said)
    assert (told["ended"], told["person"]["is_child"]) == (1, True)
    first, second = (seen_by(world.manager, Person, pk=referral.person_id) for referral in (one, other))
    assert plain(first, *said) == plain(second, *said)
    ends = [seen_by(world.manager, Disclosure, pk=referral.disclosure_id).recalled_at for referral in (one, other)]
    assert None not in ends
    assert logged(one.person_id) == logged(other.person_id)
    call(world.police_manager, "POST", f"arrivals/{other.person_id}/correct", said, status=404)


def test_a_correction_keeps_a_citizenship_that_no_list_has(world, make, call, as_owner):
    from palermo.office.models import Person

    person = make.person()
    with as_owner():
        Person.objects.filter(pk=person.pk).update(citizenship="QM")
    said = {"path": "adult", "age": 41, "sex": "male", "language": "fra"}
    address = f"arrivals/{person.pk}/correct"
    call(world.manager, "POST", address, said | {"citizenship": "QX"}, status=422)
    call(world.manager, "POST", address, said | {"citizenship": "QM"})
    found = seen_by(world.manager, Person, pk=person.pk)
    assert (found.age, found.citizenship) == (41, "QM")


def test_a_worry_by_api_equals_one_by_page(world, browser, make, call, logged):
    one, other = make.person("Byform"), make.person("Byjson")
    browser(world.responder).post(reverse("protection:worry", args=[one.pk]))
    made = call(world.responder, "POST", f"arrivals/{other.pk}/worry")
    first, second = (seen_by(world.manager, Case, person=person) for person in (one, other))
    assert (str(second.pk), first.ground, second.ground) == (made["case_id"], "worry", "worry")
    assert logged(one.pk) == logged(other.pk)
    call(world.police_manager, "POST", f"arrivals/{other.pk}/worry", status=404)


def test_consent_by_api_equals_consent_by_page(world, browser, make, call, logged):
    from palermo.office.models import Consent

    one, other = make.case("Byform"), make.case("Byjson")
    said = {"purpose": "accommodation", "kinds": ["profile", "risks"], "language": "ara", "interpreter": "R-12", "how": "signed", "days": 30}  # fmt: skip
    browser(world.manager).post(reverse("protection:consent_add", args=[one.pk, world.shelter.pk]), said)
    made = call(
        world.manager, "POST", f"cases/{other.pk}/consents", said | {"recipient": str(world.shelter.pk)}, status=201
    )
    first, second = (seen_by(world.manager, Consent, person_id=case.person_id) for case in (one, other))
    names = ("recipient_id", "purpose", "kinds", "language", "interpreter", "how")
    assert plain(first, *names) == plain(second, *names)
    assert first.expires_at - first.given_at == second.expires_at - second.given_at
    for consent, agree in ((first, one), (second, other)):
        basis = {"basis": "consent", "consent": str(consent.pk)}
        sent = {"recipient": str(world.shelter.pk), "purpose": "accommodation", "basis": basis}
        sent |= {"services": ["accommodation"], "kinds": ["profile"]}
        referral = call(world.manager, "POST", f"cases/{agree.pk}/referrals", sent, status=201)
        call(world.worker, "POST", f"referrals/{referral['id']}/data")
    browser(world.manager).post(reverse("protection:consent_withdraw", args=[first.pk]))
    ended = call(world.manager, "POST", f"consents/{made['id']}/withdraw")
    assert [read["recipient_id"] for read in ended["read_before"]] == [str(world.shelter.pk)]
    assert ended["withdrawn_at"]
    # A page about a case is a reading of it, a request by API is not.
    assert [verb for verb in logged(one.person_id) if verb != "protection.read_case"] == logged(other.person_id)


def test_consent_is_an_adults_and_within_the_mandate(world, make, call):
    said = {"recipient": str(world.shelter.pk), "purpose": "investigation", "kinds": ["profile"], "language": "ara"}
    grown, young = make.case("Grown"), make.case("Young", age=12, path="child")
    assert call(world.manager, "POST", f"cases/{grown.pk}/consents", said, status=422)["where"] == "purpose"
    said["purpose"] = "accommodation"
    assert call(world.manager, "POST", f"cases/{young.pk}/consents", said, status=422)["where"] == "consent"
    call(world.police_manager, "POST", f"cases/{grown.pk}/consents", said, status=404)
    made = call(world.manager, "POST", f"cases/{grown.pk}/consents", said, status=201)
    call(world.shelter_manager, "POST", f"consents/{made['id']}/withdraw", status=404)


def test_a_recall_by_api_equals_one_by_page(world, browser, make, call, logged, owner_sql):
    one, other = (make.referral(make.case(name, age=9, path="child")) for name in ("Byform", "Byjson"))
    browser(world.manager).post(reverse("protection:referral_recall", args=[one.pk]), {"reason": "guardian"})
    told = call(world.manager, "POST", f"referrals/{other.pk}/recall", {"reason": "guardian"})
    assert (bool(told["recalled_at"]), told["opened_at"]) == (True, None)
    assert owner_sql("SELECT count(*) FROM office_notice WHERE kind = 'data_recalled'") == [(2,)]
    assert logged(one.person_id) == logged(other.person_id)
    again = call(world.manager, "POST", f"referrals/{other.pk}/recall", {"reason": "guardian"}, status=422)
    assert again["message"] == "the data were recalled already"
    call(world.shelter_manager, "POST", f"referrals/{other.pk}/recall", {"reason": "guardian"}, status=403)


def test_the_board_is_the_pages_board(world, make, call, later):
    make.referral(make.case())
    with later(hours=1):
        board = call(world.co_ordinator, "GET", "board")
        page = call(world.manager, "GET", "board", status=403)
    assert (board["totals"]["arrived"], board["totals"]["referred"], board["totals"]["waiting"]) == (1, 1, 1)
    assert [row["name"] for row in board["agencies"]] == ["Lighthouse Shelter"]
    assert page["remedy"] == "It is for: Co-ordinator."
    early = call(world.co_ordinator, "GET", "board?since=2026-01-02T00:00Z&until=2026-01-01T00:00Z", status=422)
    assert early["where"] == "until"
    # A day without a zone is UTC; the same period says the same.
    boards = [
        call(world.co_ordinator, "GET", f"board?since=2026-01-01{zone}&until=2026-02-01{zone}")
        for zone in ("", "T00:00Z")
    ]
    assert boards[0] == boards[1]


def test_the_description_is_served_to_members(world, browser):
    client = browser(world.officer)
    assert "/api/cases" in client.get("/api/openapi.json").json()["paths"]
    assert client.get("/api/").status_code == 404


# Lists and files


def test_lists_and_files_show_what_pages_show(world, make, call):
    case = make.case()
    waiting = make.person("Waiting")
    referral = make.referral(case)
    arrivals = call(world.responder, "GET", "arrivals")
    assert {item["id"] for item in arrivals["items"]} == {str(case.person_id), str(waiting.pk)}
    assert {item["stage"] for item in arrivals["items"]} == {"waits"}
    one = call(world.responder, "GET", f"arrivals?code={waiting.code}")
    assert (one["count"], one["items"][0]["site"]) == (1, "North Harbour")
    file = call(world.responder, "GET", f"arrivals/{case.person_id}")
    assert (file["own"], file["case_id"], file["person"]["code"]) == (True, str(case.pk), case.person.code)
    cases = call(world.manager, "GET", "cases")
    assert (cases["count"], cases["items"][0]["urgent"]) == (1, False)
    assert cases["items"][0]["answer_due"][:19] == referral.due_at.isoformat()[:19]
    whole = call(world.manager, "GET", f"cases/{case.pk}")
    assert [item["id"] for item in whole["referrals"]] == [str(referral.pk)]
    assert [item["recipient_id"] for item in whole["consents"]] == [str(world.agency["shelter"].pk)]
    assert call(world.worker, "GET", "referrals")["items"][0]["id"] == str(referral.pk)
    assert call(world.manager, "GET", "referrals?box=sent")["items"][0]["state"] == "sent"
    assert call(world.manager, "GET", "referrals?box=sent&state=done") == {"count": 0, "items": []}
    assert "Exemplar" not in json.dumps([arrivals, file, cases, whole])


def test_reading_a_case_is_a_line_in_the_log(world, make, call, logged):
    case = make.case()
    before = logged(case.person_id)
    call(world.manager, "GET", f"cases/{case.pk}")
    assert logged(case.person_id) == [*before, "protection.read_case"]


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize(
    ("path", "who", "statements"),
    [
        ("arrivals", "responder", 6),
        ("cases", "manager", 6),
        ("referrals?box=sent", "manager", 6),
        ("notices", "worker", 6),
    ],
)
def test_a_list_asks_the_same_number_of_questions(
    world, browser, make, django_assert_num_queries, number, path, who, statements
):
    for count in range(number):
        make.referral(make.case(f"Exemplar{count}"))
    client = browser(getattr(world, who))
    with django_assert_num_queries(statements):
        assert client.get(f"/api/{path}").json()["count"] == number


@pytest.mark.parametrize("number", [1, 3])
def test_a_case_asks_the_same_number_of_questions(world, browser, make, do, django_assert_num_queries, number):
    from palermo.protection.domain.cases import add_risk

    case = make.case()
    for _ in range(number):
        make.referral(case)
        do(world.manager, add_risk, case=case, kind="threats")
    client = browser(world.manager)
    with django_assert_num_queries(12):
        assert len(client.get(f"/api/cases/{case.pk}").json()["referrals"]) == number


# Refusals


def test_a_refusal_says_what_where_and_what_to_do_and_keeps_nothing(world, make, call, owner_sql):
    person = make.person()
    refused = call(world.responder, "POST", f"arrivals/{person.pk}/screenings", {"form": "intake"}, status=422)
    assert set(refused) == {"message", "where", "remedy"}
    assert refused["where"] == "conditions"
    assert refused["remedy"].startswith("See to these first.")
    said = {"form": "intake", "conditions": [*CONDITIONS, "fine_weather"]}
    unknown = call(world.responder, "POST", f"arrivals/{person.pk}/screenings", said, status=422)
    assert (unknown["message"], unknown["where"]) == ("there is no condition fine_weather", "conditions")
    assert owner_sql("SELECT count(*) FROM protection_screening") == [(0,)]
    told = owner_sql("SELECT body::jsonb -> 'detail' ->> 'path' FROM office_logline WHERE verb = 'office.refused'")
    assert told == [("api:screening_start",)] * 2


def test_a_role_that_may_not_is_refused_with_403(world, make, call):
    person = make.person()
    refused = call(world.worker, "POST", f"arrivals/{person.pk}/screenings", {"form": "intake"}, status=404)
    assert refused["message"] == "there is nothing here"
    referral = make.referral(make.case())
    refused = call(world.responder, "POST", f"referrals/{referral.pk}/accept", {}, status=403)
    assert refused["message"] == "your role does not allow this."
    assert refused["remedy"].startswith("It is for: ")
    refused = call(world.admin, "GET", "cases", status=403)
    assert refused == {
        "message": "this is not for your role.",
        "where": "",
        "remedy": "Ask an administrator of your agency.",
    }


@pytest.mark.parametrize(
    ("path", "said", "where"),
    [
        ("referrals?limit=0", None, "limit"),
        ("referrals?state=gone", None, "state"),
        ("referrals/{}/decline", {"note": "no reason"}, "reason"),
        ("referrals/{}/accept", {"note": "x" * 301}, "note"),
    ],
)
def test_what_is_not_understood_names_the_field_and_repeats_nothing(world, make, call, path, said, where):
    referral = make.referral(make.case())
    method = "GET" if said is None else "POST"
    answer = call(world.shelter_manager, method, path.format(referral.pk), said, status=422)
    assert set(answer) == {"message", "where", "remedy"}
    assert answer["where"] == where
    assert "xxx" not in answer["message"]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[",
        b"null",
        b"[]",
        b'"text"',
        b"\xff\xfe",
        b"[" * 100_000,
        b'{"profession": "teacher", "child": true, "seen": "\\u0000"}',
        b'{"profession": "teacher", "child": true, "seen": "\\ud800"}',
        b'{"profession": "teacher", "child": true, "seen": "x", "contact": {"a": 1}}',
        b'{"profession": "teacher", "child": true, "seen": "x", "signs": [["a"]]}',
    ],
)
def test_whatever_is_sent_gets_one_clear_answer(world, browser, owner_sql, body):
    answer = browser(None).generic("POST", "/api/concerns", body, content_type="application/json")
    assert answer.status_code in {400, 422}
    assert set(answer.json()) == {"message", "where", "remedy"}
    assert owner_sql("SELECT count(*) FROM protection_concern") == [(0,)]


@pytest.mark.parametrize("query", ["code=%00", "code=%ED%A0%80", "limit=1e3", "offset=99999999999999999999"])
def test_whatever_is_asked_gets_one_clear_answer(world, browser, make, query):
    make.person()
    answer = browser(world.responder).get(f"/api/arrivals?{query}")
    assert answer.status_code == 422 or answer.json()["items"] == []


def test_another_agencys_file_is_not_there(world, make, call):
    case = make.case()
    for path in (f"cases/{case.pk}", f"arrivals/{case.person_id}"):
        assert call(world.police_manager, "GET", path, status=404)["message"] == "there is nothing here"
    assert call(world.police_manager, "GET", "cases") == {"count": 0, "items": []}


# Who may not see, does not


def addresses(**ids):
    """Every address of the API with ids of what is there."""
    for pattern in next(p for p in get_resolver().url_patterns if str(p.pattern) == "api/").url_patterns:
        # Of other rooms' things, which have their own tests: any id, and a code where no id is asked for.
        any_id = next(iter(ids.values()))
        needs = {
            name: ids.get(name) or (any_id if type(converter).__name__.startswith("UUID") else "MD")
            for name, converter in pattern.pattern.converters.items()
        }
        yield pattern.name, reverse(f"api:{pattern.name}", kwargs=needs)


def test_migration_enforcement_gets_nothing_from_any_address(world, browser, make, do, owner_sql):
    from palermo.office.models import Notice
    from palermo.protection.domain.screenings import start_screening

    case, waiting, grown = make.case("Exemplar", age=12, path="child"), make.person("Waiting"), make.case("Grown")
    referral = make.referral(case, "children", purpose="child_protection", services=("guardianship",))
    consent = make.consent(grown)
    screening = do(world.responder, start_screening, person=waiting, form="intake", conditions=CONDITIONS)
    notice = seen_by(world.child_worker, Notice)
    things = {"person": waiting, "case": grown, "referral": referral, "screening": screening, "notice": notice}
    things |= {"consent": consent}
    ids = {name: thing.pk for name, thing in things.items()}
    # What each verb would take from somebody who may.
    said = {
        "screening_start": {"form": "intake", "conditions": CONDITIONS},
        "screening_answer": {"question": "safe_now", "value": "yes"},
        "screening_judge": {"judgement": "presumed"},
        "referral_decline": {"reason": "no_place"},
        "referral_recall": {"reason": "guardian"},
        "arrival_list": {"path": "adult"},
        "arrival_register": {"path": "adult"},
        "arrival_search": {"identity": {"family_name": "Exemplar"}, "reason": "New arrival"},
        "person_correct": {"path": "adult"},
        "consent_give": {
            "recipient": str(world.agency["shelter"].pk),
            "purpose": "accommodation",
            "kinds": ["profile"],
            "language": "ara",
        },
        "referral_send": {
            "recipient": str(world.agency["shelter"].pk),
            "purpose": "accommodation",
            "services": ["accommodation"],
            "kinds": ["profile"],
            "basis": {"basis": "consent", "consent": str(consent.pk)},
        },
    }
    secrets = [waiting.code, case.person.code, grown.person.code, "Exemplar", *(str(pk) for pk in ids.values())]
    everything = "SELECT (SELECT count(*) FROM protection_referral), (SELECT count(*) FROM protection_answer)"
    before = owner_sql(everything)
    client = browser(world.officer)
    for name, address in addresses(**ids):
        if name in {"concern", "concern_forms", "openapi-json", "api-root"}:
            continue
        for method in ("GET", "POST"):
            answer = client.generic(method, address, json.dumps(said.get(name, {})), content_type="application/json")
            told = answer.content.decode()
            assert [secret for secret in secrets if secret in told] == [], address
            # What is not understood is said before anything is asked of the records.
            allowed = name in {"me", "agencies"} or "the request is not understood: Field required" in told
            allowed = allowed or told == '{"count": 0, "items": []}'
            assert answer.status_code in {403, 404, 405} or allowed, (method, address, told)
    assert client.get("/api/me").json()["may"] == []
    assert owner_sql(everything) == before


def test_nobody_without_signing_in_gets_past_the_public_door(world, browser, make):
    case = make.case()
    ids = dict.fromkeys(("person", "case", "referral", "screening", "notice", "consent"), case.pk)
    client = browser(None)
    for name, address in addresses(**ids):
        for method in ("GET", "POST"):
            answer = client.generic(method, address, "{}", content_type="application/json")
            if name in {"openapi-json", "api-root"}:
                assert answer.status_code == 302
            elif name in {"concern", "concern_forms"}:
                assert answer.status_code in {200, 405, 422}
            else:
                assert answer.status_code in {401, 405}, address
                assert answer.status_code == 405 or set(answer.json()) == {"message", "where", "remedy"}


def test_a_member_without_a_second_factor_sets_one_up_first(world, client):
    client.force_login(world.manager, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert client.get("/api/cases").url == reverse("mfa_activate_totp")


def test_a_post_needs_the_token_against_forgery(world, browser, make, settings):
    referral = make.referral(make.case())
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = browser(world.worker).cookies
    send = {"data": "{}", "content_type": "application/json"}
    forged = strict.post(f"/api/referrals/{referral.pk}/accept", **send)
    assert (forged.status_code, forged.json()["message"]) == (403, "CSRF check Failed")
    token = strict.get("/api/me").json()["csrf_token"]
    accepted = strict.post(f"/api/referrals/{referral.pk}/accept", **send, headers={"X-CSRFToken": token})
    assert accepted.json()["state"] == "accepted"


# The public door


def test_a_concern_by_api_reaches_the_agency_that_a_page_would_choose(world, browser, call):
    from palermo.protection.models import Concern

    forms = call(None, "GET", "concerns/forms")["forms"]
    teacher = next(form for form in forms if form["code"] == "teacher")
    sign = teacher["signs"][0]["item"]
    page = {"signs": [sign], "seen": "A boy who never rests", "child": "yes", "agrees": ""}
    browser(None).post(reverse("protection:concern", args=["teacher"]), page)
    said = {"profession": "teacher", "signs": [sign], "seen": "A boy who never rests", "child": True}
    raised = call(None, "POST", "concerns", said, status=201)
    assert raised["recipient"] == "Child Protection"
    with acting_as(world.child_worker):
        one, other = Concern.objects.order_by("at")
        names = ("recipient_id", "profession", "signs", "child", "urgent", "agrees", "state")
        assert plain(one, *names) == plain(other, *names)
    told = browser(None).post(reverse("protection:concern_answer"), {"receipt": raised["receipt"]})
    assert told.context["status"].state == "new"


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"profession": "astrologer"}, "profession"),
        ({"signs": ["not_a_sign"]}, "signs"),
        ({"seen": " "}, "what you saw"),
        ({"recipient": "00000000-0000-0000-0000-000000000000"}, "recipient"),
    ],
)
def test_a_concern_that_says_nothing_is_refused(world, call, owner_sql, change, where):
    said = {"profession": "teacher", "seen": "A boy who never rests", "child": True} | change
    assert call(None, "POST", "concerns", said, status=422)["where"] == where
    assert owner_sql("SELECT count(*) FROM protection_concern") == [(0,)]


def test_nothing_goes_to_migration_enforcement_from_the_public_door(world, call):
    border = str(world.agency["border"].pk)
    said = {"profession": "teacher", "seen": "A boy who never rests", "child": True, "recipient": border}
    assert call(None, "POST", "concerns", said, status=422)["where"] == "recipient"


def test_the_place_of_a_shelter_is_as_unknown_as_one_that_is_not_there(world, call, as_owner):
    from palermo.office.models import Site

    with as_owner():
        hidden = Site.objects.create(agency=world.agency["shelter"], name="Behind the Lighthouse")
    said = {"profession": "teacher", "seen": "A woman who is never alone", "child": False}
    absent = "00000000-0000-0000-0000-000000000000"
    answers = [call(None, "POST", "concerns", {**said, "place": str(pk)}, status=404) for pk in (hidden.pk, absent)]
    assert answers[0] == answers[1]
    near = call(None, "POST", "concerns", {**said, "place": str(world.harbour.pk)}, status=201)
    assert near["recipient"] == "Harbour Reception"


def test_page_and_api_share_one_limit_and_only_json_is_read(world, browser, call):
    said = {"profession": "teacher", "seen": "A boy who never rests", "child": True}
    form = browser(None).post("/api/concerns", json.dumps(said), content_type="text/plain")
    assert (form.status_code, form.json()["message"]) == (415, "send JSON")
    for _ in range(10):
        call(None, "POST", "concerns", said, status=201)
    assert "too many" in call(None, "POST", "concerns", said, status=429)["message"]
    page = {"seen": "A boy who never rests", "child": "yes"}
    assert browser(None).post(reverse("protection:concern", args=["teacher"]), page).status_code == 429
