"""The Atom feed of articles that are new or were reviewed."""

from datetime import datetime
from heapq import nlargest
from typing import Any

from django.apps import apps
from django.contrib.syndication.views import Feed
from django.db.models import DateTimeField
from django.db.models.functions import Cast, Greatest
from django.http import HttpRequest
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from wagtail.models import Site

from core.languages import active_language, in_language
from core.models import ReviewedPage
from core.seo.publisher import publisher_of
from core.visibility import public

MOST_ENTRIES = 20


class NewsFeed(Feed):
    """An entry is updated when its page is reviewed, not when a word of it is corrected."""

    feed_type = Atom1Feed

    def get_object(self, request: HttpRequest) -> HttpRequest:
        return request

    def title(self, request: HttpRequest) -> str:
        return _("New and reviewed at %s") % publisher_of(request).name

    def subtitle(self, request: HttpRequest) -> str:
        return publisher_of(request).strapline

    def link(self, request: HttpRequest) -> str:
        site = Site.find_for_request(request)
        return f"{site.root_url}/" if site else "/"

    def feed_url(self, request: HttpRequest) -> str:
        return reverse("feed")

    def items(self, request: HttpRequest) -> list[ReviewedPage]:
        newest = [page for page_type in article_types() for page in _newest(page_type)]
        return nlargest(MOST_ENTRIES, newest, key=lambda page: page.announced_at)

    def item_title(self, page: ReviewedPage) -> str:
        return page.share_title

    def item_description(self, page: ReviewedPage) -> str:
        return page.description

    def item_link(self, page: ReviewedPage) -> str:
        return page.full_url

    def item_guid(self, page: ReviewedPage) -> str:
        """Return an id that stays when the page moves, so that readers do not show the entry twice."""
        return f"urn:uuid:{page.translation_key}"

    def item_pubdate(self, page: ReviewedPage) -> datetime:
        return page.first_published_at

    def item_updateddate(self, page: ReviewedPage) -> datetime:
        return page.announced_at

    def item_categories(self, page: ReviewedPage) -> list[str]:
        return [str(page.kind_label)]


def article_types() -> list[type[ReviewedPage]]:
    return [model for model in apps.get_models() if issubclass(model, ReviewedPage) and model.is_article]


def _newest(page_type: type[ReviewedPage]) -> Any:
    reviewed = Cast("last_reviewed", DateTimeField())  # PostgreSQL's GREATEST passes over a missing date
    articles = public(page_type.objects.filter(first_published_at__isnull=False))
    articles = in_language(articles, active_language())
    return articles.annotate(announced_at=Greatest("first_published_at", reviewed)).order_by("-announced_at")[
        :MOST_ENTRIES
    ]
