"""To look whether a person is known before a new file is made, without learning whom others know."""

from django.db import IntegrityError, connection, transaction

from palermo.office.domain.acting import log
from palermo.office.domain.rights import allow, require
from palermo.office.enums import Role
from palermo.office.methods.identity import Identity, search_keys
from palermo.office.models import Member, Person
from palermo.office.sealing import blind_token, seal
from palermo.vocabulary.errors import Refusal

SEARCH = allow("office.search_before_create", Role.FIRST_RESPONDER, Role.CASE_MANAGER, Role.SERVICE_WORKER)
#: Keys of one search at most, so that a search is of one person (the SQL function has the same number).
MOST_KEYS = 20


@transaction.atomic
def search_before_create(*, member: Member, identity: Identity, reason: str) -> list[Person]:
    """One's own agency's files that match by name (in any script), telephone or document.

    Another agency that keeps a match is asked to make contact; the answer is the same whether there is one or not,
    since that a person is a known victim is itself a secret. At most 60 searches an hour a member; all are logged.

    Raises:
        Refusal: nothing to search by or too much at once, no reason, or too many searches.
    """
    require(member, SEARCH)
    keys = {key for _, key in search_keys(identity)}
    if not keys:
        raise Refusal(
            "there is nothing to search by", where="name", remedy="Give a name, a telephone or a document number."
        )
    if len(keys) > MOST_KEYS:
        raise Refusal("too many names and numbers at once", where="name", remedy="Search in two goes.")
    if len(reason.strip()) < 4:
        raise Refusal("a search needs its reason", where="reason", remedy="Write in a few words why you search.")
    tokens = sorted(blind_token(key) for key in keys)
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT office_search(%s, %s)", [tokens, seal(reason.strip()[:200])])
            found = [row[0] for row in cursor.fetchall()]
    except IntegrityError as error:
        raise Refusal(
            "more than 60 searches in an hour", remedy="Wait, or ask your data protection officer."
        ) from error
    log(SEARCH, keys=len(keys), own=len(found))
    return list(Person.objects.filter(id__in=found))
