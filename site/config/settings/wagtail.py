"""Wagtail: its admin, pictures, documents, search and API."""

from .environment import BASE_URL, env

WAGTAIL_SITE_NAME = env("WAGTAIL_SITE_NAME", default="Our practice")
WAGTAILADMIN_BASE_URL = BASE_URL
WAGTAILADMIN_USER_LOGIN_FORM = "core.accounts.login.PatientLoginForm"
WAGTAILIMAGES_IMAGE_MODEL = "core.PracticeImage"
WAGTAILIMAGES_IMAGE_FORM_BASE = "core.admin.image_forms.PracticeImageForm"
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "heic", "jpg", "jpeg", "png", "webp"]
# Half as heavy as Wagtail's 80, and no eye tells them apart at the sizes shown.
WAGTAILIMAGES_AVIF_QUALITY = 50
WAGTAILEMBEDS_FINDERS: list[dict] = []
# Wherever they are kept: the site asks who may have them, and no address of the storage is handed out.
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILDOCS_EXTENSIONS = ["csv", "docx", "odt", "pdf", "txt"]
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
# Days and times of the practice are UK time for everyone: what is due, paused or free is counted by it.
WAGTAIL_USER_TIME_ZONES = ["Europe/London"]
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ALLOW_UNICODE_SLUGS = False
WAGTAILREDIRECTS_AUTO_CREATE = True
WAGTAILSEARCH_BACKENDS = {
    "default": {
        "BACKEND": "search.backend",
        "SEARCH_CONFIG": "practice",
    }
}
WAGTAILAPI_BASE_URL = BASE_URL or None
WAGTAILAPI_LIMIT_MAX = 50
WAGTAILAPI_SEARCH_ENABLED = True
