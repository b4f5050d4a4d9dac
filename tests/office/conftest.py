"""A small house of agencies, its keys, and a file to begin with. Everybody in it is invented."""

from contextlib import contextmanager
from types import SimpleNamespace

import pytest

from palermo.office.enums import AgencyKind, Role

PASSWORD = "a long first password"


@pytest.fixture
def keys(settings, tmp_path, as_owner):
    """A fitted, simulated space."""
    from palermo.office.domain.keyring import fit_space

    settings.PALERMO_KEYS = tmp_path / "keys.json"
    settings.PALERMO_SPACE = "simulated"
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.filebased.FileBasedCache", "LOCATION": tmp_path / "cache"}
    }
    with as_owner():
        fit_space(simulated=True, using="default")
    return settings.PALERMO_KEYS


@pytest.fixture
def house(keys, as_owner):
    """Agencies and members: `house.shelter` is an agency, `house.shelter_worker` one of its members."""
    from palermo.office.domain.agencies import enrol_member, found_agency

    agencies = {
        "reception": (
            AgencyKind.FIRST_RECEPTION,
            ("first_responder", "case_manager", "data_protection_officer", "administrator"),
        ),
        "shelter": (
            AgencyKind.SERVICE_PROVIDER,
            ("service_worker", "case_manager", "data_protection_officer", "administrator"),
        ),
        "police": (AgencyKind.POLICE_SPECIAL, ("case_manager", "data_protection_officer")),
        "children": (AgencyKind.CHILD_PROTECTION, ("case_manager",)),
        "national": (AgencyKind.NATIONAL_CO_ORDINATOR, ("co_ordinator",)),
        "border": (AgencyKind.MIGRATION_ENFORCEMENT, ("officer",)),
    }
    short = {
        "first_responder": "responder",
        "case_manager": "manager",
        "data_protection_officer": "dpo",
        "administrator": "admin",
        "service_worker": "worker",
        "co_ordinator": "co_ordinator",
        "officer": "officer",
    }
    found = SimpleNamespace()
    with as_owner():
        for name, (kind, roles) in agencies.items():
            agency = found_agency(
                name=name.title(),
                kind=kind,
                state="GR",
                offers=f"What {name} offers",
                phone="+30 210 0000000",
                using="default",
            )
            setattr(found, name, agency)
            for role in roles:
                username = f"{name}_{short[role]}"
                member, _ = enrol_member(
                    agency=agency,
                    username=username,
                    name=username.title(),
                    roles=[Role(role)],
                    password=PASSWORD,
                    using="default",
                )
                setattr(found, username, member)
    return found


@pytest.fixture
def register(house):
    """`register(path="adult", …)` opens a file of Reception."""
    from palermo.office.domain.acting import acting_as
    from palermo.office.domain.persons import register_person

    def make(member=None, **values):
        member = member or house.reception_responder
        with acting_as(member):
            return register_person(member=member, **({"path": "adult", "age": 30} | values))

    return make


@pytest.fixture
def person(register):
    from palermo.office.methods.identity import Identity

    return register(identity=Identity(given_name="Ивана", family_name="Примерова", phones=("+302101234567",)))


@pytest.fixture
def enter():
    """`with enter(as_app, member): …` a raw connection as `palermo_app` with the member's live pass; None has no pass."""
    from palermo.office.domain.acting import sign_pass

    @contextmanager
    def entering(raw, member, signed=None):
        signed = signed if signed is not None else (sign_pass(member.id) if member else "")
        with raw.transaction():
            raw.execute("SELECT set_config('palermo.pass', %s, true)", [signed])
            yield raw

    return entering


@pytest.fixture
def client_of(client):
    """`client_of(member)` is a browser in which the member has signed in with both factors."""
    from palermo.office.domain.second_factor import enrol_second_factor

    def sign_in(member):
        from palermo.office.domain.acting import acting_as

        with acting_as(member):
            enrol_second_factor(member=member)
        client.force_login(member, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return sign_in
