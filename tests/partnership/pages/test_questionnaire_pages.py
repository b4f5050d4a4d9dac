"""Questionnaires from the first question to the comparison of two rounds; the door for respondents without an account."""

import datetime as dt
import re

import pytest

from palermo.partnership.domain import questionnaires as verbs


@pytest.fixture
def asked(house, do):
    member = house.co_ordinator
    said = {"title": "Survey of States", "purpose": "survey_of_states", "clearance": "public"}
    made = do(member, verbs.write_questionnaire, **said)
    version = _version(member)
    for code, kind, text, more in (
        ("law", "yes_no", "Is trafficking a crime of its own?", {"wants_evidence": True}),
        ("form", "choice", "Which form is found most?", {"choices": ["labour", "sexual"]}),
        ("cases", "number", "How many persons were identified?", {}),
        ("words", "text", "What is hardest?", {}),
    ):
        do(member, verbs.add_question, version=version, code=code, kind=kind, text=text, **more)
    return made


def _version(member):
    from palermo.office.domain.acting import acting_as
    from palermo.partnership.models import QuestionnaireVersion

    with acting_as(member):
        return QuestionnaireVersion.objects.select_related("questionnaire").first()


@pytest.fixture
def round_(house, do, asked):
    from palermo.office import clock

    day = clock.now().date() + dt.timedelta(days=30)
    return do(house.co_ordinator, verbs.open_round, version=_version(house.co_ordinator), title="2026", closes_on=day)


@pytest.fixture
def link(house, do, round_):
    row = do(house.co_ordinator, verbs.ask_respondent, round_=round_, kind="state", name="Moldova", state="MD")
    made = do(house.co_ordinator, verbs.make_link, respondent=row)
    return made, row


def answers(member):
    from palermo.office.domain.acting import acting_as
    from palermo.partnership.models import Answer

    with acting_as(member):
        return {code: rest for code, *rest in Answer.objects.values_list("question__code", "value", "evidence")}


def test_a_questionnaire_is_written_and_sent_by_pages(browser, house):
    client = browser(house.co_ordinator)
    said = {"title": "Needs of facilities", "purpose": "facility_needs", "clearance": "office"}
    address = client.post("/partnership/questionnaires/new/", said)["Location"]
    page = client.get(address)
    add = re.search(r'href="([^"]+/questions/add/)"', page.content.decode())[1]
    assert client.post(add, {"text": "Is there a quiet room?", "code": "room", "kind": "yes_no"}).status_code == 302
    wrong = client.post(add, {"text": "Which?", "code": "which", "kind": "choice", "choices": "one"})
    assert wrong.status_code == 422
    send = re.search(r'href="([^"]+/send/)"', page.content.decode())[1]
    opened = client.post(send, {"title": "Spring", "closes_on": "2099-01-01"})
    assert client.get(opened["Location"]).status_code == 200
    assert client.post(add, {"text": "Late", "code": "late", "kind": "text"}).status_code == 422
    assert client.post(f"{address}version/").status_code == 302
    assert "Version 2" in client.get(address).content.decode()


def test_answers_come_in_by_link_and_code(client, house, link):
    made, _ = link
    door = f"/partnership/answers/{made.token}/"
    page = client.get(door)
    assert "trafficking" not in page.content.decode().casefold().replace("palermo: ", "")
    assert client.post(door, {"code": "00000000"}).status_code == 200
    assert client.post(door, {"code": f"{made.code[:4]} {made.code[4:]}"})["Location"] == "/partnership/answers/"
    page = client.get("/partnership/answers/").content.decode()
    assert "Is trafficking a crime of its own?" in page
    assert (
        client.post("/partnership/answers/", {"law": "yes", "law--evidence": "Act 1", "cases": "many"}).status_code
        == 422
    )
    assert answers(house.co_ordinator) == {}
    client.post("/partnership/answers/", {"law": "yes", "law--evidence": "Act 1", "cases": "12"})
    assert answers(house.co_ordinator) == {"law": ["yes", "Act 1"], "cases": ["12", ""]}
    client.post("/partnership/answers/", {"law": "not_known", "cases": "", "words": "Money", "hand_in": "yes"})
    assert answers(house.co_ordinator) == {"law": ["not_known", ""], "words": ["Money", ""]}
    assert client.get("/partnership/answers/").status_code == 410
    assert client.post(door, {"code": made.code}).status_code == 200


def test_who_thinks_longer_than_a_session_lasts_loses_nothing(client, house, link):
    made, _ = link
    client.post(f"/partnership/answers/{made.token}/", {"code": made.code})
    held = re.search(r'name="held" value="([^"]+)"', client.get("/partnership/answers/").content.decode())[1]
    client.cookies.clear()
    assert client.post("/partnership/answers/", {"held": held[:-1], "words": "Time"}).status_code == 410
    assert client.post("/partnership/answers/", {"held": held, "words": "Time"}).status_code == 302
    assert answers(house.co_ordinator) == {"words": ["Time", ""]}
    assert client.get("/partnership/answers/").status_code == 200


def test_five_wrong_codes_close_the_link(client, link):
    made, _ = link
    door = f"/partnership/answers/{made.token}/"
    for wrong in range(5):
        assert client.post(door, {"code": f"0000000{wrong}"}).status_code == 200
    assert client.post(door, {"code": made.code}).status_code == 200
    assert client.get("/partnership/answers/").status_code == 410


