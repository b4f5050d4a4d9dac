"""A financial investigator of the special unit, one of a prosecution service, and what an investigation begins with."""

import datetime as dt
import json
from types import SimpleNamespace

import polars as pl
import pytest
from records import do

from palermo.prosecution.methods.ledger import make_ledger

PHANTOM = "Zorvath"  # a family name that must not leak

OWN = (
    "Booking date;Amount;Currency;Account;Balance;Counterparty;Counterparty account;Description\n"
    "20.03.2026;1.200,00;EUR;GR1601101250000000012300695;1.700,00;Ada Client;;Evening\n"
    "21.03.2026;800,00;EUR;GR1601101250000000012300695;2.500,00;Bea Client;;Evening\n"
    "22.03.2026;-1.900,00;EUR;GR1601101250000000012300695;600,00;Cleo Front;DE89370400440532013000;Rent\n"
)
OTHER = (
    "Date,Paid out,Paid in,Saldo of the day,Who,Their IBAN,What for\n"
    "2026-03-22,,1900.00,1950.00,Zed Controller,GR1601101250000000012300695,Rent\n"
    "2026-03-24,1500.00,,450.00,,,Cash\n"
)


@pytest.fixture
def desk(house, as_owner):
    """`desk.unit` and `desk.service` are investigators of two agencies; `desk.elsewhere` has the role where nobody investigates."""
    from palermo.office.domain.agencies import enrol_member, found_agency
    from palermo.office.enums import AgencyKind, Role

    with as_owner():
        service = found_agency(name="Prosecution Service", kind=AgencyKind.PROSECUTION, state="GR", using="default")

        def enrol(agency, name, *roles):
            return enrol_member(
                agency=agency, username=name, name=name, roles=roles, password="a long first password", using="default"
            )[0]

        return SimpleNamespace(
            unit=enrol(house.police, "unit_investigator", Role.INVESTIGATOR),
            service=enrol(service, "service_investigator", Role.INVESTIGATOR),
            elsewhere=enrol(house.shelter, "shelter_investigator", Role.INVESTIGATOR),
        )


@pytest.fixture
def texts():
    """The statements of the two banks, as they come."""
    return SimpleNamespace(own=OWN, other=OTHER)


@pytest.fixture
def work():
    """`work()` does what was deferred, as the worker does, until nothing is left."""
    from django.db import connection

    import palermo.prosecution.tasks  # noqa: F401 -- registers the work, as the worker does
    from palermo.office.tasks import perform

    def run():
        done = 0
        while True:
            with connection.cursor() as cursor:
                cursor.execute("SET SESSION AUTHORIZATION palermo_owner")
                cursor.execute(
                    "DELETE FROM procrastinate_jobs WHERE id = (SELECT min(id) FROM procrastinate_jobs)"
                    " RETURNING task_name, args"
                )
                job = cursor.fetchone()
                cursor.execute("SET SESSION AUTHORIZATION palermo_app")
            if job is None:
                return done
            said = json.loads(job[1]) if isinstance(job[1], str) else job[1]
            perform(job[0], agency=said["agency"], ids=said["ids"])
            done += 1

    return run


@pytest.fixture
def case_of(desk):
    """`case_of(member)` opens an investigation with a controller, a victim and an order."""
    from palermo.prosecution.domain.evidence import record_authority
    from palermo.prosecution.domain.investigations import open_investigation
    from palermo.prosecution.domain.parties import add_party

    def make(member=None):
        member = member or desk.unit
        found = do(member, open_investigation, title="Operation Lantern")
        controller = do(member, add_party, investigation=found, name=f"Zed {PHANTOM}", roles=["controller"])
        victim = do(member, add_party, investigation=found, name=f"Vera {PHANTOM}", roles=["victim"], age="adult")
        order = do(
            member,
            record_authority,
            investigation=found,
            kind="order",
            issuer="Court of Example",
            reference="17/2026",
            since=dt.date(2026, 1, 1),
            covers="All accounts of P-1",
        )
        return SimpleNamespace(it=found, controller=controller, victim=victim, order=order, member=member)

    return make


@pytest.fixture
def statements_in():
    """`statements_in(case)` uploads one bank's statement that reads itself and one whose columns have odd names."""
    from palermo.prosecution.domain.statements import Upload, keep_statements

    def keep(case, *files):
        given = files or (("own.csv", OWN, "Harbour Bank"), ("other.csv", OTHER, "Hill Bank"))
        return [
            kept
            for name, text, bank in given
            for kept in do(
                case.member,
                keep_statements,
                investigation=case.it,
                authority=case.order,
                bank=bank,
                files=[Upload(name, text.encode())],
            )
        ]

    return keep


@pytest.fixture
def ledger_of():
    """A ledger of (source, target, minor units), a second apart."""

    def build(rows, currency="EUR", **more):
        frame = pl.DataFrame(
            {
                "id": [str(i) for i in range(len(rows))],
                "time": pl.Series([i * 1_000_000 for i in range(len(rows))], dtype=pl.Int64).cast(pl.Datetime("us")),
                "source": pl.Series([row[0] for row in rows], dtype=pl.String),
                "target": pl.Series([row[1] for row in rows], dtype=pl.String),
                "amount": pl.Series([row[2] for row in rows], dtype=pl.Int64),
            }
        )
        return make_ledger(frame, currency=currency, **more)

    return build
