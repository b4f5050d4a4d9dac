"""A simple limit for the public door: so many an hour from one address, which is kept only as a keyed hash."""

from time import time

from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

HOUR = 3600
#: Concerns, and questions about them, that one address may send in an hour by page and API together.
CONCERNS_AN_HOUR, QUESTIONS_AN_HOUR = 10, 30


def within_limit(request: HttpRequest, what: str, most: int) -> bool:
    """Count one more of `what` from this address; whether that is still within `most` in this hour.

    Each process counts by itself unless the site names a shared cache.
    """
    address = request.META.get("REMOTE_ADDR", "")
    digest = salted_hmac("palermo.protection.rate", address).hexdigest()[:24]
    key = f"palermo:rate:{what}:{digest}:{int(time() // HOUR)}"
    cache.add(key, 0, timeout=HOUR)
    return cache.incr(key) <= most
