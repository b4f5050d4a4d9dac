"""Settings of the site. Every name read from the environment is listed in docs/settings.md."""

import os
from pathlib import Path

from django.conf import settings
from django.utils.functional import SimpleLazyObject

from palermo.office.keys import read_keys
from palermo.vocabulary.errors import Refusal
from palermo.web.database import databases, space
from palermo.web.database.state import state_directory


def proxies(*, default: int) -> int:
    """How many, from `PALERMO_PROXIES`."""
    written = os.environ.get("PALERMO_PROXIES") or str(default)
    if not (written.isascii() and written.isdigit()):
        raise Refusal(f"{written!r} is no number.", where="PALERMO_PROXIES", remedy="Write how many, such as 1.")
    return int(written)


#: Which space this process works in: `real`, or `simulated` (demonstration and exercises; marked on every page).
PALERMO_SPACE = space()
PALERMO_SPACE_SIMULATED = PALERMO_SPACE == "simulated"
PALERMO_SPACE_NAME = os.environ.get("PALERMO_NAME") or (
    "Demonstration" if PALERMO_SPACE_SIMULATED else "National response"
)
#: The key file of the space.
PALERMO_KEYS = Path(os.environ.get("PALERMO_KEYS") or state_directory() / f"keys-{PALERMO_SPACE}.json")
#: The daily roots of the access log, outside the database: a cut chain does not miss its tail, this file does.
PALERMO_ROOTS = state_directory() / f"roots-{PALERMO_SPACE}.txt"

# Django's secret comes from the key file of the space, and only when it is asked for: `--help` needs none.
SECRET_KEY = SimpleLazyObject(lambda: read_keys(settings.PALERMO_KEYS).site)
#: A file that replaces assumed strengths of indicators (docs/screening.md); none is the project's own.
PALERMO_STRENGTHS = Path(os.environ["PALERMO_STRENGTHS"]) if os.environ.get("PALERMO_STRENGTHS") else None
DEBUG = False
ALLOWED_HOSTS = [*os.environ.get("PALERMO_HOSTS", "").split(), "localhost", "127.0.0.1", "[::1]"]
ROOT_URLCONF = "palermo.web.urls"
WSGI_APPLICATION = "palermo.web.wsgi.application"

INSTALLED_APPS = [
    "palermo.ui",
    "palermo.office",
    "palermo.protection",
    "palermo.prosecution",
    "palermo.prevention",
    "palermo.partnership",
    "palermo.training",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "django.forms",
    "procrastinate.contrib.django",
    "pgtrigger",
    "pghistory",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_htmx",
    "django_tables2",
    "django_filters",
    "csp",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "palermo.office.pages.middleware.SecondFactorMiddleware",
    # Last, so that it wraps the view and its rendering in one transaction with the member's pass.
    "palermo.office.pages.middleware.DeskMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "palermo.ui.context.look",
                "palermo.office.pages.context.tools",
            ],
        },
    }
]
FORM_RENDERER = "palermo.ui.forms.Renderer"
DJANGO_TABLES2_TEMPLATE = "ui/table.html"

DATABASES = databases()
DATABASE_ROUTERS = ["palermo.web.routers.OneDatabase"]
# The library gives us the queue's tables; our own registry (office/tasks.py) says what work there is.
PROCRASTINATE_DATABASE_ALIAS = "owner"
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = ""
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Sign-in: a name and a password, then always a second factor. Nobody signs up: an administrator appoints.
AUTH_USER_MODEL = "office.Member"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "palermo.office.pages.sign_in.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
MFA_ADAPTER = "palermo.office.pages.sign_in.MFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_TOTP_ISSUER = "Palermo"
#: Codes of the half minute before and after count too: telephones go wrong, and typing takes time.
MFA_TOTP_TOLERANCE = 1
PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

# Failed attempts and used codes are counted for all workers of this machine together; a cache in each worker's memory
# would give every worker its own count. Files below the state folder need no table that SQL could empty.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": state_directory() / f"cache-{PALERMO_SPACE}",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}
ACCOUNT_RATE_LIMITS = {"login_failed": "30/m/ip,5/5m/key"}

# Sessions live in a signed cookie: there is no table from which the application's login could read another's session.
SESSION_ENGINE = "django.contrib.sessions.backends.signed_cookies"
# The cookie is renewed with every page and ends after a quarter of an hour without one: the idle lock.
SESSION_COOKIE_AGE = 15 * 60
SESSION_SAVE_EVERY_REQUEST = True
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SAMESITE = "Strict"
CSRF_COOKIE_SAMESITE = "Strict"
CSRF_COOKIE_HTTPONLY = True
#: Behind TLS everything is told to stay there; on this machine's own address there is none.
SECURE = os.environ.get("PALERMO_TLS", "") == "1"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SECURE_SSL_REDIRECT = SECURE
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SECURE else None
#: How many proxies of ours stand before the site: as many of the last addresses in X-Forwarded-For are believed. What
#: terminates TLS is one.
ALLAUTH_TRUSTED_PROXY_COUNT = proxies(default=int(SECURE))
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
    }
}

USE_TZ = True
TIME_ZONE = "UTC"
USE_I18N = True
LANGUAGE_CODE = "en-gb"
#: English now; every string is translatable, and a language is listed here when its translation is there.
LANGUAGES = [("en-gb", "English")]
STATIC_URL = "static/"
WHITENOISE_USE_FINDERS = True
