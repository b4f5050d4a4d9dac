"""The inbox, a referral on both sides, its data, its answers, and the decision on identification."""

import pytest
from django.urls import reverse

from palermo.office.domain.consent import withdraw_consent
from palermo.office.domain.disclosure import end_share
from palermo.office.enums import DataKind
from palermo.office.models import Disclosure, Notice
from palermo.protection.domain.guardians import request_guardian
from palermo.protection.domain.recalls import recall_disclosure
from palermo.protection.domain.referrals import accept_referral
from palermo.protection.models import Case, Identification, Referral


def end_disclosure(*, member, disclosure_id):
    end_share(disclosure_id=disclosure_id, tell=True)


INBOX, SENT = "/referrals/", "/referrals/sent/"


def url(name, *args):
    return reverse(f"protection:{name}", args=[getattr(arg, "pk", arg) for arg in args])


@pytest.fixture
def stored(as_owner):
    def read(model, **by):
        with as_owner():
            return model.objects.get(**by)

    return read


def rows(response):
    return [row.record.pk for row in response.context["table"].page.object_list]


def test_urgent_and_children_first_then_by_deadline(world, browser, make, later):
    with later(hours=-5):
        earlier = make.referral(make.case())
    plain = make.referral(make.case())
    child = make.referral(make.case(age=9, path="child"))
    urgent = make.referral(make.case(), urgent=True)
    response = browser(world.worker).get(INBOX)
    assert rows(response) == [urgent.pk, child.pk, earlier.pk, plain.pk]
    with later(hours=25):
        page = browser(world.worker).get(INBOX).content.decode()
    assert page.count("Overdue by") == 4


@pytest.mark.parametrize("more", [0, 2])
def test_the_number_of_statements_does_not_grow(world, browser, make, more, statements):
    for _n in range(1 + more):
        make.referral(make.case())
    worker = browser(world.worker)
    with statements(6):
        assert len(rows(worker.get(INBOX))) == 1 + more
    manager = browser(world.manager)
    with statements(6):
        assert len(rows(manager.get(SENT))) == 1 + more


def test_only_the_two_sides_see_a_referral(world, browser, make):
    referral = make.referral(make.case("Secretname"))
    for name in ("worker", "shelter_manager"):
        member = browser(getattr(world, name))
        assert rows(member.get(INBOX)) == [referral.pk]
        page = member.get(url("referral", referral)).content.decode()
        assert "Safe accommodation" in page
        assert "Secretname" not in page
    manager = browser(world.manager)
    assert rows(manager.get(SENT)) == [referral.pk]
    assert rows(manager.get(INBOX)) == []
    for name in ("child_worker", "decider", "police_manager"):
        member = browser(getattr(world, name))
        assert rows(member.get(INBOX)) == []
        assert member.get(url("referral", referral)).status_code == 404
        assert member.post(url("package_open", referral)).status_code == 404
    assert browser(world.officer).get(INBOX).status_code == 403


def test_the_sender_sees_the_code_and_the_recipient_does_not(world, browser, make):
    case = make.case()
    referral = make.referral(case)
    assert case.person.code in browser(world.manager).get(url("referral", referral)).content.decode()
    assert case.person.code not in browser(world.worker).get(url("referral", referral)).content.decode()


@pytest.mark.parametrize(
    ("query", "expected"),
    [("", 2), ("?state=accepted", 1), ("?state=all", 2), ("?first=child", 1), ("?purpose=health_care", 0)],
)
def test_filters(world, browser, make, do, query, expected):
    make.referral(make.case(age=9, path="child"))
    do(world.worker, accept_referral, referral=make.referral(make.case()))
    assert len(rows(browser(world.worker).get(INBOX + query))) == expected


def test_data_are_opened_by_a_post_and_shown_in_words(world, browser, make, stored, owner_sql):
    case = make.case("Secretname")
    referral = make.referral(case, kinds=("identity", "contact", "profile", "risks", "needs", "family", "health"))
    worker = browser(world.worker)
    again = worker.get(url("package_open", referral))
    assert (again.status_code, again.url) == (302, url("referral", referral))
    assert owner_sql("SELECT count(*) FROM office_logline WHERE verb = 'protection.open_package'") == [(0,)]
    page = worker.post(url("package_open", referral)).content.decode()
    for words in (
        "Ada Secretname",
        "after six",
        "Arabic",
        "Syria",
        "Name, birth date and documents",
        "That is not a “no”",
    ):
        assert words in page
    page = page[page.index("<main") :]
    for code in ("{", "birth_date", "safe_contact", "guardian_asked"):
        assert code not in page
    verbs = owner_sql("SELECT verb, purpose FROM office_logline WHERE object_id = %s ORDER BY at, seq", [referral.pk])
    assert verbs[-1] == ("protection.open_package", "accommodation")
    assert owner_sql("SELECT opened_at IS NOT NULL FROM office_disclosure") == [(True,)]


