"""How members sign in: by name and password, then a second factor; nobody signs up."""

import time
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.base.views import AuthenticateView
from allauth.mfa.totp.views import ActivateTOTPView
from django.conf import settings
from django.http import HttpRequest

from palermo.office.domain.agencies import change_password
from palermo.office.domain.second_factor import code_of, code_to_show
from palermo.office.pages.middleware import SINCE
from palermo.office.sealing import seal, unseal

#: Seconds after signing in during which a factor can be changed without being asked for both again.
ASK_AGAIN_AFTER = 300


class AccountAdapter(DefaultAccountAdapter):
    """Members are appointed, not signed up. Hands of an agency (system, guest) have no password to sign in with."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 -- allauth's signature
        return False

    def is_reauthentication_required(self, app: str) -> bool:
        """Both factors are asked again before one is changed, but not within five minutes of signing in."""
        since = context.request.session.get(SINCE, 0)
        return bool(super().is_reauthentication_required(app=app)) and time.time() - since > ASK_AGAIN_AFTER

    def set_password(self, user: Any, password: str) -> None:
        change_password(member=user, password=password)

    def send_notification_mail(self, *_args: Any, **_kwargs: Any) -> None:
        """Nothing is sent by mail: it would tell where a member works."""


class MFAAdapter(DefaultMFAAdapter):
    """Secrets of second factors are sealed like identities."""

    def encrypt(self, text: str) -> str:
        return seal(text).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return unseal(encrypted_text.encode())


class Authenticate(AuthenticateView):
    """The second step of signing in."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        code = code_to_show(member=self.stage.login.user)
        shown = {"code_to_show": code, "all_used": settings.PALERMO_SPACE == "simulated" and code is None}
        return super().get_context_data(**kwargs) | shown


class ActivateTOTP(ActivateTOTPView):
    """An authenticator app is set up."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return context | {"code_to_show": code_of(context["form"].secret)}
