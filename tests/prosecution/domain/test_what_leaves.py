"""What leaves the room: made by the hand, sealed, taken out by the own desk; no victim, no secret report in it."""

import io
import json
import shlex
import zipfile
from decimal import Decimal
from types import SimpleNamespace

import pytest
import typer
from lxml import etree
from openpyxl import load_workbook
from outlasting import outlasting
from records import do
from typer.testing import CliRunner

from palermo.cli import evidence
from palermo.office.domain.acting import acting_as
from palermo.office.domain.rights import NotAllowed
from palermo.prosecution.domain import packs
from palermo.prosecution.domain.analyses import ask_trace
from palermo.prosecution.domain.books import accept_book, ask_book
from palermo.prosecution.domain.evidence import record_authority
from palermo.prosecution.domain.export import export_investigation
from palermo.prosecution.domain.exports import ask_export, take_export
from palermo.prosecution.domain.goaml_case import goaml_case
from palermo.prosecution.domain.hand import investigator
from palermo.prosecution.domain.parties import add_holding
from palermo.prosecution.domain.statements import Upload, keep_statements, mend_reading, save_bank_reading
from palermo.prosecution.formats.evidence import verify
from palermo.prosecution.methods.tracing import Rule
from palermo.prosecution.models import Analysis, Book, Export
from palermo.prosecution.queries import leaving
from palermo.prosecution.queries.books import part_of, rows_of
from palermo.prosecution.queries.investigations import investigation_named
from palermo.prosecution.queries.leaving import last_said
from palermo.prosecution.queries.sealed import opened
from palermo.vocabulary.errors import Refusal

OWN_ACCOUNT, SHELL, THIRD = "GR1601101250000000012300695", "DE89370400440532013000", "FR1420041010050500013M02606"
HILL = {"date": "Date", "debit": "Paid out", "credit": "Paid in", "balance": "Saldo of the day"}
HILL |= {"party": "Who", "party_account": "Their IBAN", "text": "What for"}
SECRET = (
    "Booking date;Amount;Currency;Account;Balance;Counterparty;Counterparty account;Description\n"
    f"25.03.2026;77,00;EUR;{THIRD};177,00;Tip Payer;;From the unit\n"
    f"26.03.2026;-50,00;EUR;{THIRD};127,00;Vera Zorvath;;For Vera\n"
)
#: 250 from one to another, who then pays 200 on the same day; by days alone the order would not be known.
TIMED = (
    "MTCN,Send Date,Sender,Sender Phone,Receiver,Receiver Phone,Send Amount,Send Currency,Fee,Status\n"
    "11,2026-01-03 10:00:00,Ana Lin,0444123456,Boss,0444654321,250.00,EUR,,Paid\n"
    "12,2026-01-03 11:00:00,Boss,0444654321,Chief,0444777777,200.00,EUR,,Paid\n"
)
FOLLOWED = {rule.value: {"0444777777": "200.00", "0444654321": "50.00"} for rule in Rule} | {"direct": {}}
SAID = {
    "profile": "generic-words",
    "report_code": "STR",
    "entity_id": "4711",
    "branch": "Main",
    "reporter": "Ina Vestigator",
    "address": "1 Court Street",
    "city": "Example",
    "country": "GR",
    "currency": "EUR",
    "indicators": "TH1, TH2",
    "reason": "Money of the exploitation of others.",
    "only_suspects": False,
}


@pytest.fixture
def ready(case_of, statements_in, texts, work):
    """An accepted ledger of three banks, one of whose files rests on a secret report."""
    case = case_of()
    text = texts.own.replace("Bea Client;;Evening", "Bea Client;;For Vera Zorvath")
    _own, other = statements_in(case, ("own.csv", text, "Harbour Bank"), ("other.csv", texts.other, "Hill Bank"))
    do(case.member, save_bank_reading, bank="Hill Bank", columns=HILL, currency="EUR")
    do(case.member, mend_reading, file=other, said={"account": SHELL})
    report = do(
        case.member,
        record_authority,
        investigation=case.it,
        kind="report",
        issuer="Financial intelligence unit",
        reference="STR-77",
        since=case.order.since,
        covers="everything",
    )
    do(
        case.member,
        keep_statements,
        investigation=case.it,
        authority=report,
        bank="Tip Bank",
        files=[Upload("tip.csv", SECRET.encode())],
    )
    do(case.member, add_holding, party=case.controller, account=SHELL)
    do(case.member, add_holding, party=case.victim, account=OWN_ACCOUNT)
    book = do(case.member, ask_book, investigation=case.it)
    work()
    with acting_as(case.member):
        book = Book.objects.get(pk=book.pk)
    do(case.member, accept_book, book=book)

    def made(kind, **asked):
        asked_for = do(case.member, ask_export, investigation=case.it, kind=kind, asked=asked)
        work()
        with acting_as(case.member):
            done = Export.objects.select_related("investigation__agency").get(pk=asked_for.pk)
            return SimpleNamespace(record=done, data=take_export(member=case.member, export=done))

    return SimpleNamespace(case=case, made=made)


