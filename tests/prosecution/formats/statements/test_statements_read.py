"""Statements of every format: the same three entries, and whatever a hostile or broken file may hold."""

import datetime as dt
import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from palermo.prosecution.formats.statements import Reading, combine, read_statements
from palermo.prosecution.formats.statements.local import amount, date_order
from palermo.vocabulary.errors import Refusal

IBAN, OTHER = "DE89370400440532013000", "GB29NWBK60161331926819"
GUESS = Reading({})

CSV_DE = (
    "Konto: Muster\n\nBuchungstag;Auftraggeber/Empfänger;IBAN;Verwendungszweck;Betrag;Währung;Saldo;Auftragskonto\n"
    f"02.01.2024;Ann;{OTHER};Miete;-1.234,50;EUR;765,50;DE89 3704 0044 0532 0130 00\n"
    f"17.01.2024;Firma;;Lohn;2.000,00;EUR;2.765,50;{IBAN}\n"
    f"18.01.2024;;;Bargeld;-5,00;EUR;2.760,50;{IBAN}\n"
)
CAMT = f"""<?xml version="1.0"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt><Stmt>
<Acct><Id><IBAN>{IBAN}</IBAN></Id><Ccy>EUR</Ccy></Acct>
<Bal><Tp><CdOrPrtry><Cd>OPBD</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">2000.00</Amt><CdtDbtInd>CRDT</CdtDbtInd></Bal>
<Bal><Tp><CdOrPrtry><Cd>CLBD</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">2760.50</Amt><CdtDbtInd>CRDT</CdtDbtInd></Bal>
<Ntry><Amt Ccy="EUR">1234.50</Amt><CdtDbtInd>DBIT</CdtDbtInd><BookgDt><Dt>2024-01-02</Dt></BookgDt><AcctSvcrRef>B1</AcctSvcrRef>
<NtryDtls><TxDtls><RltdPties><Cdtr><Pty><Nm>Ann</Nm></Pty></Cdtr><CdtrAcct><Id><IBAN>{OTHER}</IBAN></Id></CdtrAcct></RltdPties>
<RmtInf><Ustrd>Miete</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>
<Ntry><Amt Ccy="EUR">2000.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><BookgDt><Dt>2024-01-17</Dt></BookgDt>
<NtryDtls><TxDtls><RltdPties><Dbtr><Nm>Firma</Nm></Dbtr></RltdPties><RmtInf><Ustrd>Lohn</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>
<Ntry><Amt Ccy="EUR">5.00</Amt><CdtDbtInd>DBIT</CdtDbtInd><BookgDt><DtTm>2024-01-18T09:00:00</DtTm></BookgDt>
<AddtlNtryInf>Bargeld</AddtlNtryInf></Ntry></Stmt></BkToCstmrStmt></Document>"""
MT940 = f""":20:START
:25:{IBAN}
:28C:1/1
:60F:C231231EUR2000,00
:61:2401020102D1234,50NTRFNONREF//B1
:86:166?00LASTSCHRIFT?20Miete?31{OTHER}?32Ann
:61:2401170117C2000,00NTRFNONREF
:86:166?20Lohn?32Firma
:61:240118D5,00NMSCNONREF
:86:Bargeld
:62F:C240118EUR2760,50
-
"""
OFX = f"""OFXHEADER:100
DATA:OFXSGML

<OFX><BANKMSGSRSV1><STMTTRNRS><STMTRS><CURDEF>EUR<BANKACCTFROM><ACCTID>{IBAN}</BANKACCTFROM><BANKTRANLIST>
<STMTTRN><TRNTYPE>DEBIT<DTPOSTED>20240102<TRNAMT>-1234.50<FITID>B1<NAME>Ann<BANKACCTTO><ACCTID>{OTHER}</BANKACCTTO><MEMO>Miete</STMTTRN>
<STMTTRN><TRNTYPE>CREDIT<DTPOSTED>20240117120000<TRNAMT>2000.00<FITID>B2<NAME>Firma<MEMO>Lohn</STMTTRN>
<STMTTRN><TRNTYPE>ATM<DTPOSTED>20240118<TRNAMT>-5.00<FITID>B3<MEMO>Bargeld</STMTTRN>
</BANKTRANLIST><LEDGERBAL><BALAMT>2760.50<DTASOF>20240118</LEDGERBAL></STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>
"""