def test_only_the_kinds_that_were_sent_are_there(world, browser, make):
    referral = make.referral(make.case("Secretname"), kinds=("profile",))
    response = browser(world.worker).post(url("package_open", referral))
    assert [str(section["title"]) for section in response.context["sections"]] == [
        "Age group, sex, languages and citizenship"
    ]
    assert "Secretname" not in response.content.decode()


def test_accepted_then_done(world, browser, make, stored):
    referral = make.referral(make.case())
    worker = browser(world.worker)
    assert worker.post(url("referral_accept", referral), {"note": "Room from 18:00"}).url == url("referral", referral)
    assert stored(Referral, pk=referral.pk).state == "accepted"
    assert "Room from 18:00" in browser(world.manager).get(url("referral", referral)).content.decode()
    worker = browser(world.worker)
    refused = worker.post(url("referral_accept", referral), {})
    assert refused.context["form"].non_field_errors() == [
        "The referral is already accepted. Load the page again to see what was done."
    ]
    worker.post(url("referral_done", referral), {"note": "Moved in"})
    done = stored(Referral, pk=referral.pk)
    assert (done.state, done.answer_note) == ("done", "Moved in")


def test_declined_with_a_reason(world, browser, make, stored):
    case = make.case()
    referral = make.referral(case)
    worker = browser(world.worker)
    assert worker.post(url("referral_decline", referral), {"note": "Monday"}).status_code == 422
    worker.post(url("referral_decline", referral), {"reason": "no_place", "note": "Monday"})
    assert stored(Referral, pk=referral.pk).decline_reason == "no_place"
    page = browser(world.manager).get(url("case", case)).content.decode()
    assert "No place or capacity" in page
    assert "Find another agency" in page


def test_taken_back_by_the_sender(world, browser, make, stored):
    referral = make.referral(make.case())
    assert browser(world.worker).post(url("referral_withdraw", referral)).status_code == 403
    manager = browser(world.manager)
    assert "withdraws it as well" in manager.get(url("referral_withdraw", referral)).content.decode()
    manager.post(url("referral_withdraw", referral))
    assert stored(Referral, pk=referral.pk).state == "withdrawn"


def test_reported_when_it_is_overdue(world, browser, make, stored, later):
    referral = make.referral(make.case())
    manager = browser(world.manager)
    assert "Report that it is overdue" not in manager.get(url("referral", referral)).content.decode()
    assert manager.post(url("referral_escalate", referral)).status_code == 422
    with later(hours=25):
        manager = browser(world.manager)
        assert "Report that it is overdue" in manager.get(url("referral", referral)).content.decode()
        manager.post(url("referral_escalate", referral))
    assert stored(Referral, pk=referral.pk).escalated_at


def test_decision_appeal_and_decision_on_the_appeal(world, browser, make, do, stored):
    case = make.case()
    referral = make.referral(case, "authority", purpose="identification", services=("identification",))
    decider = browser(world.decider)
    said = {"outcome": "not_identified", "reason": "The account leaves open who arranged the work."}
    early = decider.post(url("identification_decide", referral), said)
    assert early.context["form"].non_field_errors() == [
        "This is not an accepted referral for identification. Accept it first."
    ]
    decider.post(url("referral_accept", referral))
    assert "Decide on identification" in decider.get(url("referral", referral)).content.decode()
    short = decider.post(url("identification_decide", referral), said | {"reason": "No."})
    assert list(short.context["form"].errors) == ["reason"]
    decider.post(url("identification_decide", referral), said)
    assert stored(Case, pk=case.pk).state == "not_identified"

    manager = browser(world.manager)
    page = manager.get(url("referral", referral)).content.decode()
    assert "The account leaves open who arranged the work." in page
    manager.post(url("identification_appeal", referral), {"ground": "New documents show who paid the journey"})
    assert stored(Case, pk=case.pk).state == "appealed"

    decider = browser(world.decider)
    assert decider.post(url("identification_appeal_decide", referral), {"outcome": "identified"}).status_code == 403
    second = browser(world.second_decider)
    assert "New documents" in second.get(url("identification_appeal_decide", referral)).content.decode()
    decider = browser(world.decider)
    page = decider.get(url("referral", referral)).content.decode()
    assert "The appeal waits for a decision maker who did not decide first." in page
    assert url("identification_appeal_decide", referral) not in page
    again = decider.get(url("identification_decide", referral), follow=True)
    assert "appeal waits" in again.content.decode()
    second = browser(world.second_decider)
    assert url("identification_appeal_decide", referral) in second.get(url("referral", referral)).content.decode()
    short = second.post(url("identification_appeal_decide", referral), {"outcome": "identified", "reason": "Yes"})
    assert "reasons of at least 20 letters" in short.content.decode()
    reason = "The new documents show who paid, and who kept the papers."
    second.post(url("identification_appeal_decide", referral), {"outcome": "identified", "reason": reason})
    assert reason in browser(world.manager).get(url("referral", referral)).content.decode()
    assert stored(Identification, referral=referral).appeal_outcome == "identified"
    assert stored(Case, pk=case.pk).state == "identified"
    assert "Formally identified" in browser(world.manager).get(url("case", case)).content.decode()


