"""Sign-in, sign-out, password and second factor: allauth's views, and only those that a closed house needs."""

from allauth.account import views as account
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path

from palermo.office.pages.sign_in import ActivateTOTP, Authenticate

urlpatterns = [
    path("login/", login_not_required(account.login), name="account_login"),
    path("logout/", login_not_required(account.logout), name="account_logout"),
    path("inactive/", login_not_required(account.account_inactive), name="account_inactive"),
    path("reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("password/", account.password_change, name="account_change_password"),
    path("2fa/authenticate/", login_not_required(Authenticate.as_view()), name="mfa_authenticate"),
    path("2fa/totp/activate/", ActivateTOTP.as_view(), name="mfa_activate_totp"),
    path("2fa/", include("allauth.mfa.urls")),
]
