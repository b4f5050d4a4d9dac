"""OFX and QFX, both the older SGML form (whose elements need not close) and XML."""

import re

from palermo.prosecution.formats.statements.local import amount, date
from palermo.prosecution.formats.statements.model import Entry, Statement, account_key, digest
from palermo.vocabulary.errors import Refusal

_ENTITIES = {"&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": '"', "&apos;": "'", "&#39;": "'"}


def read_ofx(data: bytes, file: str) -> list[Statement]:
    """The statements in a file. OFX gives a closing balance only, so the opening one follows from the movements.

    Raises:
        Refusal: cut short, hostile, or an entry without amount or date.
    """
    text = data.decode("utf-8" if b"UTF-8" in data[:400].upper() else "cp1252", errors="replace")
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise Refusal("The file declares entities, which OFX never needs.", where=file, remedy="Export it anew.")
    if "</OFX>" not in text:
        raise Refusal("The file has no end.", where=file, remedy="It may be cut short; export it from the bank anew.")
    blocks = re.findall(r"<(?:CC)?STMTRS>(.*?)</(?:CC)?STMTRS>", text, flags=re.DOTALL)
    if not blocks:
        raise Refusal("The file holds no statement.", where=file, remedy="Give an OFX file of an account.")
    return [_statement(block, text, file, digest(data)) for block in blocks]


def _value(block: str, tag: str) -> str:
    match = re.search(rf"<{tag}>([^<\r\n]*)", block)
    found = match.group(1).strip() if match else ""
    for entity, char in _ENTITIES.items():
        found = found.replace(entity, char)
    return found


def _statement(block: str, text: str, file: str, sha256: str) -> Statement:
    currency, account = _value(block, "CURDEF"), account_key(_value(block, "ACCTID"))
    if not currency or not account:
        raise Refusal(
            "A statement names no account or no currency.", where=file, remedy="Export it from the bank anew."
        )
    entries = []
    for n, one in enumerate(
        re.findall(r"<STMTTRN>(.*?)(?:</STMTTRN>|(?=<STMTTRN>)|</BANKTRANLIST>)", block, re.DOTALL), 1
    ):
        where = f"{file}, entry {n}"
        value = amount(
            _value(one, "TRNAMT"), currency, where=where, decimal="," if "," in _value(one, "TRNAMT") else "."
        )
        day = date(_value(one, "DTPOSTED")[:8], "ymd", where=where)
        line = text.count("\n", 0, text.find(one)) + 1
        party = account_key(_value(one, "ACCTID"))
        entries.append(Entry(day, value, _value(one, "NAME"), party, _value(one, "MEMO"), _value(one, "FITID"), line))
    entries.sort(key=lambda entry: entry.day)
    ledger_balance = re.search(r"<LEDGERBAL>(.*?)(?:</LEDGERBAL>|$)", block, re.DOTALL)
    closing = None
    if ledger_balance:
        shown = _value(ledger_balance.group(1), "BALAMT")
        closing = amount(shown, currency, where=f"{file}, balance", decimal="," if "," in shown else ".")
    return Statement(account, currency, tuple(entries), None, closing, file, sha256)
