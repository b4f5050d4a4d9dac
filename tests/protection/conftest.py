"""A small house of agencies with everybody in it signed in by two factors, and cases made through verbs. All invented."""

import datetime as dt
import time
from types import SimpleNamespace

import pytest

from palermo.office.enums import AgencyKind, DataKind, Purpose, Role

AGENCIES = {
    "reception": (AgencyKind.FIRST_RECEPTION, "Harbour Reception", True),
    "shelter": (AgencyKind.SERVICE_PROVIDER, "Lighthouse Shelter", True),
    "clinic": (AgencyKind.SERVICE_PROVIDER, "Quay Clinic", False),
    "police": (AgencyKind.POLICE_SPECIAL, "Special Unit", True),
    "authority": (AgencyKind.COMPETENT_AUTHORITY, "Identification Authority", True),
    "children": (AgencyKind.CHILD_PROTECTION, "Child Protection", True),
    "national": (AgencyKind.NATIONAL_CO_ORDINATOR, "National Co-ordinator", True),
    "border": (AgencyKind.MIGRATION_ENFORCEMENT, "Border Guard", True),
}
MEMBERS = {
    "responder": ("reception", Role.FIRST_RESPONDER),
    "manager": ("reception", Role.CASE_MANAGER),
    "worker": ("shelter", Role.SERVICE_WORKER),
    "shelter_manager": ("shelter", Role.CASE_MANAGER),
    "decider": ("authority", Role.DECISION_MAKER),
    "second_decider": ("authority", Role.DECISION_MAKER),
    "child_worker": ("children", Role.CASE_MANAGER),
    "police_manager": ("police", Role.CASE_MANAGER),
    "co_ordinator": ("national", Role.CO_ORDINATOR),
    "officer": ("border", Role.OFFICER),
    "admin": ("shelter", Role.ADMINISTRATOR),
}
KINDS = (DataKind.IDENTITY, DataKind.PROFILE, DataKind.RISKS)


@pytest.fixture
def fitted(settings, tmp_path, as_owner, monkeypatch):
    """A simulated space with keys of its own, cheap passwords and a cache of its own."""
    from palermo.office.domain.keyring import fit_space

    settings.PALERMO_KEYS = tmp_path / "keys.json"
    # Django's secret is read once from the key file that the settings module itself names.
    monkeypatch.setattr("palermo.web.settings.PALERMO_KEYS", settings.PALERMO_KEYS)
    settings.PALERMO_SPACE = "simulated"
    backend = "django.core.cache.backends.filebased.FileBasedCache"
    settings.CACHES = {"default": {"BACKEND": backend, "LOCATION": tmp_path / "cache"}}
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    with as_owner():
        fit_space(simulated=True, using="default")


@pytest.fixture
def world(fitted, as_owner):
    """Agencies by short name in `world.agency`, members as `world.manager`, one reception site as `world.harbour`."""
    from palermo.office.domain.agencies import enrol_member, found_agency
    from palermo.office.models import Site

    found = SimpleNamespace(agency={})
    with as_owner():
        for name, (kind, title, has_account) in AGENCIES.items():
            found.agency[name] = found_agency(
                name=title, kind=kind, state="GR", offers=f"Help of {title}", has_account=has_account, using="default"
            )
        for name, (agency, role) in MEMBERS.items():
            member, _ = enrol_member(
                agency=found.agency[agency],
                username=name,
                name=name.title(),
                roles=[role],
                password="a long enough password",
                using="default",
            )
            setattr(found, name, member)
        found.harbour = Site.objects.create(agency=found.agency["reception"], name="North Harbour", column=1, row=2)
    return found


@pytest.fixture
def browser(client, settings, as_owner):
    """`browser(member)` is a client in which the member has signed in with both factors; None signs out."""
    from allauth.mfa.models import Authenticator
    from django.contrib.auth.models import update_last_login
    from django.contrib.auth.signals import user_logged_in

    # The member has no pass yet at that moment; the access log says who signed in when.
    user_logged_in.disconnect(update_last_login, dispatch_uid="update_last_login")

    def sign_in(member):
        client.logout()
        if member is None:
            return client
        with as_owner():
            kind = Authenticator.Type.TOTP
            Authenticator.objects.get_or_create(user_id=member.pk, type=kind, defaults={"data": {"secret": "none"}})
        client.force_login(member, backend="allauth.account.auth_backends.AuthenticationBackend")
        session = client.session
        session["account_authentication_methods"] = [{"method": "password", "at": time.time()}]
        session["since"] = int(time.time())
        session.save()
        client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
        return client

    return sign_in


@pytest.fixture
def do():
    """`do(member, verb, **arguments)` does one verb as the member."""
    from palermo.office.domain.acting import acting_as

    def doing(member, verb, **arguments):
        with acting_as(member):
            return verb(member=member, **arguments)

    return doing


@pytest.fixture
def make(world, do):
    """`make.case(…)`, `make.consent(case)`, `make.referral(case, …)`: what tests begin with, made through verbs."""
    from palermo.office.domain.consent import give_consent
    from palermo.office.domain.persons import register_person
    from palermo.office.methods.identity import Identity
    from palermo.protection.domain.cases import open_case
    from palermo.protection.domain.referrals import Basis, Request, send_referral

    def person(family="Exemplar", *, age=30, path="adult", member=None):
        identity = Identity(given_name="Ada", family_name=family, phones=("+302101234567",), safe_contact="after six")
        values = {"path": path, "age": age, "site": world.harbour, "language": "ara", "citizenship": "SY"}
        return do(member or world.manager, register_person, identity=identity, alone=False, **values)

    def case(family="Exemplar", *, member=None, **values):
        member = member or world.manager
        return do(member, open_case, person=person(family, member=member, **values), ground="screening")

    def consent(case, agency="shelter", *, purpose=Purpose.ACCOMMODATION, kinds=KINDS):
        return do(
            world.manager,
            give_consent,
            person=case.person,
            recipient=world.agency[agency],
            purpose=purpose,
            kinds=kinds,
            language="ara",
            how="spoken",
        )

    def referral(
        case, agency="shelter", *, purpose=Purpose.ACCOMMODATION, kinds=KINDS, services=("accommodation",), urgent=False
    ):
        if case.person.is_child:
            basis = Basis(
                "child_best_interests",
                reason="A safe place tonight comes first",
                guardian="Asked of Child Protection",
                guardian_not_implicated=True,
                child_view="Wants to sleep where nobody knocks",
            )
        else:
            basis = Basis("consent", consent=consent(case, agency, purpose=purpose, kinds=kinds))
        asked = Request(world.agency[agency], purpose, services, kinds, urgent=urgent)
        return do(world.manager, send_referral, person=case.person, request=asked, basis=basis)

    return SimpleNamespace(person=person, case=case, consent=consent, referral=referral)


@pytest.fixture
def later(settings):
    """`with later(hours=30): …` is that much later, for pages and database alike."""
    from django.utils import timezone

    from palermo.office import clock

    return lambda **span: clock.at(timezone.now() + dt.timedelta(**span))


@pytest.fixture
def statements(django_assert_num_queries, monkeypatch):
    """`with statements(7): …` counts a page's own statements; what other rooms count in the navigation is theirs."""

    def counted(number):
        monkeypatch.setattr("palermo.ui.navigation._entries", {})
        return django_assert_num_queries(number)

    return counted