def unpacked(data):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def assert_made_again(files, folder):
    """A stranger with the files of an evidence file makes the same bytes by the command that it names."""
    app = typer.Typer()
    evidence.register(app)
    for name, data in files.items():
        (folder / name).write_bytes(data)
    line = shlex.split(json.loads(files["manifest.json"])["command"])[1:]
    line = [str(folder / one) if one.endswith((".parquet", ".csv")) else one for one in line]
    again = CliRunner().invoke(app, [*line, "--out", str(folder / "again")])
    assert again.exit_code == 0, again.output
    for name in ("findings.json", "rows.csv", "report.pdf", "manifest.json"):
        assert (folder / "again" / name).read_bytes() == files[name], name


def test_every_row_but_those_of_the_secret_report(ready):
    sheet = load_workbook(io.BytesIO(ready.made("rows").data)).active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
    assert len(rows) == 4
    text = str(rows)
    assert (THIRD in text, "Vera" in text, "Zorvath" in text, "own.csv" in text) == (False,) * 4
    assert [row[6] for row in rows].count("[withheld: names a person to be protected]") == 1
    assert {row[7] for row in rows} == {"E-1", "E-2"}


def test_the_evidence_file_is_signed_and_a_stranger_makes_it_again(ready, tmp_path):
    made = ready.made("evidence", accounts=[OWN_ACCOUNT], currency="EUR", through_unproven=False)
    files = unpacked(made.data)
    assert sorted(files) == [
        "findings.json", "ledger.parquet", "manifest.json", "manifest.sig", "opening.csv", "public-key.pem", "report.pdf",
        "rows.csv",
    ]  # fmt: skip
    assert verify(files["manifest.json"], files["manifest.sig"], files["public-key.pem"])
    for name, data in files.items():
        text = data.decode("utf-8", "ignore")
        assert ("Vera" in text, "STR-77" in text, THIRD in text, "own.csv" in text) == (False,) * 4, name
    assert_made_again(files, tmp_path)
    manifest = json.loads(files["manifest.json"])
    origins = {row["id"]: row["statement"]["file"] for figure in manifest["figures"] for row in figure["rows"]}
    assert set(origins.values()) <= {"E-1", "E-2"}
    assert origins


def test_statements_with_times_keep_their_order_in_the_room_and_in_the_evidence_file(
    case_of, statements_in, work, tmp_path
):
    case = case_of()
    statements_in(case, ("list.csv", TIMED, "Operator"))
    book = do(case.member, ask_book, investigation=case.it)
    work()
    with acting_as(case.member):
        book.refresh_from_db()
    question = {"accounts": ["0444123456"], "currency": "EUR", "through_unproven": True}
    asked = do(case.member, ask_trace, book=book, **question)
    made = do(case.member, ask_export, investigation=case.it, kind="evidence", asked=question)
    work()
    with acting_as(case.member):
        told = [part_of(Analysis.objects.get(pk=asked.pk), rule.value) for rule in Rule]
        made = Export.objects.select_related("investigation__agency").get(pk=made.pk)
        files = unpacked(take_export(member=case.member, export=made))
    findings = json.loads(files["findings.json"])["results"]
    for one in (*told, *findings):
        assert (one["order"]["tied_rows"], one["held"]) == (0, FOLLOWED[one["method"]]), one["method"]
    assert len(findings) == len(Rule)
    assert_made_again(files, tmp_path)


def test_claims_are_followed_through_a_change_of_currency_and_made_again(case_of, statements_in, work, tmp_path):
    """1,200 EUR of Ada's are sold for 1,320 USD; 320 of these go as cash."""
    head = "Booking date;Amount;Currency;Account;Balance;Counterparty;Counterparty account;Description\n"
    euro = (
        f"{head}20.03.2026;1.200,00;EUR;{OWN_ACCOUNT};1.200,00;Ada Client;;Evening\n"
        f"22.03.2026;-1.200,00;EUR;{OWN_ACCOUNT};0,00;;;Exchange\n"
    )
    dollar = (
        f"{head}22.03.2026;1.320,00;USD;{SHELL};1.320,00;;;Exchange\n24.03.2026;-320,00;USD;{SHELL};1.000,00;;;Cash\n"
    )
    case = case_of()
    statements_in(case, ("euro.csv", euro, "Harbour Bank"), ("dollar.csv", dollar, "Harbour Bank"))
    book = do(case.member, ask_book, investigation=case.it)
    work()
    with acting_as(case.member):
        ids = {row["amount"]: row["id"] for row in rows_of(Book.objects.get(pk=book.pk)).iter_rows(named=True)
               if row["text"] == "Exchange"}  # fmt: skip
    sold, bought = (ids[Decimal(amount)] for amount in ("1200.00", "1320.00"))
    said = {"accounts": ["Ada Client"], "currency": "EUR", "through_unproven": True}
    said |= {"exchanges": f"{sold} {bought}", "rates": "2026-03-21 EUR USD 1.10"}
    made = do(case.member, ask_export, investigation=case.it, kind="evidence", asked=said)
    wrong = do(
        case.member, ask_export, investigation=case.it, kind="evidence", asked=said | {"rates": "2026-03-21 EUR"}
    )
    work()
    with acting_as(case.member):
        exports = Export.objects.select_related("investigation__agency")
        assert "a line has not 4 parts" in opened(exports.get(pk=wrong.pk).sealed_problem)["message"]
        files = unpacked(take_export(member=case.member, export=exports.get(pk=made.pk)))
    findings = json.loads(files["findings.json"])
    assert (findings["currencies"], findings["exchanges"][0]["apart"]) == (["EUR", "USD"], False)
    held = {(one["method"], one["currency"]): one["held"] for one in findings["results"]}
    assert (held["fifo", "EUR"], held["fifo", "USD"]) == ({}, {SHELL: "1000.00"})
    assert "poison" not in {method for method, _unit in held}
    assert_made_again(files, tmp_path)


