"""Where the shared reference data lies, and how a table of it is read."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from palermo.prevention.formats.lists import read_lists
from palermo.prevention.methods.estimation import Lists

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def shared() -> Path:
    place = Path(os.environ.get("PALERMO_SHARED", ROOT.parent / "shared"))
    if not (place / "data").is_dir():
        pytest.skip("The shared test data is not here; set PALERMO_SHARED to where it lies.")
    return place / "data"


@pytest.fixture(scope="session")
def published(shared: Path) -> Callable[[str], Lists]:
    """A published table of capture histories by its name."""
    return lambda name: read_lists((shared / "mse" / f"{name}.csv").read_bytes(), name=name)


#: Four lists of an invented region, by sex.
REGION = """police,shelter,hotline,inspectorate,sex,count
1,0,0,0,female,310
0,1,0,0,female,220
0,0,1,0,female,180
0,0,0,1,female,40
1,1,0,0,female,34
1,0,1,0,female,27
0,1,1,0,female,21
1,0,0,1,female,9
0,1,0,1,female,6
1,1,1,0,female,5
1,0,0,0,male,240
0,1,0,0,male,60
0,0,1,0,male,90
0,0,0,1,male,150
1,0,0,1,male,33
1,0,1,0,male,14
0,0,1,1,male,12
1,1,0,0,male,8
0,1,0,1,male,6
1,0,1,1,male,2
"""


@pytest.fixture
def region() -> bytes:
    """Lists with groups by sex, as a linkage unit delivers them."""
    return REGION.encode()


@pytest.fixture
def analysts(house, as_owner):
    """`analysts.rapporteur` works for the national co-ordinator, `analysts.elsewhere` for the shelter."""
    from types import SimpleNamespace

    from palermo.office.domain.agencies import enrol_member
    from palermo.office.enums import Role

    with as_owner():

        def enrol(agency, name):
            found, _ = enrol_member(
                agency=agency,
                username=name,
                name=name,
                roles=[Role.ANALYST],
                password="a long first password",
                using="default",
            )
            return found

        return SimpleNamespace(
            rapporteur=enrol(house.national, "rapporteur"), elsewhere=enrol(house.shelter, "counter")
        )


@pytest.fixture
def study_by(analysts, do):
    """`study_by()` opens a study of the rapporteur, or of the member named."""
    import datetime as dt

    from palermo.prevention.domain.studies import open_study

    def make(member=None, **more):
        told = {
            "title": "Forced labour in the region",
            "question": "How many people were held in forced labour, known or not?",
            "start": dt.date(2025, 1, 1),
            "end": dt.date(2025, 12, 31),
            "place": "The region",
            "population": "Adults and children presumed to be victims by any agency.",
            "basis": "law",
            "basis_reference": "Act 12/2019, Article 7",
        }
        return do(member or analysts.rapporteur, open_study, **{**told, **more})

    return make


@pytest.fixture
def lists_in(analysts, do, region):
    """`lists_in(study)` brings the lists of the region."""
    import datetime as dt

    from palermo.prevention.domain.lists import keep_lists

    def keep(study, data=None, member=None, **more):
        told = {
            "name": "region.csv",
            "linkage": "hashed",
            "delivered_by": "Linkage unit",
            "delivered_on": dt.date(2026, 2, 1),
            "by": ["sex"] if data is None else [],
        }
        given = {**told, **more, "data": region if data is None else data}
        return do(member or analysts.rapporteur, keep_lists, study=study, **given)

    return keep


@pytest.fixture
def work():
    """`work()` does what was deferred, as the worker does, until nothing is left."""
    import json

    from django.db import connection

    import palermo.prevention.tasks  # noqa: F401 -- registers the work, as the worker does
    from palermo.office.tasks import perform

    def run(most=100):
        for done in range(most):
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
        raise AssertionError("work without end")

    return run


@pytest.fixture
def cases() -> bytes:
    """600 coded cases of an invented region, with a rare code and a lonely record."""
    import random

    dice, lines = random.Random(5), ["sex,age,form,citizenship"]
    for _ in range(599):
        sex = dice.choice(("female", "female", "male"))
        form = dice.choice(("labour", "sexual") if sex == "female" else ("labour", "labour", "crime"))
        age = dice.choice(("under 18", "18 to 29", "30 and over", ""))
        lines.append(f"{sex},{age},{form},{dice.choice(('XA', 'XA', 'XB', 'XC'))}")
    return "\n".join([*lines, "male,under 18,sexual,XD"]).encode() + b"\n"


@pytest.fixture
def cases_in(analysts, do, cases):
    """`cases_in(study)` decides on a budget of epsilon 2 and brings the cases."""
    from palermo.prevention.domain.budgets import set_budget
    from palermo.prevention.domain.cases import keep_cases

    def keep(study, epsilon=2.0):
        member = analysts.rapporteur
        do(member, set_budget, study=study, epsilon=epsilon, reason="Agreed with the data protection officer.")
        return do(member, keep_cases, study=study, name="cases.csv", data=cases, delivered_by="Case registry")

    return keep


@pytest.fixture
def standard_cases() -> bytes:
    """400 invented cases in HTCDS, with names and days that no release may hold."""
    import random

    dice = random.Random(7)
    lines = [
        "prs_FirstName,prs_Birthdate,prs_Gender,prs_Citizenship,cas_IncomingReferralDate,vic_MethodsOfControl,room"
    ]
    for n in range(400):
        day = f"{dice.choice((1990, 2001, 2012))}-05-{1 + n % 28:02d}"
        control = dice.choice(("DebtBondage", "FalsePromises", "DebtBondage FalsePromises"))
        gender, country = dice.choice(("Feminine", "Masculine")), dice.choice(("MD", "MD", "RO"))
        lines.append(f"Invented{n},{day},{gender},{country},2024-02-0{1 + n % 9},{control},blue")
    return "\n".join(lines).encode()


@pytest.fixture(scope="session")
def agency_files() -> list[tuple[str, bytes]]:
    """Lists of three agencies, with names: 180 invented people, a third of them on two lists, with slips and gaps."""
    import random

    dice, lines = random.Random(7), {name: ["id,name,dob,sex,place"] for name in ("police", "shelter", "hotline")}
    syllables = ["ka", "ro", "mi", "sha", "ven", "tov", "li", "dar", "nov", "pe", "zan", "gur", "be", "tal"]
    for person in range(180):
        given, family = ("".join(dice.choices(syllables, k=k)).title() for k in (2, 3))
        born = f"{dice.randrange(1960, 2008)}-{dice.randrange(1, 13):02}-{dice.randrange(2, 29):02}"
        sex, place = dice.choice("fm"), f"town {dice.randrange(30)}"
        for agency in dice.sample(sorted(lines), 2 if person % 3 == 0 else 1):
            name = f"{family} {given}" if dice.random() < 0.2 else f"{given} {family}"
            name = name[:-1] if dice.random() < 0.15 else name
            day = dice.choices((born, f"{born[:4]}-01-01", ""), (8, 1, 1))[0]
            lines[agency].append(f"{agency[0]}{person},{name},{day},{sex},{place if dice.random() < 0.8 else ''}")
    return [(f"{name}.csv", "\n".join(rows).encode() + b"\n") for name, rows in lines.items()]


@pytest.fixture(scope="session")
def hashed_files(agency_files) -> list[tuple[str, bytes]]:
    """The same as each agency would send it: hashes alone."""
    from palermo.prevention.formats.hashes import write_hashes
    from palermo.prevention.formats.records import read_records
    from palermo.prevention.methods import linkage

    made = []
    for name, data in agency_files:
        records = linkage.standardise(read_records(data, name=name), source=name.removesuffix(".csv"))
        made.append((name.replace("csv", "parquet"), write_hashes(linkage.hashed(records, secret=bytes(range(32))))))
    return made