def test_a_new_link_closes_the_old_one(client, house, do, link):
    made, row = link
    newer = do(house.co_ordinator, verbs.make_link, respondent=row)
    assert client.post(f"/partnership/answers/{made.token}/", {"code": made.code}).status_code == 200
    assert client.post(f"/partnership/answers/{newer.token}/", {"code": newer.code}).status_code == 302


def test_after_the_last_day_nothing_opens(client, link, later):
    made, _ = link
    with later(days=40):
        assert client.post(f"/partnership/answers/{made.token}/", {"code": made.code}).status_code == 200


def test_sql_at_the_door_reads_and_answers_nothing_without_the_code(link, house):
    """With the token alone, and by tables, the door's login gets nothing."""
    from django.db import connection

    from palermo.office.domain.acting import acting_as
    from palermo.office.domain.rights import NotAllowed

    made, _ = link
    tried = "SELECT partnership_open_answers(%s, %s), partnership_give_answers(%s, %s, '[]', true)"
    key = [verbs.hash_of(made.token), verbs.hash_of(made.token, "00000000")]
    with acting_as(None), connection.cursor() as cursor:
        cursor.execute(tried, key + key)
        assert cursor.fetchone() == (None, None)
    for table in ("respondent", "answer", "question", "round"):
        with pytest.raises(NotAllowed), acting_as(None), connection.cursor() as cursor:
            cursor.execute(f"SELECT count(*) FROM partnership_{table}")


def test_answers_of_another_questionnaire_are_not_taken(house, do, link, asked):
    """A respondent with a code answers what is asked of them and nothing else."""
    import json

    from django.db import connection

    from palermo.office.domain.acting import acting_as

    made, _ = link
    other = do(house.co_ordinator, verbs.write_questionnaire, title="Another", purpose="other")
    with acting_as(house.co_ordinator):
        version = other.versions.get()
        mine = {one.code: str(one.pk) for one in asked.versions.get().questions.all()}
    strange = do(house.co_ordinator, verbs.add_question, version=version, code="x", kind="text", text="X?")
    rows = [{"question": str(strange.pk), "value": "no"}, {"question": mine["law"], "value": "maybe"}]
    rows += [{"question": mine["form"], "value": "neither"}, {"question": mine["words"], "value": "x" * 5000}]
    key = [verbs.hash_of(made.token), verbs.hash_of(made.token, made.code)]
    with acting_as(None), connection.cursor() as cursor:
        cursor.execute("SELECT partnership_give_answers(%s, %s, %s, false)", [*key, json.dumps(rows)])
        assert cursor.fetchone() == (True,)
    assert answers(house.co_ordinator) == {}


def test_a_round_shows_rate_gaps_and_comparison(browser, house, do, round_, asked):
    from palermo.office import clock

    member = house.co_ordinator
    day = clock.now().date() + dt.timedelta(days=60)
    later_round = do(member, verbs.open_round, version=_version(member), title="2027", closes_on=day)
    for one, law in ((round_, "no"), (later_round, "yes")):
        for name in ("Moldova", "Austria"):
            row = do(member, verbs.ask_respondent, round_=one, kind="state", name=name)
            if name == "Moldova":
                do(
                    member,
                    verbs.answer_questionnaire,
                    respondent=row,
                    answers={"law": (law, "Act"), "cases": ("3", "")},
                    submit=True,
                )
    page = browser(member).get(f"/partnership/questionnaires/rounds/{later_round.pk}/?before={round_.pk}")
    assert page.context["rate"] == 50
    assert page.context["tallies"][0][1:] == ("yes: 1 · no: 0", 0, 0, 1)
    assert page.context["moved"][0] == ("Is trafficking a crime of its own?", "no → yes: 1", 1)
    assert "What is hardest? (not answered)" in page.content.decode()


def test_an_answer_that_is_emptied_at_the_desk_is_taken_back(house, do, round_, asked):
    member = house.co_ordinator
    row = do(member, verbs.ask_respondent, round_=round_, kind="state", name="Moldova")
    for law in ("yes", "", "", "no"):
        do(member, verbs.answer_questionnaire, respondent=row, answers={"law": (law, "Act"), "cases": ("3", "")})
        left = do(member, lambda **_: {one.question.code: one.value for one in row.answers.all()})
        assert left == ({"law": law} if law else {}) | {"cases": "3"}


def test_answers_stay_with_the_office(browser, house, do, asked):
    from palermo.office import clock

    member, day = house.co_ordinator, clock.now().date()
    made = do(member, verbs.open_round, version=_version(member), title="Open", closes_on=day)
    row = do(member, verbs.ask_respondent, round_=made, kind="state", name="Atlantis")
    do(member, verbs.answer_questionnaire, respondent=row, answers={"words": ("Told in confidence", "")}, submit=True)
    assert answers(house.shelter_manager) == {}
    page = browser(house.shelter_manager).get(f"/partnership/questionnaires/rounds/{made.pk}/").content.decode()
    assert "Atlantis" not in page
    assert "Answers are for the office that asked" in page
    assert browser(house.shelter_manager).get(
        f"/partnership/questionnaires/respondents/{row.pk}/answers/"
    ).status_code in {403, 404}


def test_the_link_is_shown_once(browser, house, do, round_):
    row = do(house.co_ordinator, verbs.ask_respondent, round_=round_, kind="state", name="Moldova")
    page = browser(house.co_ordinator).post(f"/partnership/questionnaires/respondents/{row.pk}/link/").content.decode()
    assert re.search(r"/partnership/answers/[\w-]{32}/", page)
    assert re.search(r"\b\d{4} \d{4}\b", page)
