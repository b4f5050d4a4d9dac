"""goAML reports: the order of elements, the unit's codes, victims without names, hostile schemas."""

import copy
import json

import pytest
from lxml import etree

from palermo.prosecution.formats.goaml import make_report, profile_names, read_investigation, read_profile, validate
from palermo.prosecution.formats.goaml.investigation import checked
from palermo.vocabulary.errors import Refusal

CASE = {
    "reference": "INV-7", "report_code": "STR", "date": "2026-02-01T09:00:00", "currency": "EUR",
    "reason": "Pay of several workers goes to one man.", "action": "",
    "reporting_entity": {"id": 12, "branch": "main"},
    "reporter": {"first_name": "Ana", "last_name": "Officer"},
    "location": {"address": "1 Square", "city": "Ostrel", "country": "XA"},
    "indicators": ["THB1"],
    "persons": [
        {"id": "p1", "role": "controller", "first_name": "Boss", "last_name": "Man", "gender": "male"},
        {"id": "p2", "role": "victim", "first_name": "Hidden", "last_name": "Worker"},
    ],
    "accounts": [
        {"account": "A1", "institution": "Bank One", "institution_code": "B1", "holder": "p1", "opened": "2025-01-01"},
        {"account": "A2", "institution": "Bank One", "institution_code": "B1", "holder": "p2", "iban": "XX00"},
    ],
    "transactions": [
        {"id": "t1", "time": "2026-01-02T10:00:00", "amount": "400.00", "source": "A2", "target": "A1", "channel": "transfer"},
        {"id": "t2", "time": "2026-01-03T10:00:00", "amount": "350.00", "source": "A1", "target": None, "channel": "cash_out"},
    ],
}  # fmt: skip

# Our own small schema with the order of the elements of 5.0.1 that the report uses; the units' schemas are theirs.
XSD = """<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
<xs:element name="report"><xs:complexType><xs:sequence>
 <xs:element name="rentity_id" type="xs:int"/><xs:element name="rentity_branch" type="xs:string"/>
 <xs:element name="submission_code"><xs:simpleType><xs:restriction base="xs:string"><xs:enumeration value="E"/></xs:restriction></xs:simpleType></xs:element>
 <xs:element name="report_code" type="xs:string"/><xs:element name="entity_reference" type="xs:string" minOccurs="0"/>
 <xs:choice><xs:element name="submission_date" type="xs:dateTime"/><xs:element name="report_date" type="xs:dateTime"/></xs:choice>
 <xs:element name="currency_code_local" type="xs:string"/><xs:element name="reporting_person" type="person"/>
 <xs:element name="location"><xs:complexType><xs:sequence><xs:element name="address_type" type="xs:string"/><xs:element name="address" type="xs:string"/><xs:element name="city" type="xs:string"/><xs:element name="country_code" type="xs:string"/></xs:sequence></xs:complexType></xs:element>
 <xs:element name="reason" type="xs:string" minOccurs="0"/><xs:element name="action" type="xs:string" minOccurs="0"/>
 <xs:element name="transaction" maxOccurs="unbounded"><xs:complexType><xs:sequence>
  <xs:element name="transactionnumber" type="xs:string"/><xs:element name="transaction_location" type="xs:string"/>
  <xs:element name="transaction_description" type="xs:string"/><xs:element name="date_transaction" type="xs:dateTime"/>
  <xs:element name="transmode_code" type="code"/><xs:element name="amount_local" type="xs:decimal"/>
  <xs:element name="t_from"><xs:complexType><xs:sequence><xs:element name="from_funds_code" type="code"/><xs:choice><xs:element name="from_account" type="account"/><xs:element name="from_person" type="person"/></xs:choice><xs:element name="from_country" type="xs:string"/></xs:sequence></xs:complexType></xs:element>
  <xs:element name="t_to"><xs:complexType><xs:sequence><xs:element name="to_funds_code" type="code"/><xs:choice><xs:element name="to_account" type="account"/><xs:element name="to_person" type="person"/></xs:choice><xs:element name="to_country" type="xs:string"/></xs:sequence></xs:complexType></xs:element>
 </xs:sequence></xs:complexType></xs:element>
 <xs:element name="report_indicators"><xs:complexType><xs:sequence><xs:element name="indicator" type="xs:string" maxOccurs="unbounded"/></xs:sequence></xs:complexType></xs:element>
</xs:sequence></xs:complexType></xs:element>
<xs:simpleType name="code"><xs:restriction base="xs:string"><xs:maxLength value="1"/></xs:restriction></xs:simpleType>
<xs:complexType name="person"><xs:sequence><xs:element name="gender" type="xs:string" minOccurs="0"/><xs:element name="first_name" type="xs:string"/><xs:element name="last_name" type="xs:string"/></xs:sequence></xs:complexType>
<xs:complexType name="account"><xs:sequence>
 <xs:element name="institution_name" type="xs:string"/><xs:element name="institution_code" type="xs:string"/><xs:element name="account" type="xs:string"/>
 <xs:element name="currency_code" type="xs:string" minOccurs="0"/><xs:element name="account_name" type="xs:string" minOccurs="0"/><xs:element name="iban" type="xs:string" minOccurs="0"/>
 <xs:element name="personal_account_type" type="code" minOccurs="0"/>
 <xs:element name="signatory" minOccurs="0"><xs:complexType><xs:sequence><xs:element name="is_primary" type="xs:boolean"/><xs:element name="t_person" type="person"/><xs:element name="role" type="code"/></xs:sequence></xs:complexType></xs:element>
 <xs:element name="opened" type="xs:dateTime" minOccurs="0"/><xs:element name="status_code" type="code" minOccurs="0"/>
</xs:sequence></xs:complexType>
</xs:schema>"""


