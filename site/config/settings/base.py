"""Safe for production; `dev`, `demo` and `test` relax it. Each subject has a file beside this one.

Every choice of a deployment comes from the environment: `.env.example` lists each variable.
"""

from django.utils.translation import get_language_info

from .authentication import *
from .content_api import *
from .enquiries import *
from .environment import *
from .mail import *
from .monitoring import *
from .security import *
from .storage import *
from .wagtail import *

SECRET_KEY = env("SECRET_KEY", default="")
DEBUG = False
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[])

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
    "django.contrib.humanize",
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
    "core.middleware.admin_request.AdminRequestMiddleware",
    "core.middleware.refused_deletions.RefusedDeletionsMiddleware",
    "core.middleware.refused_publications.RefusedPublicationsMiddleware",
    "core.middleware.action_addresses.ActionAddressesMiddleware",
]

#: Private pages of visitors have no prefix. Where nothing says any more in which language they wrote, their
#: browser does; no shared cache keeps these pages.
BROWSER_LANGUAGE_BELOW = ("/enquiries/status/", "/enquiries/erased/")

#: Below these, the address of an action answers a GET with its page.
ACTION_ADDRESSES_BELOW = ["/admin/", "/enquiries/"]

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

CACHES = {"default": env.cache("CACHE_URL", default="locmemcache://")}

# In seconds. A worker that starts forgets those that were silent for so long, and whom it forgets must start
# anew: an outage of the database that all of them survived is shorter.
PROCRASTINATE_WORKER_DEFAULTS = {"stalled_worker_timeout": 300.0}

# Carries the id of a request into the jobs that it defers.
PROCRASTINATE_ON_APP_READY = "core.logs.carried_ids.set_up"
