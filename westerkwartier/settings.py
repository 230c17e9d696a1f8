"""All settings, in one file. Every value that differs per place comes from the environment.

``.env.example`` lists the variables with their meaning; a test compares that list with this file.
Outside demo mode nothing has an insecure default: a missing value stops the start with a sentence.
"""

import sys
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from westerkwartier.env import Env

BASE_DIR = Path(__file__).resolve().parent.parent
env = Env()

# -- what kind of place this is ------------------------------------------------------------------
DEMO = env.flag("DEMO", default=False)
TESTING = "pytest" in sys.modules
CLOCK = env.day("CLOCK")
if CLOCK and not DEMO:
    raise ImproperlyConfigured("CLOCK sets the date of a demonstration: it needs DEMO=1.")
if CLOCK and not 2000 <= CLOCK.year <= 2100:
    raise ImproperlyConfigured("CLOCK must be a date between 2000 and 2100.")
if DEMO and not CLOCK:
    CLOCK = date(2017, 11, 23)  # the day the region met its joint quota

DEBUG = False
SECRET_KEY = env.needed("SECRET_KEY", "50 random characters")
if len(SECRET_KEY) < 40:
    raise ImproperlyConfigured("SECRET_KEY must have at least 40 characters.")
SECRET_KEY_FALLBACKS = list(filter(None, [env.str("SECRET_KEY_OLD", default="").strip()]))
SITE_URL = env.url("SITE_URL", "https://huisvesting.example.nl", ("https", "http"))
if SITE_URL.startswith("http://") and not DEMO:
    raise ImproperlyConfigured("SITE_URL must start with https:// outside demo mode.")
if (
    urlsplit(SITE_URL).path.strip("/")
    or urlsplit(SITE_URL).query
    or not urlsplit(SITE_URL).hostname
):
    raise ImproperlyConfigured(
        "SITE_URL must be an address without a path: https://name.example.nl"
    )
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[]) or [urlsplit(SITE_URL).hostname]
if any("/" in host or (host == "*" and not DEMO) for host in ALLOWED_HOSTS):
    raise ImproperlyConfigured(
        "ALLOWED_HOSTS must be names of hosts with commas between: huisvesting.example.nl"
    )
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[]) or [SITE_URL.rstrip("/")]
VAR_DIR = env.folder("VAR_DIR", default=BASE_DIR / "var")
# Seal names, dates of birth, numbers and notes (westerkwartier.web.sealing); the first one seals.
PERSONAL_DATA_KEYS = env.keys("PERSONAL_DATA_KEYS", kept_in=VAR_DIR if DEMO else None)

# -- applications --------------------------------------------------------------------------------
INSTALLED_APPS = [
    "westerkwartier",
    "westerkwartier.web",
    "reports",
    "quota",
    "housing",
    "partners",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "pgtrigger",
    "pghistory",
    "csp",
    "django_filters",
    "django_tables2",
    "django_htmx",
    "django.forms",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "westerkwartier.health.alive",  # first: it must answer whatever else is away
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "westerkwartier.web.origin.web_origin",
    "csp.middleware.CSPMiddleware",
    "westerkwartier.web.middleware.headers",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "westerkwartier.web.middleware.language",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "partners.middleware.membership",
    "partners.middleware.second_factor",
    "django_htmx.middleware.HtmxMiddleware",
    "pghistory.middleware.HistoryMiddleware",
]

ROOT_URLCONF = "westerkwartier.urls"
WSGI_APPLICATION = "westerkwartier.wsgi.application"
ASGI_APPLICATION = "westerkwartier.asgi.application"
FORM_RENDERER = "westerkwartier.web.forms.Renderer"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

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
                "django.template.context_processors.i18n",
                "westerkwartier.navigation.page",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "westerkwartier.web.templatetags.ui",
            ],
        },
    }
]

# -- data ----------------------------------------------------------------------------------------
DATABASE_URL = env.url(
    "DATABASE_URL", "postgres://user:password@db:5432/name", ("postgres", "postgresql")
)
DATABASE_POOL_MAX = env.number("DATABASE_POOL_MAX", default=0)
DATABASES = {"default": env.db_url_config(DATABASE_URL)}
if not DATABASES["default"]["NAME"]:
    raise ImproperlyConfigured("DATABASE_URL must end in the name of a database: …@db:5432/name.")
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DATABASES["default"].setdefault("OPTIONS", {})
if DATABASE_POOL_MAX:
    # Threads of the web process share a pool; psycopg's pool and CONN_MAX_AGE exclude each other.
    DATABASES["default"]["OPTIONS"]["pool"] = {
        "min_size": 1,
        "max_size": DATABASE_POOL_MAX,
        "timeout": 3,
    }
