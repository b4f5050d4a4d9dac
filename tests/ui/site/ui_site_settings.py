"""Settings that serve the gallery alone, without a database; the site's own settings belong to web."""

DEBUG = True
SECRET_KEY = "only for the gallery"
ALLOWED_HOSTS = ["*"]
ROOT_URLCONF = "ui_site_urls"
INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "django_tables2",
    "django_filters",
    "palermo.ui",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "csp.middleware.CSPMiddleware",
]
CONTENT_SECURITY_POLICY = {"DIRECTIVES": {"default-src": ["'self'"], "frame-ancestors": ["'none'"]}}
SESSION_ENGINE = "django.contrib.sessions.backends.cache"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "palermo.ui.context.look",
            ]
        },
    }
]
FORM_RENDERER = "palermo.ui.forms.Renderer"
DJANGO_TABLES2_TEMPLATE = "ui/table.html"
STATIC_URL = "/static/"
SECURE_REFERRER_POLICY = "no-referrer"  # as strict as the site itself
USE_TZ = True
USE_I18N = True
LANGUAGES = [("en", "English"), ("ar", "العربية")]
PALERMO_SPACE_NAME = "Demonstration"
PALERMO_SPACE_SIMULATED = True
