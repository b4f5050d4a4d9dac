"""The report itself, element by element in the order of schema 5.0.1.

A victim is never a subject: accounts of a person with that role are reported as accounts, without the name, and the
narrative says that a person to be protected is concerned (as FinCEN's advisory of 2020 asks for: the controller is the
subject, the victim stands in the narrative).
"""

import datetime as dt
from typing import Any

from lxml import etree

from palermo.prosecution.formats.amount import one_amount
from palermo.prosecution.formats.goaml.profile import Profile
from palermo.prosecution.methods.minor_units import as_text
from palermo.vocabulary.errors import Refusal

Element = Any  # lxml has no types of its own

PROTECTED = "An account in this report is held by a person to be protected, whose name is not given here."


def make_report(investigation: dict[str, Any], profile: Profile) -> bytes:
    """The report as UTF-8 XML; equal bytes for equal input.

    Args:
        investigation: as `read_investigation` gives it.
        profile: of the unit that gets it.

    Raises:
        Refusal: a report code that the unit does not take, or no transaction.
    """
    if profile.report_codes and investigation["report_code"] not in profile.report_codes:
        raise Refusal(
            f"{investigation['report_code']!r} is no report code of {profile.name}.",
            where="report_code",
            remedy=f"Choose from {', '.join(profile.report_codes)}.",
        )
    if not investigation["transactions"] or not investigation["indicators"]:
        raise Refusal("A report needs a transaction and an indicator.", remedy="Add what the suspicion rests on.")
    made = _Report(investigation, profile)
    root = made.root()
    etree.indent(root)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8")) + b"\n"