DATABASES["default"]["OPTIONS"]["connect_timeout"] = 3

CACHE_URL = env.url(
    "CACHE_URL",
    "redis://redis:6379/1",
    ("redis", "rediss", "file"),
    default=f"file://{VAR_DIR}/cache" if DEMO else "",
)
if CACHE_URL.startswith("file://"):
    CACHES = {
        "default": {
            "BACKEND": "westerkwartier.web.caches.FileCache",
            "LOCATION": CACHE_URL.removeprefix("file://"),
            "OPTIONS": {"MAX_ENTRIES": 20_000},  # Django's 300 would drop counts of failed sign-ins
        }
    }
else:
    CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": CACHE_URL,
            "OPTIONS": {"socket_timeout": 3, "socket_connect_timeout": 3},
        }
    }

# -- jobs: PostgreSQL holds what is due, the broker only rings the bell ---------------------------
CELERY_BROKER_URL = env.url(
    "BROKER_URL",
    "redis://redis:6379/0",
    ("redis", "rediss", "filesystem"),
    default=f"filesystem://{VAR_DIR}/broker" if DEMO else "",
)
CELERY_BROKER_TRANSPORT_OPTIONS: dict = {
    "visibility_timeout": 600,
    "max_retries": 0,  # who rings while the broker is away goes on at once: the sweep rings later
    "socket_connect_timeout": 2,
}
if CELERY_BROKER_URL.startswith("filesystem://"):
    folder = Path(CELERY_BROKER_URL.removeprefix("filesystem://") or VAR_DIR / "broker")
    CELERY_BROKER_URL = "filesystem://"
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(folder / "queue"),
        "data_folder_out": str(folder / "queue"),
        "control_folder": str(folder / "control"),
        "store_processed": False,
    }
    for name in ("queue", "control"):
        (folder / name).mkdir(parents=True, exist_ok=True)
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_TIME_LIMIT = 240
CELERY_TASK_SOFT_TIME_LIMIT = 210
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_MAX_TASKS_PER_CHILD = 50  # WeasyPrint keeps memory
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_PUBLISH_RETRY = False  # a broker that is down must not hold a page: the sweep rings
CELERY_BROKER_CONNECTION_TIMEOUT = 3
CELERY_TASK_DEFAULT_QUEUE = "default"
CELERY_TASK_ROUTES = {
    "reports.tasks.build_report": {"queue": "report"},
    "partners.tasks.send_*": {"queue": "mail"},
    "partners.tasks.sweep_mail": {"queue": "mail"},
    "partners.tasks.gather_news": {"queue": "mail"},
    "partners.tasks.sweep_news": {"queue": "mail"},
    "housing.tasks.send_link": {"queue": "mail"},
    "housing.tasks.sweep_links": {"queue": "mail"},
}
CELERY_TIMEZONE = "Europe/Amsterdam"

# -- people --------------------------------------------------------------------------------------
AUTH_USER_MODEL = "partners.User"
AUTHENTICATION_BACKENDS = ["partners.backends.Backend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "today"
LOGOUT_REDIRECT_URL = "account_login"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "partners.passwords.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {"NAME": "partners.passwords.GuessedPasswordValidator"},
]
ACCOUNT_ADAPTER = "partners.adapters.AccountAdapter"
SOCIALACCOUNT_ADAPTER = "partners.adapters.SocialAccountAdapter"
MFA_ADAPTER = "partners.adapters.MFAAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_UNIQUE_EMAIL = True
ACCOUNT_EMAIL_VERIFICATION = "none"  # an address is proven by the invitation that was sent to it
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
ACCOUNT_LOGIN_TIMEOUT = 600
ACCOUNT_RATE_LIMITS = {"login": "60/m/ip", "login_failed": "20/15m/ip,5/15m/key"}
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_FORMS = {
    "add_webauthn": "partners.key_forms.AddKeyForm",
    "edit_webauthn": "partners.key_forms.EditKeyForm",
}
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEMO
MFA_TOTP_TOLERANCE = 1  # a code of half a minute ago still does (RFC 6238, 5.2)
MFA_TOTP_ISSUER = "Huisvesting vergunninghouders"
SECOND_FACTOR_REQUIRED = not DEMO
SOCIALACCOUNT_ONLY = False
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_PROVIDERS: dict = {}
OIDC_SERVER_URL = env.str("OIDC_SERVER_URL", default="").strip()
if OIDC_SERVER_URL:
    SOCIALACCOUNT_PROVIDERS["openid_connect"] = {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": "organisation",
                "name": env.needed("OIDC_NAME", "Gemeente Leek"),
                "client_id": env.needed("OIDC_CLIENT_ID", "huisvesting"),
                "secret": env.needed("OIDC_CLIENT_SECRET", "the secret that the provider gave"),
                "settings": {"server_url": OIDC_SERVER_URL},
            }
        ],
    }