@pytest.fixture
def xsd(tmp_path):
    path = tmp_path / "unit.xsd"
    path.write_text(XSD)
    return path


def test_a_report_keeps_the_order_of_the_schema_and_the_codes_of_its_profile(xsd):
    report = make_report(CASE, read_profile("generic-letters"))
    validate(report, xsd)
    root = etree.fromstring(report)
    assert [one.text for one in root.findall("transaction/transmode_code")] == ["A", "E"]
    assert root.findtext("report_date") == "2026-02-01T09:00:00"
    assert make_report(CASE, read_profile("generic-letters")) == report


def test_another_unit_has_other_codes_and_its_schema_refuses_these(xsd):
    report = make_report(CASE, read_profile("generic-words"))
    assert b"<submission_date>" in report
    assert b"<transmode_code>WITHDRAWAL" in report
    assert b"<to_funds_code>CASH" in report
    with pytest.raises(Refusal, match="does not keep the schema: line"):
        validate(report, xsd)


def test_a_victim_is_never_named(xsd):
    report = make_report(CASE, read_profile("generic-letters"))
    assert b"Hidden" not in report
    assert b"Worker" not in report
    assert b"a person to be protected" in report
    assert report.count(b"<first_name>Boss</first_name>") == 2
    named = copy.deepcopy(CASE)
    named["persons"][1]["role"] = "suspect"
    assert b"Hidden" in make_report(named, read_profile("generic-letters"))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda case: case.pop("reason"), "'reason' is missing"),
        (lambda case: case["persons"][0].update(role="bad man"), "persons 1: 'bad man' is no role"),
        (lambda case: case["accounts"][0].update(holder="nobody"), "accounts 1: No person 'nobody'"),
        (lambda case: case["transactions"][0].update(amount="1.005"), "transactions 1, amount: "),
        (lambda case: case["transactions"][1].update(source="A9"), "transactions 2: No account 'A9'"),
        (lambda case: case["transactions"][0].update(time="yesterday"), "'yesterday' is no date"),
    ],
)
def test_what_is_missing_or_wrong_is_named_by_its_place(change, message):
    case = copy.deepcopy(CASE)
    change(case)
    with pytest.raises(Refusal) as refused:
        checked(case, "case.json")
    assert message in str(refused.value)


def test_a_code_that_the_unit_does_not_take_and_a_foreign_sum_without_local_amount_are_refused():
    with pytest.raises(Refusal, match="no report code"):
        make_report(CASE | {"report_code": "XYZ"}, read_profile("generic-letters"))
    with pytest.raises(Refusal, match="in USD, the report in EUR"):
        make_report(CASE | {"currency": "USD"}, read_profile("generic-letters"))


@pytest.mark.parametrize("name", profile_names())
def test_every_profile_that_comes_with_the_system_is_whole(name):
    assert make_report(CASE, read_profile(name)).startswith(b"<?xml")


def test_profiles_of_ones_own_are_read_and_held_to_their_form(tmp_path):
    own = tmp_path / "own.toml"
    own.write_text('title = "x"\n')
    with pytest.raises(Refusal, match="'schema' is missing"):
        read_profile(str(own))
    with pytest.raises(Refusal, match="no profile"):
        read_profile("atlantis")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('<!DOCTYPE a [<!ENTITY b "c">]>' + XSD, "declares a document type"),
        (XSD.replace('<xs:element name="report">', '<xs:import schemaLocation="file:///etc/passwd"/><xs:element name="report">', 1), "xs:import"),
        ("<a/>", "no schema"),
        ("<a", "no schema"),
    ],
)  # fmt: skip
def test_a_hostile_schema_is_refused(tmp_path, text, message):
    path = tmp_path / "bad.xsd"
    path.write_text(text)
    with pytest.raises(Refusal, match=message):
        validate(b"<report/>", path)


def test_the_command_writes_nothing_that_does_not_keep_the_schema(tmp_path, xsd):
    from typer.testing import CliRunner

    from palermo.cli import make_app

    (tmp_path / "case.json").write_text(json.dumps(CASE))
    out = tmp_path / "r.xml"
    arguments = ["goaml", str(tmp_path / "case.json"), "--out", str(out), "--schema", str(xsd), "--json", "--profile"]
    bad = CliRunner().invoke(make_app(), [*arguments, "generic-words"])
    assert isinstance(bad.exception, Refusal)
    assert not out.exists()
    good = CliRunner().invoke(make_app(), [*arguments, "generic-letters"])
    assert json.loads(good.stdout)["validated"] is True
    assert out.read_bytes() == make_report(read_investigation(tmp_path / "case.json"), read_profile("generic-letters"))