class _Report:
    def __init__(self, investigation: dict[str, Any], profile: Profile) -> None:
        self.case, self.profile = investigation, profile
        self.persons = {row["id"]: row for row in investigation["persons"]}
        self.accounts = {row["account"]: row for row in investigation["accounts"]}

    def root(self) -> Element:
        case, profile = self.case, self.profile
        root = etree.Element("report")
        _add(root, "rentity_id", case["reporting_entity"]["id"])
        _add(root, "rentity_branch", case["reporting_entity"]["branch"])
        _add(root, "submission_code", profile.words["submission_code"])
        _add(root, "report_code", case["report_code"])
        _add(root, "entity_reference", case["reference"])
        _add(root, profile.words["date_element"], _moment(case["date"]))
        _add(root, "currency_code_local", profile.words["local_currency"])
        self._person(etree.SubElement(root, "reporting_person"), case["reporter"])
        self._address(etree.SubElement(root, "location"), case["location"])
        _add(root, "reason", self._reason())
        _add(root, "action", case.get("action"))
        for row in case["transactions"]:
            self._transaction(etree.SubElement(root, "transaction"), row)
        indicators = etree.SubElement(root, "report_indicators")
        for one in case["indicators"]:
            _add(indicators, "indicator", one)
        return root

    def _reason(self) -> str:
        holders = {row.get("holder") for row in self.accounts.values()}
        protects = any(self.persons[h]["role"] == "victim" for h in holders if h is not None)
        return f"{self.case['reason']} {PROTECTED}" if protects else str(self.case["reason"])

    def _transaction(self, at: Element, row: dict[str, Any]) -> None:
        channel, currency = row.get("channel") or "other", row.get("currency") or self.case["currency"]
        minor = one_amount(str(row["amount"]), currency, where=f"transaction {row['id']}")
        local = row.get("amount_local")
        if currency != self.profile.words["local_currency"] and local is None:
            raise Refusal(
                f"The transaction is in {currency}, the report in {self.profile.words['local_currency']}.",
                where=f"transaction {row['id']}",
                remedy="Give amount_local beside it, at the rate of the day.",
            )
        _add(at, "transactionnumber", row["id"])
        _add(at, "transaction_location", row.get("place") or "not known")
        _add(at, "transaction_description", row.get("purpose") or "not given")
        _add(at, "date_transaction", _moment(row["time"]))
        _add(at, "transmode_code", self.profile.code("transmode", channel))
        _add(at, "amount_local", as_text(minor, currency) if local is None else local)
        foreign = None if local is None else (currency, as_text(minor, currency))
        self._side(at, "from", row.get("source"), channel, foreign)
        self._side(at, "to", row.get("target"), channel, foreign)

    def _side(self, at: Element, side: str, name: str | None, channel: str, foreign: tuple[str, str] | None) -> None:
        node = etree.SubElement(at, f"t_{side}")
        cash = name is None or name == ""
        _add(node, f"{side}_funds_code", self.profile.code("funds", "cash_in" if cash else channel))
        if foreign:
            money = etree.SubElement(node, f"{side}_foreign_currency")
            _add(money, "foreign_currency_code", foreign[0])
            _add(money, "foreign_amount", foreign[1])
            _add(money, "foreign_exchange_rate", self.case.get("exchange_rate", "1"))
        country = self.profile.words["country"]
        if cash:
            outside = etree.SubElement(node, f"{side}_person")
            _add(outside, "first_name", "not known")
            _add(outside, "last_name", "not known")
        else:
            account = self.accounts[str(name)]
            self._account(etree.SubElement(node, f"{side}_account"), account)
            country = account.get("country") or country
        _add(node, f"{side}_country", country)

    def _account(self, at: Element, row: dict[str, Any]) -> None:
        words = self.profile.words
        _add(at, "institution_name", row["institution"])
        code = row.get("swift") if words["institution_code_element"] == "swift" else row.get("institution_code")
        _add(at, words["institution_code_element"], code or row["institution"][:11])
        _add(at, "account", row["account"])
        _add(at, "currency_code", row.get("currency") or self.case["currency"])
        holder = self.persons.get(row.get("holder"))
        protected = holder is not None and holder["role"] == "victim"
        if holder and not protected:
            _add(at, "account_name", f"{holder['first_name']} {holder['last_name']}")
        _add(at, "iban", row.get("iban"))
        _add(at, words["account_type_element"], self.profile.code("account", "type"))
        if holder and not protected:
            self._signatory(at, holder)
        _add(at, "opened", _moment(row["opened"]) if row.get("opened") else None)
        _add(at, "balance", row.get("balance"))
        _add(at, "date_balance", _moment(row["date_balance"]) if row.get("date_balance") else None)
        _add(at, "status_code", self.profile.code("account", "status"))

    def _signatory(self, at: Element, holder: dict[str, Any]) -> None:
        if self.profile.words["person_element"] == "signatory":
            node = etree.SubElement(at, "signatory")
        else:
            node = etree.SubElement(etree.SubElement(at, "related_persons"), "account_related_person")
        _add(node, "is_primary", "1")
        self._person(etree.SubElement(node, "t_person"), holder)
        _add(node, "role", self.profile.code("account", "role"))

    def _person(self, at: Element, row: dict[str, Any]) -> None:
        if row.get("gender"):
            _add(at, "gender", self.profile.code("gender", row["gender"]))
        _add(at, "first_name", row["first_name"])
        _add(at, "last_name", row["last_name"])
        _add(at, "birthdate", _moment(row["birth_date"]) if row.get("birth_date") else None)
        _add(at, "alias", row.get("alias"))
        _add(at, "id_number", row.get("id_number"))
        _add(at, "nationality1", row.get("nationality"))
        _add(at, "residence", row.get("residence"))
        _add(at, "occupation", row.get("occupation"))

    def _address(self, at: Element, row: dict[str, Any]) -> None:
        _add(at, "address_type", row.get("type") or self.profile.code("account", "type"))
        _add(at, "address", row["address"])
        _add(at, "city", row["city"])
        _add(at, "country_code", row["country"])


def _add(at: Element, name: str, text: Any) -> None:
    """A child with text; none where there is nothing to say. Signs that XML has no place for are left out."""
    if text is None or text == "":
        return
    clean = "".join(
        sign for sign in str(text) if sign in "\t\n" or (ord(sign) >= 0x20 and ord(sign) not in (0xFFFE, 0xFFFF))
    )
    etree.SubElement(at, name).text = clean


def _moment(text: str) -> str:
    return dt.datetime.fromisoformat(text).replace(tzinfo=None, microsecond=0).isoformat()
