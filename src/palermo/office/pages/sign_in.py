"""How members sign in: by name and password, then a second factor; nobody signs up."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest

from palermo.office.sealing import seal, unseal


class AccountAdapter(DefaultAccountAdapter):
    """Members are appointed, not signed up; hands of an agency (system, guest) never sign in."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 -- allauth's signature
        return False

    def can_authenticate(self, user: Any) -> bool:
        return bool(user.kind == "person")


class MFAAdapter(DefaultMFAAdapter):
    """Secrets of second factors are sealed like identities."""

    def encrypt(self, text: str) -> str:
        return seal(text).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return unseal(encrypted_text.encode())
