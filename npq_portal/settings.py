"""One settings file; the environment decides.

PORTAL_ENV is development (the default), test or production. Production refuses to start without a strong
PORTAL_SECRET_KEY, a DATABASE_URL, PORTAL_ALLOWED_HOSTS, PORTAL_SMTP_URL and PORTAL_CONTACT_EMAIL: a missing secret
must never fall back to a known one, nor a page to a made-up address.
"""

import os
from datetime import timedelta
from pathlib import Path

import dj_database_url
from csp.constants import NONCE, NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from npq_portal.audit.origin import from_task
from npq_portal.mail.smtp import smtp_settings

BASE_DIR = Path(__file__).resolve().parent.parent
PORTAL_ENV = os.environ.get("PORTAL_ENV", "development")
if PORTAL_ENV not in {"development", "test", "production"}:
    raise ImproperlyConfigured(f"PORTAL_ENV is {PORTAL_ENV!r}. Set it to development, test or production.")
PRODUCTION = PORTAL_ENV == "production"
TESTING = PORTAL_ENV == "test"
DATA_DIR = Path(os.environ.get("PORTAL_DATA_DIR", BASE_DIR / ".portal"))


def _required_in_production(name: str, otherwise: str) -> str:
    value = os.environ.get(name, "")
    if PRODUCTION and not value:
        raise ImproperlyConfigured(f"{name} is not set. Production does not start without it.")
    return value or otherwise


def _list(name: str, otherwise: str = "") -> list[str]:
    return [part.strip() for part in os.environ.get(name, otherwise).split(",") if part.strip()]


def _count(name: str) -> int:
    value = os.environ.get(name) or "0"
    if not (value.isascii() and value.isdecimal()):
        raise ImproperlyConfigured(f"{name} is {value!r}. Set it to a whole number, 0 or more.")
    return int(value)


# --- Secrets and hosts
SECRET_KEY = _required_in_production("PORTAL_SECRET_KEY", "development-only-key-refused-in-production")
if PRODUCTION and (len(SECRET_KEY) < 50 or len(set(SECRET_KEY)) < 10 or SECRET_KEY.startswith("development")):
    raise ImproperlyConfigured(
        "PORTAL_SECRET_KEY is too weak. Use 50 or more random characters, "
        "for example from: python -c 'import secrets; print(secrets.token_urlsafe(50))'"
    )
# PORTAL_DEBUG gives Django's own error pages while developing; production ignores it.
DEBUG = not PRODUCTION and os.environ.get("PORTAL_DEBUG", "") == "1"
_required_in_production("PORTAL_ALLOWED_HOSTS", "-")
if PRODUCTION and (not _list("PORTAL_ALLOWED_HOSTS") or "*" in _list("PORTAL_ALLOWED_HOSTS")):
    raise ImproperlyConfigured(
        "PORTAL_ALLOWED_HOSTS names no host. Set it to yours, for example npq.example.org."
    )
ALLOWED_HOSTS = _list("PORTAL_ALLOWED_HOSTS") or ["localhost", "127.0.0.1", "[::1]", "testserver"]
CSRF_TRUSTED_ORIGINS = [f"https://{host.removeprefix('.')}" for host in ALLOWED_HOSTS] if PRODUCTION else []
# The address used in e-mails, where there is no request to take it from.
PORTAL_ADDRESS = os.environ.get(
    "PORTAL_ADDRESS", f"https://{ALLOWED_HOSTS[0]}" if PRODUCTION else "http://127.0.0.1:8000"
)
# Where people report a problem with the site; shown on the contact page. Development shows an example, marked as one.
PORTAL_CONTACT_EMAIL = _required_in_production("PORTAL_CONTACT_EMAIL", "")
EXAMPLE_CONTACT_EMAIL = "help@example.org"
# How many proxies of ours stand before the portal: only they may name the client's address.
TRUSTED_PROXIES = _count("PORTAL_TRUSTED_PROXIES")

# --- Apps
INSTALLED_APPS = [
    "npq_portal",
    "npq_portal.accounts",
    "npq_portal.audit",
    "npq_portal.mail",
    "npq_portal.staff",
    "npq_portal.switches",
    "catalogue",
    "funding",
    "applications",
    "npq_portal.staff.apps.PortalAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",  # its command and its empty table; the sessions are npq_portal.accounts.sessions
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.contrib.postgres",
    "django.contrib.sitemaps",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "axes",
    "crispy_forms",
    "crispy_forms_gds",
    "csp",
    "procrastinate.contrib.django",
]