def workbook(cells, *, formula=False):
    rows = "".join(
        f'<row r="{r}">'
        + "".join(cell if cell.startswith("<c") else f'<c t="inlineStr"><is><t>{cell}</t></is></c>' for cell in row)
        + "</row>"
        for r, row in enumerate(cells, 1)
    )
    if formula:
        rows += '<row r="9"><c r="A9"><f>1+1</f><v>2</v></c></row>'
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as book:
        book.writestr("xl/worksheets/sheet1.xml", f"<worksheet><sheetData>{rows}</sheetData></worksheet>")
        book.writestr(
            "xl/styles.xml", '<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>'
        )
    return out.getvalue()


XLSX = workbook(
    [
        ["Date", "Counterparty", "Counterparty IBAN", "Description", "Amount", "Currency", "Balance", "Account"],
        [
            '<c s="1"><v>45293</v></c>',
            "Ann",
            OTHER,
            "Miete",
            "<c><v>-1234.5</v></c>",
            "EUR",
            "<c><v>765.5</v></c>",
            IBAN,
        ],
        ['<c s="1"><v>45308</v></c>', "Firma", "", "Lohn", "<c><v>2000</v></c>", "EUR", "<c><v>2765.5</v></c>", IBAN],
        ['<c s="1"><v>45309</v></c>', "", "", "Bargeld", "<c><v>-5</v></c>", "EUR", "<c><v>2760.5</v></c>", IBAN],
    ]
)
FORMATS = {"a.csv": CSV_DE, "a.xml": CAMT, "a.sta": MT940, "a.ofx": OFX, "a.xlsx": XLSX}


def read(tmp_path, name, data, reading=GUESS):
    path = tmp_path / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return read_statements(path, reading)


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_gives_the_same_entries(tmp_path, name):
    (statement,) = read(tmp_path, name, FORMATS[name])
    assert (statement.account, statement.currency, statement.closing) == (IBAN, "EUR", 276_050)
    assert statement.opening == (None if name == "a.ofx" else 200_000)
    assert [(e.day, e.amount, e.party, e.party_account, e.text) for e in statement.entries] == [
        (dt.date(2024, 1, 2), -123_450, "Ann", OTHER, "Miete"),
        (dt.date(2024, 1, 17), 200_000, "Firma", "", "Lohn"),
        (dt.date(2024, 1, 18), -500, "", "", "Bargeld"),
    ]


def test_other_encodings_and_orders_of_time_are_read(tmp_path):
    lines = CSV_DE.splitlines()
    backwards = "\n".join([*lines[:3], *lines[:2:-1]])
    for text in (CSV_DE.encode("cp1252"), CSV_DE.encode("utf-16"), backwards):
        (statement,) = read(tmp_path, "a.csv", text)
        assert [entry.amount for entry in statement.entries] == [-123_450, 200_000, -500]


def test_debit_and_credit_columns_and_a_given_mapping(tmp_path):
    text = "When,Out,In\n13/01/2024,5.00,\n14/01/2024,,7.00\n"
    reading = Reading({"date": "When", "debit": "Out", "credit": "In"}, account="X", currency="GBP")
    (statement,) = read(tmp_path, "a.csv", text, reading)
    assert [entry.amount for entry in statement.entries] == [-500, 700]
    assert not statement.proven