SESSION_ENGINE = "westerkwartier.web.sessions"
SESSION_COOKIE_AGE = 30 * 60  # so long without a request ends the session, to the minute
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "westerkwartier.web.errors.csrf_failure"

# -- transport -----------------------------------------------------------------------------------
HTTPS = SITE_URL.startswith("https://")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
# How many proxies of our own stand in front and add the client's address to X-Forwarded-For.
PROXIES = env.number("PROXIES", default=1 if HTTPS else 0)
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]  # asked for inside the house, over http
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
        **({"upgrade-insecure-requests": True} if HTTPS else {}),
    }
}
if OIDC_SERVER_URL:
    # The sign-in form posts here and is sent on to the provider; browsers check the whole chain.
    origin = "{0.scheme}://{0.netloc}".format(urlsplit(OIDC_SERVER_URL))
    CONTENT_SECURITY_POLICY["DIRECTIVES"]["form-action"] = [SELF, origin]

# -- mail ----------------------------------------------------------------------------------------
EMAIL_URL = env.url(
    "EMAIL_URL",
    "smtp+tls://user:password@mail.example.nl:587",
    ("smtp", "smtp+tls", "smtp+ssl", "filemail", "consolemail"),
    default=f"filemail://{VAR_DIR}/mail" if DEMO else "",
)
if EMAIL_URL.startswith("filemail://"):
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = EMAIL_URL.removeprefix("filemail://")
else:
    mail = env.email_url_config(EMAIL_URL)
    EMAIL_BACKEND = mail["EMAIL_BACKEND"]
    EMAIL_HOST, EMAIL_PORT = mail["EMAIL_HOST"], mail["EMAIL_PORT"] or 587
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = mail["EMAIL_HOST_USER"], mail["EMAIL_HOST_PASSWORD"]
    EMAIL_USE_TLS = mail.get("EMAIL_USE_TLS", False)
    EMAIL_USE_SSL = mail.get("EMAIL_USE_SSL", False)
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="").strip() or (
    "huisvesting@westerkwartier.example"
    if DEMO
    else env.needed("DEFAULT_FROM_EMAIL", "huisvesting@example.nl")
)
if "@" not in DEFAULT_FROM_EMAIL:
    raise ImproperlyConfigured("DEFAULT_FROM_EMAIL must be an e-mail address.")

# -- language and time ---------------------------------------------------------------------------
LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", _("Dutch")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
USE_THOUSAND_SEPARATOR = True
TIME_ZONE = "Europe/Amsterdam"

# -- files ---------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = env.folder("STATIC_ROOT", default=VAR_DIR / "static")
STATICFILES_DIRS = [BASE_DIR / "static", BASE_DIR / "build" / "static"]
FONT_DIR = BASE_DIR / "build" / "static" / "fonts"  # where the style sheets of paper expect it
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if TESTING
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
# Pages ask for hashed names only, and only text gets smaller by packing.
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = ("png", "woff2", "ttf", "gz", "br")
# Reports and files sent for import are private: they are kept outside any folder that is served.
MEDIA_ROOT = env.folder("MEDIA_ROOT", default=VAR_DIR / "media")
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
FILE_UPLOAD_HANDLERS = [
    "westerkwartier.web.uploads.LimitedUpload",  # first: nothing of what is too large is stored
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

# -- lists ---------------------------------------------------------------------------------------
DJANGO_TABLES2_TEMPLATE = "components/table.html"

# -- log: to standard output, one line an event, never a secret ----------------------------------
LOG_LEVEL = env.one_of("LOG_LEVEL", ("DEBUG", "INFO", "WARNING", "ERROR"), default="INFO")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "filters": {
        "refusals": {"()": "westerkwartier.web.logs.RefusalInOneLine"},
        "secrets": {"()": "westerkwartier.web.logs.WithoutSecrets"},
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": LOG_LEVEL},
    "loggers": {
        "django.request": {"filters": ["refusals", "secrets"]},
        "fontTools": {"level": "WARNING"},
        "weasyprint": {"level": "ERROR"},  # it warns of each property that SVG alone knows
        "pikepdf": {"level": "WARNING"},
        "celery.worker.strategy": {"level": "WARNING"},  # one line a task says nothing new
        "celery.app.trace": {"level": "WARNING"},
        "celery.beat": {"level": "WARNING"},
        "kombu.connection": {"level": "ERROR"},  # it misses a host in the address of a folder
    },
}
