"""The persons of an investigation: their roles, their accounts, and who they are (after a click that is logged)."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction

from palermo.office import clock
from palermo.office.domain.acting import log
from palermo.office.domain.rights import allow
from palermo.office.enums import Role
from palermo.office.models import Member
from palermo.prosecution.domain.checks import next_number
from palermo.prosecution.domain.investigations import require_desk, require_open
from palermo.prosecution.domain.sealed import sealed_json
from palermo.prosecution.enums import PersonRole, VictimAge
from palermo.prosecution.formats.statements.model import account_key
from palermo.prosecution.models import Holding, Investigation, Party
from palermo.prosecution.queries.sealed import opened
from palermo.vocabulary.errors import Refusal

ADD = allow("prosecution.add_party", Role.INVESTIGATOR)
CHANGE = allow("prosecution.change_party", Role.INVESTIGATOR)
NAME = allow("prosecution.read_party_name", Role.INVESTIGATOR)
ACCOUNT = allow("prosecution.add_holding", Role.INVESTIGATOR)


@transaction.atomic
def add_party(
    *,
    member: Member,
    investigation: Investigation,
    name: str,
    roles: Sequence[str],
    age: str = VictimAge.ADULT,
    consent_claimed: bool = False,
    known: str = "",
) -> Party:
    """Add a person with their role or roles; the name is sealed at once.

    Args:
        known: what else is known of the person (birth date, telephones, documents), sealed with the name.
    """
    require_open(member=member, investigation=investigation, verb=ADD)
    _check_roles(roles)
    if not name.strip():
        raise Refusal("name the person", where="name", remedy="Write “not known” where nobody knows it.")
    party = Party(
        agency=member.agency,
        investigation=investigation,
        number=next_number(Party, investigation),
        roles=sorted(set(roles)),
        age=age,
        consent_claimed=consent_claimed,
        sealed=sealed_json(name=name.strip(), known=known.strip()),
        added_at=clock.now(),
    )
    party.save(force_insert=True)
    log(ADD, object_id=party.pk, roles=party.roles)
    return party


@transaction.atomic
def change_party(*, member: Member, party: Party, roles: Sequence[str], age: str, consent_claimed: bool) -> Party:
    """Change what a person is in the investigation; earlier roles stay in the history."""
    require_open(member=member, investigation=party.investigation, verb=CHANGE)
    _check_roles(roles)
    party.roles, party.age, party.consent_claimed = sorted(set(roles)), age, consent_claimed
    party.save(update_fields=["roles", "age", "consent_claimed"])
    log(CHANGE, object_id=party.pk, roles=party.roles)
    return party


def _check_roles(roles: Sequence[str]) -> None:
    if not roles or set(roles) - set(PersonRole.values):
        raise Refusal("say what the person is", where="roles", remedy="Choose at least one role.")


def read_party_name(*, member: Member, party: Party) -> dict[str, Any]:
    """Open who a person is; a line in the log."""
    require_desk(member=member, verb=NAME)
    log(NAME, object_id=party.pk)
    return opened(party.sealed)


@transaction.atomic
def add_holding(*, member: Member, party: Party, account: str) -> Holding:
    """Note an account of a person, as the ledger calls it (an IBAN without spaces, or the name that stands for it)."""
    require_open(member=member, investigation=party.investigation, verb=ACCOUNT)
    if not account.strip():
        raise Refusal("name the account", where="account", remedy="Write it as the ledger does.")
    holding = Holding(
        agency=member.agency,
        investigation=party.investigation,
        party=party,
        sealed_account=sealed_json(account=account_key(account)),
        since=clock.now(),
    )
    holding.save(force_insert=True)
    log(ACCOUNT, object_id=holding.pk)
    return holding
