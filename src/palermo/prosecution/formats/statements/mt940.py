"""SWIFT MT940 and MT942: balances prove the statement; the other side is read from the structured :86: where it is."""

import datetime as dt
import re

from palermo.prosecution.formats.statements.local import amount
from palermo.prosecution.formats.statements.model import Entry, Statement, account_key, digest
from palermo.vocabulary.errors import Refusal

_FIELD = re.compile(r"^:(\d{2}[A-Z]?):", re.MULTILINE)
_BALANCE = re.compile(r"^([CD])(\d{6})([A-Z]{3})([\d,]+)$")
_LINE = re.compile(
    r"^(?P<day>\d{6})(?P<entry>\d{4})?(?P<sign>R?[CD])(?P<funds>[A-Z])?(?P<amount>[\d,]+)(?P<kind>[A-Z]\w{3})(?P<ref>[^\n]*)"
)
_SUB = re.compile(r"\?(\d{2})")


def read_mt940(data: bytes, file: str) -> list[Statement]:
    """The statements in a file.

    Raises:
        Refusal: broken, or a statement that does not foot.
    """
    text = data.decode("utf-8", errors="replace").replace("\r\n", "\n").replace("\r", "\n")
    starts = list(_FIELD.finditer(text))
    if not starts:
        raise Refusal("The file holds no MT940 field.", where=file, remedy="Give an MT940 or MT942 file.")
    fields = []
    for here, after in zip(starts, [*starts[1:], None], strict=True):
        body = text[here.end() : after.start() if after else len(text)]
        fields.append(
            (
                here.group(1),
                re.split(r"^-\}?", body, maxsplit=1, flags=re.MULTILINE)[0].strip(),
                text.count("\n", 0, here.start()) + 1,
            )
        )
    groups: list[list[tuple[str, str, int]]] = []
    for field in fields:
        if field[0] == "20":
            groups.append([])
        if not groups:
            raise Refusal(
                "The statement does not begin with :20:.", where=f"{file}, row {field[2]}", remedy="It may be cut."
            )
        groups[-1].append(field)
    return [_statement(group, file, digest(data)) for group in groups]


def _statement(fields: list[tuple[str, str, int]], file: str, sha256: str) -> Statement:
    named = {tag: (body, line) for tag, body, line in fields}
    account = account_key(named.get("25", ("", 0))[0].split("\n")[0].rsplit("/", 1)[-1])
    opening = _balance(named.get("60F", named.get("60M")), file)
    closing = _balance(named.get("62F", named.get("62M")), file)
    floor = named.get("34F", ("", 0))[0][:3]
    currency = opening[1] if opening else closing[1] if closing else floor
    if not account or not currency:
        raise Refusal(
            "The statement names no account or no currency.",
            where=f"{file}, row {fields[0][2]}",
            remedy="It may be cut.",
        )
    if opening and not closing:
        raise Refusal(
            "The statement has no closing balance.", where=f"{file}, row {fields[-1][2]}", remedy="It may be cut short."
        )
    entries: list[Entry] = []
    for i, (tag, body, line) in enumerate(fields):
        if tag == "61":
            detail = fields[i + 1][1] if i + 1 < len(fields) and fields[i + 1][0] == "86" else ""
            entries.append(_entry(body, detail, currency, f"{file}, row {line}", line))
    statement = Statement(
        account,
        currency,
        tuple(entries),
        opening[0] if opening else None,
        closing[0] if closing else None,
        file,
        sha256,
    )
    statement.check()
    return statement


def _balance(field: tuple[str, int] | None, file: str) -> tuple[int, str] | None:
    if field is None:
        return None
    match = _BALANCE.match(field[0])
    if not match:
        raise Refusal(
            f"{field[0]!r} is no balance.", where=f"{file}, row {field[1]}", remedy="Export it from the bank anew."
        )
    value = amount(match[4], match[3], where=f"{file}, row {field[1]}", decimal=",")
    return (-value if match[1] == "D" else value), match[3]


def _entry(body: str, detail: str, currency: str, where: str, line: int) -> Entry:
    match = _LINE.match(body)
    if not match:
        raise Refusal(f"{body[:40]!r} is no entry.", where=where, remedy="Export it from the bank anew.")
    value = amount(match["amount"], currency, where=where, decimal=",")
    negative = match["sign"] in ("D", "RC")
    try:
        day = dt.datetime.strptime(match["day"], "%y%m%d").date()  # noqa: DTZ007 -- a date has no zone
    except ValueError:
        raise Refusal(f"{match['day']!r} is no date.", where=where, remedy="Export it from the bank anew.") from None
    parts = _SUB.split(detail.replace("\n", ""))
    sub = dict(zip(parts[1::2], parts[2::2], strict=False))
    party = (sub.get("32", "") + sub.get("33", "")).strip()
    text = "".join(sub[key] for key in sorted(sub) if "20" <= key <= "29" or "60" <= key <= "63") or detail.replace(
        "\n", " "
    )
    reference = match["ref"].split("//", 1)
    bank_id = reference[1].strip() if len(reference) > 1 else ""
    return Entry(day, -value if negative else value, party, account_key(sub.get("31", "")), text.strip(), bank_id, line)
