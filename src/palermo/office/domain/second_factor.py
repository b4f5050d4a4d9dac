"""Second factors beyond what allauth's pages do: prepared for a demonstration, shown in the simulated space."""

import time

from allauth.mfa import app_settings
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.conf import settings
from django.core.cache import cache

from palermo.office.domain.acting import at_work, log
from palermo.office.domain.rights import NotAllowed
from palermo.office.models import Member
from palermo.office.sealing import unseal
from palermo.vocabulary.errors import Refusal

ENROL = "office.enrol_second_factor"


def enrol_second_factor(*, member: Member) -> None:
    """Prepare an authenticator app for a member of the demonstration, so that a visitor need not bring a telephone.

    Raises:
        Refusal: outside the simulated space, where each member sets up the own factor.
        NotAllowed: somebody else is at work here.
    """
    if settings.PALERMO_SPACE != "simulated":
        raise Refusal("second factors are prepared in the simulated space only", remedy="Let the member set one up.")
    if at_work().member != member:
        raise NotAllowed(ENROL, "somebody else is at work here")
    if not Authenticator.objects.filter(user=member, type=Authenticator.Type.TOTP).exists():
        TOTP.activate(member, generate_totp_secret())
        log(ENROL, object_id=member.pk)


def code_to_show(*, member: Member) -> str | None:
    """The code that the member's authenticator app would show now and that was not used yet; never in the real space.

    In the simulated space a visitor signs in as anybody and has nobody's telephone.
    """
    record = Authenticator.objects.filter(user=member, type=Authenticator.Type.TOTP).first()
    if settings.PALERMO_SPACE != "simulated" or record is None:
        return None
    return code_of(unseal(record.data["secret"].encode()), member=member)


def code_of(secret: str, *, member: Member | None = None) -> str | None:
    """The code of a secret that is valid now and not used up by `member`; None in the real space."""
    if settings.PALERMO_SPACE != "simulated":
        return None
    now = int(time.time()) // app_settings.TOTP_PERIOD
    codes = (str(format_hotp_value(hotp_value(secret, counter))) for counter in (now, now - 1, now + 1))
    return next((code for code in codes if not member or not cache.get(_used(member, code))), None)


def _used(member: Member, code: str) -> str:
    """Where allauth keeps that a code was used (TOTP._get_used_cache_key); a test signs in twice in a row."""
    return f"allauth.mfa.totp.used?user={member.pk}&code={code}"