MIDDLEWARE = [
    "npq_portal.logs.each_request",
    "npq_portal.middleware.no_body_for_head",
    "npq_portal.audit.middleware.from_page",
    "csp.middleware.CSPMiddleware",  # early, so that redirects and errors carry the policy too
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",  # pads at random: a page's size tells nothing of its tokens
    "npq_portal.middleware.control_characters",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "npq_portal.accounts.middleware.no_store",
    "npq_portal.accounts.middleware.staff_sessions",
    "npq_portal.accounts.middleware.second_factor",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "npq_portal.urls"
WSGI_APPLICATION = "npq_portal.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "npq_portal.switches.requests.notices",
            ],
        },
    }
]

# --- Database. manage.py and the test plugin start the embedded cluster and set DATABASE_URL when it is not given.
_required_in_production("DATABASE_URL", "-")
NO_POSTGRES = (
    "DATABASE_URL names no Postgres. Set it to postgres://user:password@host:5432/name, Postgres 15 or newer."
)
try:
    DATABASE = dj_database_url.parse(
        os.environ.get("DATABASE_URL", "postgres://portal@localhost/portal"),
        conn_max_age=0,
        conn_health_checks=True,  # the pool gives out no connection that died with a restart of Postgres
    )
except ValueError as error:
    raise ImproperlyConfigured(NO_POSTGRES) from error
DATABASES = {"default": DATABASE}
if DATABASES["default"].get("ENGINE") != "django.db.backends.postgresql":
    raise ImproperlyConfigured(NO_POSTGRES)
DATABASES["default"].setdefault("OPTIONS", {})
# A statement that a connection sends for the fifth time is prepared: Postgres has parsed and planned it from then on,
# and Python writes no values into it. A pooler between, as PgBouncer, must know prepared statements (1.21 or newer).
DATABASES["default"]["OPTIONS"] |= {"server_side_binding": True, "prepare_threshold": 5}
if PRODUCTION or os.environ.get("PORTAL_POOL") == "1":
    # Threads share a pool: a fresh connection costs 9 times a pooled one.
    DATABASES["default"]["OPTIONS"]["pool"] = {"min_size": 1, "max_size": 8, "timeout": 5}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- Language and time
LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_I18N = True
USE_TZ = True
FORMAT_MODULE_PATH = "npq_portal.formats"

# --- Static files
STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        # The live test server answers 404 for hashed names, so tests take the plain storage.
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if TESTING
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = TESTING
WHITENOISE_AUTOREFRESH = TESTING  # each test's client would list every file first

# --- Forms
CRISPY_ALLOWED_TEMPLATE_PACKS = ["gds"]
CRISPY_TEMPLATE_PACK = "gds"
CRISPY_GDS_FRONTEND_VERSION = "5.14.0"
FORM_RENDERER = "django.forms.renderers.DjangoTemplates"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
FILE_UPLOAD_HANDLERS = ["npq_portal.uploads.StaffUpload"]
STAFF_UPLOAD_LIMIT = 20_000_000  # bytes; the largest published list has under one million
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1_000

# --- Mail: through PORTAL_SMTP_URL, for example smtp://user:password@mail.example.org:587?tls=1. Development without
# one keeps mail in the outbox, to be read at /dev/mail/.
PORTAL_SMTP_URL = _required_in_production("PORTAL_SMTP_URL", "")
DEVELOPMENT_MAILBOX = not PRODUCTION and not PORTAL_SMTP_URL
if PORTAL_SMTP_URL:
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    globals().update(smtp_settings(PORTAL_SMTP_URL))
else:
    EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
