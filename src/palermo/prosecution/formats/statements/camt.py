"""ISO 20022 camt.052, camt.053 and camt.054: balances, entries, the other side's name and account."""

import datetime as dt
from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException  # type: ignore[import-untyped]
from defusedxml.ElementTree import fromstring  # type: ignore[import-untyped]

from palermo.prosecution.formats.statements.local import amount
from palermo.prosecution.formats.statements.model import Entry, Statement, account_key, digest
from palermo.vocabulary.errors import Refusal

_REPORTS = {"Stmt", "Rpt", "Ntfctn"}


def read_xml(data: bytes, file: str) -> Element:
    """The root of an XML file whose document type and entities are refused (XML bombs).

    Raises:
        Refusal: not well-formed, or hostile.
    """
    try:
        root: Element = fromstring(data, forbid_dtd=True)
    except DefusedXmlException:
        raise Refusal(
            "The XML declares a document type or entities, which statements never need.",
            where=file,
            remedy="Ask where the file comes from; export it from the bank anew.",
        ) from None
    except (ParseError, ValueError, LookupError) as error:
        raise Refusal(f"The XML is broken: {error}.", where=file, remedy="The file may be cut short.") from None
    return root


def read_camt(data: bytes, file: str) -> list[Statement]:
    """The statements in a camt file.

    Raises:
        Refusal: broken, hostile, or without an account, an amount or a date where one must be.
    """
    root = read_xml(data, file)
    _strip(root)
    found = [node for node in root.iter() if node.tag in _REPORTS]
    if not found:
        raise Refusal("The XML holds no camt statement.", where=file, remedy="Give camt.052, camt.053 or camt.054.")
    return [_statement(node, file, digest(data)) for node in found]


def _strip(root: Element) -> None:
    for node in root.iter():
        node.tag = node.tag.rsplit("}", 1)[-1]


def _text(node: Element, *paths: str) -> str:
    for path in paths:
        found = node.findtext(path)
        if found and found.strip():
            return found.strip()
    return ""


def _statement(node: Element, file: str, sha256: str) -> Statement:
    account = account_key(_text(node, "Acct/Id/IBAN", "Acct/Id/Othr/Id"))
    balances = {_text(bal, "Tp/CdOrPrtry/Cd", "Tp/CdOrPrtry/Prtry"): bal for bal in node.findall("Bal")}
    first = node.find("Ntry/Amt")
    currency = (
        _text(node, "Acct/Ccy")
        or _currency(next(iter(balances.values()), None))
        or (first.get("Ccy", "") if first is not None else "")
    )
    if not account or not currency:
        raise Refusal(
            "A statement names no account or no currency.", where=file, remedy="Export it from the bank anew."
        )
    entries = tuple(
        entry for n, one in enumerate(node.findall("Ntry"), 1) for entry in _entries(one, n, currency, file)
    )
    opening = _balance(balances.get("OPBD", balances.get("PRCD")), currency, file)
    statement = Statement(
        account, currency, entries, opening, _balance(balances.get("CLBD"), currency, file), file, sha256
    )
    statement.check()
    return statement


def _currency(balance: Element | None) -> str:
    node = balance.find("Amt") if balance is not None else None
    return node.get("Ccy", "") if node is not None else ""


def _signed(node: Element, currency: str, where: str) -> int:
    amount_node = node.find("Amt")
    text = (amount_node.text or "") if amount_node is not None else ""
    if amount_node is not None and amount_node.get("Ccy", currency) != currency:
        raise Refusal(
            f"The amount is in {amount_node.get('Ccy')}, the account in {currency}.",
            where=where,
            remedy="Ask the bank.",
        )
    value = amount(text, currency, where=where, decimal=".")
    return -value if _text(node, "CdtDbtInd") == "DBIT" else value


def _balance(node: Element | None, currency: str, file: str) -> int | None:
    return None if node is None else _signed(node, currency, f"{file}, balance")


def _entries(entry: Element, number: int, currency: str, file: str) -> Iterator[Entry]:
    """An entry as one line, or as its single transactions where the file gives an amount for each."""
    where = f"{file}, entry {number}"
    total = _signed(entry, currency, where)
    day_text = _text(entry, "BookgDt/Dt", "BookgDt/DtTm", "ValDt/Dt", "ValDt/DtTm")
    try:
        day = dt.date.fromisoformat(day_text[:10])
    except ValueError:
        raise Refusal(f"{day_text!r} is no date.", where=where, remedy="Export it from the bank anew.") from None
    details = entry.findall("NtryDtls/TxDtls")
    bank_id = _text(entry, "AcctSvcrRef")
    parts = [_part(one, total, currency, where) for one in details] if len(details) > 1 else []
    if parts and None not in parts and sum(part or 0 for part in parts) == total:
        for n, (one, part) in enumerate(zip(details, parts, strict=True), 1):
            yield _entry(one, day, part or 0, total > 0, f"{bank_id}/{n}" if bank_id else "", number)
        return
    yield _entry(details[0] if len(details) == 1 else entry, day, total, total > 0, bank_id, number)


def _part(node: Element, total: int, currency: str, where: str) -> int | None:
    found = next((n for path in ("Amt", "AmtDtls/TxAmt/Amt") if (n := node.find(path)) is not None), None)
    if found is None or found.get("Ccy", currency) != currency:
        return None
    value = amount(found.text or "", currency, where=where, decimal=".")
    return -value if (_text(node, "CdtDbtInd") or ("DBIT" if total < 0 else "")) == "DBIT" else value


def _entry(node: Element, day: dt.date, value: int, into: bool, bank_id: str, number: int) -> Entry:
    side = "Dbtr" if into else "Cdtr"
    party = _text(node, f"RltdPties/{side}/Nm", f"RltdPties/{side}/Pty/Nm")
    account = _text(node, f"RltdPties/{side}Acct/Id/IBAN", f"RltdPties/{side}Acct/Id/Othr/Id")
    texts = [one.text.strip() for one in node.findall("RmtInf/Ustrd") if one.text]
    text = " ".join(texts) or _text(node, "AddtlTxInf", "AddtlNtryInf")
    return Entry(day, value, party, account_key(account), text, _text(node, "Refs/AcctSvcrRef") or bank_id, number)
