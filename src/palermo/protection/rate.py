"""A simple limit for the public door: so many an hour from one address, which is kept only as a keyed hash."""

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.db import connection
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from palermo.office import clock

HOUR = 3600
#: Concerns, and questions about them, that one address may send in an hour by page and API together.
CONCERNS_AN_HOUR, QUESTIONS_AN_HOUR = 10, 30


def within_limit(request: HttpRequest, what: str, most: int) -> bool:
    """Count one more of `what` from this address; whether that is still within `most` in the last 60 minutes.

    Each has a place of its own for an hour: a count under one key would get a new time with every addition. Behind
    proxies the address is the one that they forward (`PALERMO_PROXIES`), else that of the connection.
    """
    address = get_adapter().get_client_ip(request)
    digest = salted_hmac("palermo.protection.rate", address).hexdigest()[:24]
    key = f"palermo:rate:{what}:{digest}"
    with connection.cursor() as cursor:
        # Until this request ends: those that come at the same moment, to whichever process, are counted one by one.
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 3))", [key])
    now = clock.now().timestamp()
    places = [f"{key}:{number}" for number in range(most)]
    taken = {place for place, since in cache.get_many(places).items() if now - since < HOUR}
    free = next((place for place in places if place not in taken), None)
    if free is not None:
        cache.set(free, now, timeout=HOUR)
    return free is not None