@pytest.mark.parametrize(("module", "name"), [(packs, "file_of"), (leaving, "combine")])
def test_an_export_that_takes_longer_than_a_pass_is_good_for_is_kept_whole(ready, monkeypatch, module, name):
    monkeypatch.setattr(module, name, outlasting(getattr(module, name)))
    sheet = load_workbook(io.BytesIO(ready.made("rows").data)).active
    texts = [row[6].value for row in sheet.iter_rows(min_row=2)]
    assert texts.count("[withheld: names a person to be protected]") == 1
    assert "Vera" not in str(texts)


def test_a_goaml_report_names_the_suspect_and_no_victim(ready):
    made = ready.made("goaml", **SAID)
    root = etree.fromstring(made.data)
    assert root.findtext("rentity_id") == "4711"
    assert [one.text for one in root.iter("indicator")] == ["TH1", "TH2"]
    assert {one.text for one in root.iter("last_name")} == {"Vestigator", "Zorvath", "not known"}
    assert {one.text for one in root.iter("institution_name")} == {"Harbour Bank", "Hill Bank", "not known"}
    text = made.data.decode()
    assert ("Vera" in text, "STR-77" in text, THIRD in text) == (False, False, False)
    assert "a person to be protected" in root.findtext("reason")
    only = etree.fromstring(ready.made("goaml", **{**SAID, "only_suspects": True}).data)
    assert (len(root.findall("transaction")), len(only.findall("transaction"))) == (4, 2)


def test_entities_give_the_suspect_an_account_and_the_victim_none(ready):
    found = [json.loads(line) for line in ready.made("entities").data.decode().splitlines()]
    assert [one["properties"]["name"] for one in found if one["schema"] == "Person"] == [["Zed Zorvath"]]
    assert sum(one["schema"] == "Ownership" for one in found) == 1
    assert sum(one["schema"] == "Payment" for one in found) == 4
    assert "Vera" not in str(found)


def test_what_cannot_be_made_says_why_and_is_no_file(ready):
    case = ready.case
    asked = do(case.member, ask_export, investigation=case.it, kind="goaml", asked={**SAID, "reason": ""})
    with acting_as(case.member), pytest.raises(Refusal, match="not made"):
        take_export(member=case.member, export=Export.objects.select_related("investigation__agency").get(pk=asked.pk))


def test_it_is_sealed_logged_and_the_own_desks_alone(ready, desk, owner_sql):
    made = ready.made("rows")
    last = owner_sql("SELECT verb, object_id FROM office_logline ORDER BY at DESC, seq DESC LIMIT 1")
    assert last == [("prosecution.take_export", made.record.pk)]
    every = b"".join(bytes(row[0]) for row in owner_sql("SELECT sealed FROM prosecution_content"))
    assert made.data[:40] not in every
    for other in (desk.service, desk.elsewhere):
        with pytest.raises(NotAllowed):
            do(other, take_export, export=made.record)
        with acting_as(other):
            assert Export.objects.count() == 0


def test_a_command_reports_as_an_investigator_what_was_last_said(ready, desk, as_owner):
    case = ready.case
    ready.made("goaml", **SAID)
    with as_owner():
        assert investigator(username="unit_investigator", using="default") == desk.unit
        for username, said in (("", "several agencies"), ("shelter_investigator", "nobody investigates")):
            with pytest.raises(Refusal, match=said):
                investigator(username=username, using="default")
    with acting_as(desk.unit):
        found = investigation_named(case.it.code.lower())
        assert found == investigation_named(str(case.it.pk))
        told = goaml_case(
            export_investigation(member=desk.unit, investigation=found), last_said(found), day="2026-04-01"
        )
    assert [(one["id"], one["role"], one["first_name"], one["last_name"]) for one in told["persons"]] == [
        ("P-1", "controller", "Zed", "Zorvath"),
        ("P-2", "victim", "protected", "protected"),
    ]
    assert told["location"] == {"address": "1 Court Street", "city": "Example", "country": "GR"}
    with acting_as(desk.service), pytest.raises(Refusal, match="no such investigation"):
        investigation_named(case.it.code)