BOMB = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><Document>&b;</Document>'
FAULTS = {
    "does not foot": (
        "a.xml",
        CAMT.replace("2760.50", "2760.51"),
        "a.xml, account DE89370400440532013000: Opening balance",
    ),
    "mt940 does not foot": (
        "a.sta",
        MT940.replace("2760,50", "9,00"),
        "a.sta, account DE89370400440532013000: Opening",
    ),
    "balance chain": ("a.csv", CSV_DE.replace("2.765,50", "2.765,51"), "a.csv, row 5, column balance"),
    "bomb": ("a.xml", BOMB, "a.xml: The XML declares a document type or entities"),
    "bomb in utf-16": ("a.xml", BOMB.replace('"1.0"', '"1.0" encoding="utf-16"').encode("utf-16"), "The XML declares"),
    "xml cut": ("a.xml", CAMT[:900], "a.xml: The XML is broken"),
    "mt940 cut": ("a.sta", MT940[: MT940.index(":62F:")], "a.sta, row 10: The statement has no closing balance"),
    "ofx cut": ("a.ofx", OFX[:300], "a.ofx: The file has no end."),
    "csv cut": ("a.csv", CSV_DE[:-30], "a.csv, row 6"),
    "formula": (
        "a.xlsx",
        workbook([["Date", "Amount"]], formula=True),
        "a.xlsx, row 9, cell A9: A cell holds a formula",
    ),
    "no workbook": ("a.xlsx", b"PK\x03\x04 nothing", "a.xlsx: The workbook cannot be read"),
    "empty": ("a.csv", b"", "a.csv: The file is empty."),
    "no header": ("a.csv", "x,y\n1,2\n", "a.csv, row 1: No row names a date and an amount"),
    "binary": ("a.csv", b"abc\0\1\2", "a.csv: This is no text."),
    "currency": ("a.csv", "date,amount\n2024-01-01,1.00\n", "a.csv, row 2: The currency is not known. Say --currency"),
    "other xml": ("a.xml", "<html/>", "a.xml: The XML holds no camt statement."),
    "ambiguous dates": ("a.csv", "date,amount,currency\n01/02/2024,1.00,EUR\n", "may be day or month first"),
    "ambiguous sum": ("a.csv", 'date,amount,currency\n2024-01-01,"1,234",EUR\n', "can be read in two ways"),
    "no sum": ("a.csv", "date,amount,currency\n2024-01-01,,EUR\n", "a.csv, row 2: The amount is missing."),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_one_clear_refusal(tmp_path, name):
    file, data, expected = FAULTS[name]
    with pytest.raises(Refusal) as caught:
        read(tmp_path, file, data)
    assert expected in str(caught.value)


def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("xl/worksheets/sheet1.xml", b"0" * 201_000_000)
    with pytest.raises(Refusal, match="more than 200 MB"):
        read(tmp_path, "a.xlsx", out.getvalue())


@pytest.mark.parametrize(
    ("text", "expected"),
    [("1.234,56", 123_456), ("1,234.56", 123_456), ("1 234,56-", -123_456), ("(12.00)", -1_200), ("€ 5", 500),
     ("-0,5", -50), ("+7", 700), ("1.234.567", 123_456_700), ("−3.10", -310), ("1'234.50", 123_450)],
)  # fmt: skip
def test_local_amounts(text, expected):
    assert amount(text, "EUR", where="f") == expected


@settings(max_examples=100)
@given(minor=st.integers(-(10**12), 10**12), mark=st.sampled_from([("", "."), (",", "."), (".", ","), (" ", ",")]))
def test_amounts_of_every_form_are_exact(minor, mark):
    text = f"{abs(minor) // 100:,}".replace(",", mark[0]) + mark[1] + f"{abs(minor) % 100:02d}"
    assert amount(("-" if minor < 0 else "") + text, "EUR", where="f") == minor


def test_the_order_of_dates_is_what_the_column_shows():
    assert date_order(["01/02/2024", "13/02/2024"], where="f") == "dmy"
    assert date_order(["01/02/2024", "02/13/2024"], where="f") == "mdy"
    assert date_order(["2024-01-02"], where="f") == "ymd"


def statement_csv(account, rows):
    lines = [f"{day},{text},{other},{sum_},{balance},EUR,{account}" for day, text, other, sum_, balance in rows]
    return "\n".join(["date,description,counterparty iban,amount,balance,currency,account", *lines, ""])


def test_a_transfer_seen_from_both_accounts_is_one_row(tmp_path):
    one = read(tmp_path, "a.csv", statement_csv(IBAN, [("2024-01-02", "to", OTHER, "-10.00", "90.00")]))
    two = read(tmp_path, "b.csv", statement_csv(OTHER, [("2024-01-03", "from", IBAN, "10.00", "10.00")]))
    done = combine([*one, *two])
    assert done.rows.select("time", "source", "target", "line", "other_line").rows() == [
        (dt.date(2024, 1, 2), IBAN, OTHER, 2, 2)
    ]
    assert (done.merged, done.duplicates, done.gaps) == (1, 0, [])
    assert done.opening == [(IBAN, "EUR", 10_000), (OTHER, "EUR", 0)]


def test_doubles_count_once_and_gaps_are_told(tmp_path):
    rows = [
        ("2024-01-02", "x", "", "-10.00", "90.00"),
        ("2024-01-02", "x", "", "-10.00", "80.00"),
        ("2024-01-05", "y", "", "5.00", "85.00"),
    ]
    first = read(tmp_path, "a.csv", statement_csv(IBAN, rows))
    overlap = read(tmp_path, "b.csv", statement_csv(IBAN, [rows[2], ("2024-01-09", "z", "", "1.00", "86.00")]))
    done = combine([*first, *first, *overlap])
    assert done.rows["amount"].cast(float).to_list() == [10.0, 10.0, 5.0, 1.0]
    assert done.duplicates == 4
    later = read(tmp_path, "c.csv", statement_csv(IBAN, [("2024-02-01", "w", "", "1.00", "7.00")]))
    assert combine([*first, *later]).gaps == [
        f"{IBAN}: a.csv closes with 85.00, c.csv opens with 6.00; a statement is missing or overlaps."
    ]
