"""Evidence holds elements, its custody and disclosure are kept; what rests on a secret report never leaves."""

import datetime as dt

import pytest
from records import do

from palermo.office.domain.acting import acting_as
from palermo.prosecution.domain.evidence import (
    add_item,
    add_support,
    record_authority,
    remove_support,
    set_disclosure,
    withdraw_item,
)
from palermo.prosecution.domain.export import export_investigation
from palermo.prosecution.domain.investigations import close_investigation
from palermo.prosecution.domain.parties import add_holding, add_party, change_party
from palermo.prosecution.domain.requests import note_reply, send_request
from palermo.prosecution.domain.statements import Upload, keep_statements
from palermo.prosecution.queries.investigations import assessments, chains, disclosable, parties, wrong_with
from palermo.vocabulary.errors import Refusal

TODAY = dt.datetime.now(tz=dt.UTC).date()


@pytest.fixture
def report(case_of):
    """A case that has a secret report beside its order."""
    case = case_of()
    case.report = do(
        case.member,
        record_authority,
        investigation=case.it,
        kind="report",
        issuer="Financial intelligence unit",
        reference="STR-9",
        since=TODAY,
        covers="GR16",
    )
    return case


def item(case, **values):
    given = {"kind": "testimony", "source": "Interview room", "description": "What she told", "obtained_on": TODAY}
    return do(case.member, add_item, investigation=case.it, **(given | values))


def missing(case):
    with acting_as(case.member):
        return [one.missing for _party, one, _supports in assessments(case.it.pk, parties(case.it.pk))]


def test_the_matrix_fills_by_evidence_and_empties_when_it_goes(case_of):
    case = case_of()
    told = item(case, custodian="Evidence room")
    for element, code in (("act", "recruitment"), ("means", "deception"), ("purpose", "labour")):
        support = do(case.member, add_support, victim=case.victim, element=element, code=code, item=told)
    assert missing(case) == [()]
    do(case.member, remove_support, support=support)
    assert missing(case) == [("purpose",)]
    do(case.member, withdraw_item, item=told)
    assert missing(case) == [("act", "means", "purpose")]
    with acting_as(case.member):
        assert wrong_with(chains(case.it.pk)[told.pk]) == []


def test_for_a_child_the_means_are_not_asked_for(case_of):
    case = case_of()
    do(case.member, change_party, party=case.victim, roles=["victim"], age="child", consent_claimed=True)
    assert missing(case) == [("act", "purpose")]


def test_an_element_takes_its_own_codes_and_a_victim(case_of):
    case = case_of()
    told = item(case)
    for values in (
        {"victim": case.victim, "element": "act", "code": "labour"},
        {"victim": case.controller, "element": "act", "code": "transfer"},
    ):
        with pytest.raises(Refusal):
            do(case.member, add_support, item=told, **values)


def test_what_rests_on_a_report_holds_nothing_in_court_and_is_in_no_schedule(report):
    hint = item(report, authority=report.report, kind="statement")
    open_item = item(report, authority=report.order)
    do(report.member, add_support, victim=report.victim, element="act", code="transfer", item=hint)
    assert missing(report) == [("act", "means", "purpose")]
    for status in ("to_disclose", "disclosed"):
        with pytest.raises(Refusal, match="secret"):
            do(report.member, set_disclosure, item=hint, status=status)
    with acting_as(report.member):
        assert list(disclosable(report.it.pk)) == [open_item]


def test_no_letter_goes_out_under_a_report(report):
    letter = {"bank": "Harbour Bank", "accounts": "GR16", "asked": "Statements of 2026"}
    with pytest.raises(Refusal, match="report"):
        do(report.member, send_request, investigation=report.it, authority=report.report, **letter)
    sent = do(report.member, send_request, investigation=report.it, authority=report.order, days=7, **letter)
    do(report.member, note_reply, request=sent, reply="Two files came")


@pytest.mark.parametrize(
    ("since", "until"), [(TODAY + dt.timedelta(days=1), None), (dt.date(2020, 1, 1), dt.date(2020, 2, 1))]
)
def test_no_statement_is_kept_without_an_authority_in_force(case_of, texts, since, until):
    case = case_of()
    over = do(
        case.member,
        record_authority,
        investigation=case.it,
        kind="order",
        issuer="Court",
        reference="1",
        since=since,
        until=until,
        covers="all",
    )
    with pytest.raises(Refusal, match="not in force"):
        do(
            case.member,
            keep_statements,
            investigation=case.it,
            authority=over,
            bank="Harbour Bank",
            files=[Upload("a.csv", texts.own.encode())],
        )


def test_a_victim_is_never_exported_as_a_subject(case_of):
    case = case_of()
    both = do(case.member, add_party, investigation=case.it, name="Both Ways", roles=["victim", "front"])
    do(case.member, add_holding, party=both, account="GR 16 0110 1250 0000 0001 2300 695")
    do(case.member, add_holding, party=case.controller, account="DE89370400440532013000")
    told = do(case.member, export_investigation, investigation=case.it)
    assert [(one.label, one.roles, one.accounts) for one in told.subjects] == [
        ("P-1", ("controller",), ("DE89370400440532013000",))
    ]
    assert told.protected_labels == ("P-2", "P-3")
    assert told.protected_accounts == ("GR1601101250000000012300695",)
    assert "Both Ways" not in str(told)


def test_a_closed_investigation_takes_nothing_more(case_of):
    case = case_of()
    do(case.member, close_investigation, investigation=case.it, reason="The main suspect has died.")
    case.it.state = "closed"
    with pytest.raises(Refusal, match="closed"):
        item(case)