def test_no_decision_to_appeal_is_not_found(world, browser, make):
    referral = make.referral(make.case(), "authority", purpose="identification", services=("identification",))
    assert browser(world.manager).get(url("identification_appeal", referral)).status_code == 404


def test_a_provider_that_never_accepts_decides_nothing(world, browser, make):
    referral = make.referral(make.case())
    said = {"outcome": "identified", "reason": "Because we say so, at some length."}
    assert browser(world.worker).post(url("identification_decide", referral), said).status_code == 403
    assert browser(world.decider).post(url("identification_decide", referral), said).status_code == 404


def test_the_deadline_stands_among_the_first_columns(world, browser, make):
    make.referral(make.case())
    page = browser(world.worker).get("/referrals/").content.decode()
    labels = [part.split('"')[0] for part in page.split('data-label="')[1:]]
    assert labels[:4] == ["Referral", "Answer", "First", "State"]


@pytest.mark.parametrize("age", [30, 9])
def test_the_notice_to_stop_opens_the_referral_and_the_row_is_marked(world, browser, make, do, as_owner, age):
    """Of several referrals the recipient is told whose data they are, without the data."""
    of_age = {"age": age, "path": "child" if age < 18 else "adult"}
    ended, other = make.referral(make.case("Secretname", **of_age)), make.referral(make.case(**of_age))
    worker = browser(world.worker)
    assert "Stop using the data" not in worker.get(INBOX).content.decode()
    if age < 18:
        do(world.manager, recall_disclosure, referral=ended, reason="guardian")
    else:
        with as_owner():
            consent = Disclosure.objects.get(pk=ended.disclosure_id).consent
        do(world.manager, withdraw_consent, consent=consent)
    with as_owner():
        notice = Notice.objects.get(about_id=ended.disclosure_id, agency=world.shelter)
    worker = browser(world.worker)
    opens = url("data_ended", ended.disclosure_id)
    assert "Open" in worker.get(reverse("office:notices")).content.decode()
    assert worker.post(reverse("office:read_notice", args=[notice.pk])).url == opens
    assert worker.get(opens).url == url("referral", ended)
    page = worker.get(url("referral", ended)).content.decode()
    assert "may no longer be used" in page
    assert "Secretname" not in page
    table = worker.get(INBOX).context["table"]
    marks = {row.record.pk: "Stop using the data" in str(row.get_cell("first")) for row in table.page.object_list}
    assert marks == {ended.pk: True, other.pk: False}
    table = browser(world.manager).get(SENT).context["table"]
    marks = {row.record.pk: "Data no longer shared" in str(row.get_cell("first")) for row in table.page.object_list}
    assert marks == {ended.pk: True, other.pk: False}
    for stranger in (world.child_worker, world.police_manager, world.manager):
        assert browser(stranger).get(opens).status_code == 404


def test_a_notice_of_what_is_closed_as_a_whole_says_so(world, browser, make, do, as_owner):
    case = make.case(age=14, path="child")
    said = {"asked_of": world.agency["children"], "companion_checked": True, "child_view": "Wants a woman"}
    asked = do(world.manager, request_guardian, person=case.person, **said)
    do(world.manager, end_disclosure, disclosure_id=asked.disclosure_id)
    member = browser(world.child_worker)
    response = member.get(url("data_ended", asked.disclosure_id), follow=True)
    assert response.redirect_chain == [(reverse("office:notices"), 302)]
    assert "closed to you as a whole" in response.content.decode()


@pytest.mark.parametrize("age", [30, 9])
def test_the_sender_sees_which_kinds_of_data_went(world, browser, make, age):
    case = make.case(age=age, path="child" if age < 18 else "adult")
    referral = make.referral(case, kinds=("identity", "health"))
    page = browser(world.manager).get(url("referral", referral)).content.decode()
    facts = page.split("<dt>Data that went with it</dt>")[1].split("</dd>")[0]
    labels = dict(DataKind.choices)
    assert all(str(labels[kind]) in facts for kind in ("identity", "health"))
    assert not any(str(label) in facts for kind, label in labels.items() if kind not in {"identity", "health"})