EMAIL_TIMEOUT = 20
# What comes after the @ in our own Message-IDs and default sender.
MAIL_DOMAIN = PORTAL_ADDRESS.partition("://")[2].partition(":")[0].partition("/")[0]
DEFAULT_FROM_EMAIL = os.environ.get("PORTAL_MAIL_FROM", f"NPQ Portal <no-reply@{MAIL_DOMAIN}>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL

# Done jobs are deleted (what they did is in the outbox); several at a time, so that one slow mail holds up no other.
PROCRASTINATE_WORKER_DEFAULTS = {
    "concurrency": 4,
    "delete_jobs": "successful",
    "task_middleware": [from_task],
}

# --- People and sessions (the details of sign-in stand in npq_portal/accounts)
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
SESSION_ENGINE = "npq_portal.accounts.sessions"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = int(timedelta(weeks=2).total_seconds())
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "npq_portal.errors.csrf_failure"
LOGIN_URL = "sign_in"
LOGIN_REDIRECT_URL = "applications:list"
SECRET_KEY_FALLBACKS = _list("PORTAL_SECRET_KEY_FALLBACKS")
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
if TESTING:
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

# Staff: a password and a second factor, both django-allauth's.
ACCOUNT_ADAPTER = "npq_portal.accounts.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # an address is proven by the emailed code
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = int(timedelta(minutes=5).total_seconds())
ACCOUNT_RATE_LIMITS = {"login_failed": "20/15m/ip,10/15m/key"}
ACCOUNT_FORMS = {
    "login": "npq_portal.accounts.staff_forms.LoginForm",
    "reauthenticate": "npq_portal.accounts.staff_forms.ReauthenticateForm",
    "change_password": "npq_portal.accounts.staff_forms.ChangePasswordForm",
    "set_password": "npq_portal.accounts.staff_forms.SetPasswordForm",
}
MFA_FORMS = {
    "authenticate": "npq_portal.accounts.staff_forms.AuthenticateForm",
    "reauthenticate": "npq_portal.accounts.staff_forms.ReauthenticateByCodeForm",
    "activate_totp": "npq_portal.accounts.staff_forms.ActivateAppForm",
    "add_webauthn": "npq_portal.accounts.staff_forms.AddPasskeyForm",
    "edit_webauthn": "npq_portal.accounts.staff_forms.RenamePasskeyForm",
}
MFA_ADAPTER = "npq_portal.accounts.adapter.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_RECOVERY_CODES_SHOW_ONCE = True  # who finds a browser open finds no codes in it
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "NPQ Portal"
MFA_TOTP_TOLERANCE = 1
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not PRODUCTION  # http://127.0.0.1 has no certificate

# Wrong passwords, counted in Postgres for each person and each client address.
AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = ["username", "ip_address"]
AXES_USERNAME_CALLABLE = "npq_portal.accounts.limits.axes_username"
AXES_CLIENT_IP_CALLABLE = "npq_portal.accounts.limits.axes_address"
AXES_LOCKOUT_CALLABLE = "npq_portal.accounts.views.too_many_tries"
AXES_RESET_ON_SUCCESS = True
AXES_DISABLE_ACCESS_LOG = True  # sign-ins are audit rows
AXES_VERBOSE = False
# What was typed at a failed sign-in is not kept: an address, or a password in the wrong field.
AXES_SENSITIVE_PARAMETERS = ["username", "ip_address", "login", "csrfmiddlewaretoken"]

# allauth counts tries and used codes in the cache, so every process must share it.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache"
        if TESTING
        else "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "portal_cache",
    },
    # Public pages as they were made for a version of the catalogue (npq_portal.conditional); each process has its own.
    "pages": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "pages",
        "OPTIONS": {"MAX_ENTRIES": 200},
    },
    # Calendars of many courses, likewise: one may have 600 kB and takes a second to write.
    "feeds": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "feeds",
        "OPTIONS": {"MAX_ENTRIES": 16},
    },
}

# --- Browser-side security
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "object-src": [NONE],
        "frame-ancestors": [NONE],
    }
}
if PRODUCTION:
    SECURE_SSL_REDIRECT = True
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXIES else None
    SECURE_REDIRECT_EXEMPT = [r"^(healthz|livez)$"]
    SECURE_HSTS_SECONDS = int(timedelta(days=730).total_seconds())
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    # Browsers then refuse plain HTTP for the whole domain before a first visit, and it takes months to undo: the
    # owner's own decision, so Django's advice to turn it on is not repeated.
    SECURE_HSTS_PRELOAD = os.environ.get("PORTAL_HSTS_PRELOAD", "") == "1"
    SILENCED_SYSTEM_CHECKS = ["security.W021"]
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SESSION_COOKIE_NAME = "__Host-session"
    CSRF_COOKIE_NAME = "__Host-csrf"

# Production writes a line of JSON for each request and event, without personal data (npq_portal.logs).
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"},
        "json": {"()": "npq_portal.logs.JsonLines"},
    },
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "json" if PRODUCTION else "line"},
    },
    # Django adds handlers of its own here, which would write errors again, and by mail, with all that was posted.
    "loggers": {
        "django": {"handlers": [], "level": "INFO", "propagate": True},
        "npq_portal.requests": {"level": "INFO" if PRODUCTION else "WARNING"},
    },
    "root": {"handlers": ["console"], "level": os.environ.get("PORTAL_LOG_LEVEL", "WARNING")},
}
