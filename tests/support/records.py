"""What tests begin with, made through verbs: persons, cases, consents, referrals."""

from types import SimpleNamespace

from palermo.office.enums import DataKind, Purpose

KINDS = (DataKind.IDENTITY, DataKind.PROFILE, DataKind.RISKS)


def do(member, verb, **arguments):
    """Do one verb as the member, in a transaction of its own."""
    from palermo.office.domain.acting import acting_as

    with acting_as(member):
        return verb(member=member, **arguments)


def maker(house):
    """`make.case(…)`, `make.consent(case)`, `make.referral(case, …)` in a house."""
    from palermo.office.domain.consent import give_consent
    from palermo.office.domain.persons import register_person
    from palermo.office.methods.identity import Identity
    from palermo.protection.domain.cases import open_case
    from palermo.protection.domain.referrals import Basis, Request, send_referral

    def person(family="Exemplar", *, age=30, path="adult", member=None):
        identity = Identity(given_name="Ada", family_name=family, phones=("+302101234567",), safe_contact="after six")
        values = {"path": path, "age": age, "site": house.harbour, "language": "ara", "citizenship": "SY"}
        return do(member or house.manager, register_person, identity=identity, alone=False, **values)

    def case(family="Exemplar", *, member=None, **values):
        member = member or house.manager
        return do(member, open_case, person=person(family, member=member, **values), ground="screening")

    def consent(case, agency="shelter", *, purpose=Purpose.ACCOMMODATION, kinds=KINDS):
        return do(
            house.manager,
            give_consent,
            person=case.person,
            recipient=house.agency[agency],
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
        asked = Request(house.agency[agency], purpose, services, kinds, urgent=urgent)
        return do(house.manager, send_referral, person=case.person, request=asked, basis=basis)

    return SimpleNamespace(person=person, case=case, consent=consent, referral=referral)


def second_factor(member):
    """Give the member an authenticator app, as the owner of the space: without a line in the access log."""
    from allauth.mfa.models import Authenticator

    kind = Authenticator.Type.TOTP
    Authenticator.objects.get_or_create(user_id=member.pk, type=kind, defaults={"data": {"secret": "none"}})


def sign_in(client, member):
    """Let the member sign in to `client` with both factors behind them; None signs out."""
    client.logout()
    if member is not None:
        client.force_login(member, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client
