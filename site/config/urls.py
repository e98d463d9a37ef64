"""The routes of the site, in the order in which they are tried."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.contrib.sitemaps.views import sitemap
from wagtail.documents import urls as wagtaildocs_urls

from config import health
from config.api import api_router
from config.metrics import metrics
from core.accounts.second_factor.views import LoginView
from core.content_api.routers import not_found_urlpatterns
from core.media_files import serve_rendition
from core.preview.userbar import front_end_userbar
from core.seo.feed import NewsFeed
from core.seo.robots import robots
from core.seo.sitemap import PublicSitemap
from core.styleguide.views import styleguide

urlpatterns = [
    path("healthz", health.healthz),
    path("readyz", health.readyz),
    path("metrics", metrics),
    path("", include("core.accounts.second_factor.urls")),  # before Wagtail's own log-in
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("api/v2/", api_router.urls),
    path("api/", include(not_found_urlpatterns())),
    path("userbar/", front_end_userbar, name="front_end_userbar"),
    path("enquiries/", include("therapists.enquiries.public.urls")),
    path("enquiries/", include("therapists.matching.urls")),
    path("styleguide/", styleguide, name="styleguide"),
    path("robots.txt", robots, name="robots"),
    path("sitemap.xml", sitemap, {"sitemaps": {"pages": PublicSitemap}}, name="sitemap"),
]

if settings.DEBUG or getattr(settings, "SERVE_MEDIA", False):
    urlpatterns += [path("media/images/<path:path>", serve_rendition)]

if getattr(settings, "MAILBOX", None):
    urlpatterns += [path("mailbox/", include("local_server.urls"))]

if settings.MAIL_EVENTS_SECRET:
    urlpatterns += [path("mail-events/", include("therapists.enquiries.mail_events"))]

# Pages in the language of the prefix; the default language has none.
in_each_language: list[URLPattern | URLResolver] = [
    path("search/", include("search.urls")),
    path("feed/", NewsFeed(), name="feed"),
    path("_util/login/", LoginView.as_view()),  # before Wagtail's own, as in the admin
    path("", include(wagtail_urls)),
]
if settings.WAGTAIL_I18N_ENABLED:
    in_each_language = i18n_patterns(*in_each_language, prefix_default_language=False)
urlpatterns += in_each_language
