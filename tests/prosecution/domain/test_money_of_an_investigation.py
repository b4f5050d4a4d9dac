"""From statement files to findings: kept sealed, mended, made into a ledger, looked at by a person, traced."""

import pytest
from outlasting import outlasting
from records import do

from palermo.office.domain.acting import acting_as
from palermo.prosecution.domain import analyses, books
from palermo.prosecution.domain.analyses import ask_search, ask_trace
from palermo.prosecution.domain.books import accept_book, ask_book
from palermo.prosecution.domain.statements import mend_reading, save_bank_reading
from palermo.prosecution.models import Analysis, Book, StatementFile
from palermo.prosecution.queries.books import part_of, rows_of
from palermo.prosecution.queries.sealed import content_of, opened
from palermo.vocabulary.errors import Refusal

MENDED = {
    "date": "Date",
    "debit": "Paid out",
    "credit": "Paid in",
    "balance": "Saldo of the day",
    "party": "Who",
    "party_account": "Their IBAN",
    "text": "What for",
}
SHELL = "DE89370400440532013000"
OWN_ACCOUNT = "GR1601101250000000012300695"


@pytest.fixture
def book(case_of, statements_in, work):
    """A ledger of two banks in which one transfer was merged, not yet accepted."""
    case = case_of()
    _own, other = statements_in(case)
    do(case.member, save_bank_reading, bank="Hill Bank", columns=MENDED, currency="EUR")
    do(case.member, mend_reading, file=other, said={"account": SHELL})
    asked = do(case.member, ask_book, investigation=case.it)
    assert work() == 1
    with acting_as(case.member):
        return case, Book.objects.get(pk=asked.pk)


def test_files_are_sealed_and_come_back_whole(case_of, statements_in, owner_sql):
    case = case_of()
    own, other = statements_in(case)
    assert (own.state, other.state) == ("read", "to_mend")
    with acting_as(case.member):
        assert content_of(own.pk).startswith(b"Booking date;")
    every = "\n".join(str(bytes(row[0])) for row in owner_sql("SELECT sealed FROM prosecution_content"))
    assert "Booking" not in every
    assert "GR16" not in every


def test_what_does_not_foot_is_refused_and_says_where(case_of, statements_in, texts):
    case = case_of()
    (file,) = statements_in(case, ("wrong.csv", texts.own.replace("2.500,00", "2.501,00"), "Harbour Bank"))
    with acting_as(case.member):
        problem = opened(file.sealed_report)["problem"]
    assert file.state == "refused"
    assert problem["where"] == "wrong.csv, row 3, column balance"
    with pytest.raises(Refusal):
        do(case.member, ask_book, investigation=case.it)


def test_a_mended_file_joins_the_ledger_and_a_person_accepts_the_merge(book, work):
    case, made = book
    with acting_as(case.member):
        report = opened(made.sealed_report)
        rows = rows_of(made)
    assert (made.state, made.rows) == ("draft", 4)
    assert [(one["source"], one["target"], one["amount"]) for one in report["merges"]] == [
        (OWN_ACCOUNT, SHELL, "1900.00")
    ]
    assert rows.filter(rows["source"] == SHELL)["line"].to_list() == [3]
    with pytest.raises(Refusal):
        do(case.member, ask_trace, book=made, accounts=[OWN_ACCOUNT])
    apart = do(case.member, accept_book, book=made, apart=[report["merges"][0]["id"]])
    work()
    with acting_as(case.member):
        again = Book.objects.get(pk=apart.pk)
    assert (again.state, again.rows) == ("ready", 5)


def test_every_rule_is_followed_step_by_step_and_what_survives_is_told(book, work):
    case, made = book
    made = do(case.member, accept_book, book=made)
    asked = do(case.member, ask_trace, book=made, accounts=[OWN_ACCOUNT])
    assert work() == 8
    with acting_as(case.member):
        done = Analysis.objects.get(pk=asked.pk)
        fifo, all_rules = part_of(done, "fifo"), part_of(done, "survivors")
    assert (done.state, done.done) == ("done", 8)
    assert (fifo["traced"], fifo["held"]) == ("1900.00", {SHELL: "450.00"})
    assert {name: rule["held"] for name, rule in all_rules["rules"].items()} == {
        "fifo": "450.00",
        "lifo": "400.00",
        "pro-rata": "438.46",
        "pari-passu": "438.46",
        "poison": "450.00",
        "direct": "0.00",
        "lowest-balance": "450.00",
    }
    assert [(one["account"], one["amount"]) for one in all_rules["survives"]] == [(SHELL, "400.00")]


@pytest.mark.parametrize("kind", ["patterns", "flags"])
def test_patterns_and_flags_are_kept_with_their_rows(book, work, kind):
    case, made = book
    made = do(case.member, accept_book, book=made)
    asked = do(case.member, ask_search, book=made, kind=kind)
    work()
    with acting_as(case.member):
        done = Analysis.objects.get(pk=asked.pk)
        told = part_of(done, kind)
    assert (done.state, told["currency"]) == ("done", "EUR")


def test_a_file_is_kept_once(case_of, statements_in):
    case = case_of()
    statements_in(case)
    assert statements_in(case) == []
    with acting_as(case.member):
        assert StatementFile.objects.count() == 2
        assert len({content_of(file.pk) for file in StatementFile.objects.all()}) == 2


def test_work_that_takes_longer_than_a_pass_is_good_for_is_kept(case_of, statements_in, work, monkeypatch):
    case = case_of()
    _own, other = statements_in(case)
    do(case.member, save_bank_reading, bank="Hill Bank", columns=MENDED, currency="EUR")
    do(case.member, mend_reading, file=other, said={"account": SHELL})
    asked = do(case.member, ask_book, investigation=case.it)
    for module, name in ((books, "combine"), (analyses, "_answer")):
        monkeypatch.setattr(module, name, outlasting(getattr(module, name)))
    assert work() == 1
    with acting_as(case.member):
        made = Book.objects.get(pk=asked.pk)
    assert (made.state, made.rows) == ("draft", 4)
    made = do(case.member, accept_book, book=made)
    found = do(case.member, ask_search, book=made, kind="patterns")
    assert work() == 1
    with acting_as(case.member):
        assert Analysis.objects.get(pk=found.pk).state == "done"
